#!/bin/sh
# tests/cli/debian.sh: the stores that Debian makes of one set of certificates
# say the same, each read in its own format; nss.sh has what NSS has built in.
set -u
. "$top_srcdir/tests/support/tap.sh"
bundle=/etc/ssl/certs/ca-certificates.crt
[ -e /etc/debian_version ] && [ -s $bundle ] || {
	echo '1..0 # SKIP this is no Debian with ca-certificates'
	exit 0
}

# equal NAME NEEDED A B
equal() {
	if [ -e "$2" ]; then
		tap_run "$1" 0 '^EQUAL' "$CHAINCHECK" diff "$3" "$4"
	else
		: >"$work/said"
		tap 0 "$1 # SKIP no $2"
	fi
}

echo 1..3
equal 'the bundle and the directory of links' /etc/ssl/certs \
	"file:$bundle" dir:/etc/ssl/certs
equal 'the bundle and what p11-kit makes of it' \
	/usr/share/p11-kit/modules/p11-kit-trust.module "file:$bundle" p11-kit
equal "the bundle and Java's cacerts" /etc/ssl/certs/java/cacerts \
	"file:$bundle" jks:/etc/ssl/certs/java/cacerts
