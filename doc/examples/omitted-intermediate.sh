#!/bin/sh
# doc/examples/omitted-intermediate.sh CHAINCHECK CERTS KEYS: a server on
# loopback that does not send its intermediate, and what chaincheck says of it.
# Status 0 when the diagnosis is the expected one.
set -eu
chaincheck=$1 certs=$2 keys=$3
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# Another may have the port already; then the next is tried.
for _ in 1 2 3 4 5; do
	port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 40000))
	openssl s_server -accept "127.0.0.1:$port" -www \
		-cert "$certs/chain-leaf-only.pem" -key "$keys/leaf.pem" \
		</dev/null >"$work/log" 2>&1 &
	server=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		grep -q ACCEPT "$work/log" && break 2
		kill -0 "$server" 2>/dev/null || break
		sleep 0.2
	done
done

echo '$ chaincheck' "localhost:$port --cacert $certs/root.pem"
"$chaincheck" "localhost:$port" -4 --cacert "$certs/root.pem" \
	>"$work/report" || true
cat "$work/report"
grep -q 'chain.intermediate-missing' "$work/report" || {
	echo 'This is not the diagnosis that was expected.' >&2
	exit 1
}
