# tests/cli/audit_clients.sh: --for with clients; sourced by audit.sh.

for_clients() {
	for_names=$1
	shift
	"$CHAINCHECK" audit --attime "$at" --for "$for_names" \
		--verify-hostname nosan "$@"
}

tap_run 'neither client nor file' 3 'java99: .*No such file' \
	for_clients java99 good.pem
if "$CHAINCHECK" stores system >/dev/null 2>&1; then
	tap_run 'a client whose store is on no machine like this' 1 \
		'android7: its own store is not here: the system' \
		for_clients android7 good.pem
	# A file with the name of a client is not taken for its store.
	cp root.pem go
	tap_run 'a file with the name of a client' 1 'trust.anchor-missing' \
		for_clients go good.pem
	tap_run 'without a SAN, as Go judges' 1 'name.common-name-only' \
		for_clients go1.19 nosan-chain.pem
	for_clients openssl nosan-chain.pem >said 2>&1
	[ $? = 1 ] && grep -q 'trust.anchor-missing' said &&
		! grep 'name\.' said
	tap $? 'without a SAN, as OpenSSL judges'
	seen 'openssl verify takes the name' openssl verify -attime "$now" \
		-no-CApath -no-CAstore -CAfile root.pem -untrusted int.pem \
		-verify_hostname nosan nosan.pem
else
	tap_skip 'the clients of the system' 'the system has no store'
fi
