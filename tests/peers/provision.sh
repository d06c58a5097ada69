#!/bin/sh
# tests/peers/provision.sh: doc/examples/provision.c against a real server.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
provision=$(dirname "$CHAINCHECK")/doc/examples/provision

# ask NAME STORE STATUS WORDS
ask() {
	tap_run "$1" "$3" "$4" "$provision" localhost "$port" \
		"file:$CERTS/$2.pem"
}

echo 1..4
chain_of www intermediate
start_openssl "$top_srcdir/certs/keys/leaf.pem" || exit 99
ask 'a trusted server: go on' root 0 'is trusted'
ask 'a missing root: do not' unrelated-root 1 trust.anchor-missing
ask 'a store that is not there: not asked' nowhere 3 'could not be asked'
stop_peer
ask 'a server that is gone: not asked' root 3 'refused'
