#!/bin/sh
# tests/peers/provision.sh: doc/examples/provision.c against a real server.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
provision=$(dirname "$CHAINCHECK")/doc/examples/provision

# ask NUMBER NAME STORE STATUS WORDS
ask() {
	"$provision" localhost "$port" "file:$CERTS/$3.pem" >"$work/said" 2>&1
	status=$?
	if [ $status = "$4" ] && grep -q "$5" "$work/said"; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2"
		echo "# status $status"
		sed 's/^/# /' "$work/said"
	fi
}

echo 1..4
chain_of www intermediate
start_openssl "$top_srcdir/certs/keys/leaf.pem" || exit 99
ask 1 'a trusted server: go on' root 0 'is trusted'
ask 2 'a missing root: do not' unrelated-root 1 trust.anchor-missing
ask 3 'a store that is not there: not asked' nowhere 3 'could not be asked'
stop_peer
ask 4 'a server that is gone: not asked' root 3 'refused'
