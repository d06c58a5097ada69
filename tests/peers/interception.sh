#!/bin/sh
# tests/peers/interception.sh: a box that signs in the server's stead. openssl
# plays the box: it signs with a CA that is named as its makers name it.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/pki.sh"
count=0

# ask NAME STATUS WORDS OPTION...
ask() {
	name=$1 wanted=$2 words=$3
	shift 3
	count=$((count + 1))
	"$CHAINCHECK" "localhost:$port" --verify-hostname www.example.test \
		--no-system --known "$KNOWN" "$@" >"$work/said" 2>&1
	status=$?
	tr '\n' ' ' <"$work/said" | tr -s ' ' >"$work/line"
	if [ $status = "$wanted" ] && grep -q -e "$words" "$work/line"; then
		echo "ok $count - $name"
	else
		echo "not ok $count - $name"
		echo "# status $status"
		sed 's/^/# /' "$work/said"
	fi
}

# serve NAME OTHER...
serve() {
	cp "$work/$1.pem" "$work/first.pem"
	key=$work/$1.key
	shift
	: >"$work/others.pem"
	for name in "$@"; do
		cat "$work/$name.pem" >>"$work/others.pem"
	done
	start_openssl "$key" || exit 99
}

self_signed box '/C=US/O=Zscaler Inc./CN=Zscaler Root CA' \
	-addext keyUsage=critical,keyCertSign
signed box-ca box '/O=Zscaler Inc./CN=Zscaler Intermediate CA' \
	"$ca_extensions"
signed seen box-ca /CN=www.example.test "$leaf_extensions"

echo 1..8
serve seen box-ca
ask 'a box whose root is missing is named' 1 \
	'Intermediate CA.*«Zscaler Root CA».*missing' --verbose
ask 'it is the network that answers' 1 \
	'"code":"trust.interception","severity":"error","party":"network","primary":true' \
	--format jsonl
ask 'where its root is trusted, it is told all the same' 0 \
	'trust.interception' --cacert "$work/box.pem" --format json
ask 'and a warning is no error' 4 'reads along' --cacert "$work/box.pem" \
	--fail-on warning
stop_peer
serve seen box-ca box
ask 'the root of a box that comes along is not trust' 1 \
	'commands.sh: written' --fix "$work/fix"
count=$((count + 1))
[ "$(ls "$work/fix")" = commands.sh ] || printf 'not '
echo "ok $count - and no file hands it out"
stop_peer
serve seen
ask 'a box that sends its leaf alone is named' 1 \
	'a CA of Zscaler, which inspects TLS'
stop_peer
serve www intermediate
ask 'a private CA is no box' 1 'trust.anchor-missing' --format json
