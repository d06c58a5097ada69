#!/bin/sh
# tests/peers/fragments.sh: a Certificate message that takes many records.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
CERTS=$work
. "$top_srcdir/tests/support/pki.sh"

# Fifty times the intermediate: some 30 kB, in records of 512 bytes each.
chain='www'
for _ in 1 2 3 4 5; do
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		chain="$chain intermediate"
	done
done
# shellcheck disable=SC2086
chain_of $chain

for version in 2 3; do
	start_openssl "$work/www.key" "-tls1_$version" -max_send_frag 512 ||
		exit 99
	host=www.example.test:$port
	tap_run "over fifty records, TLS 1.$version" 0 TRUSTED \
		"$CHAINCHECK" check "$host" --resolve "$host:127.0.0.1" \
		--no-system --cacert "$work/root.pem"
	stop_peer
done
echo "1..$tap_count"
