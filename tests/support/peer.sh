# tests/support/peer.sh: real TLS servers on loopback, for shell tests.
#
# Sourced; tap.sh comes along. Everything lies in $work, which goes when the test
# ends, and so do the servers. $CERTS holds the test PKI, $CHAINCHECK the command.

. "$top_srcdir/tests/support/tap.sh"
peers=
trap 'kill $peers 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 99' HUP INT TERM

# chain_of NAME...: one PEM file of these certificates, in this order; and the
# first, and the others, as files of their own.
chain_of() {
	cp "$CERTS/$1.pem" "$work/first.pem" || exit 99
	: >"$work/others.pem"
	shift
	for name in "$@"; do
		cat "$CERTS/$name.pem" >>"$work/others.pem" || exit 99
	done
	cat "$work/first.pem" "$work/others.pem" >"$work/chain.pem"
}

# A port that nobody listens on now; another may take it, so callers try anew.
a_port() {
	seed=$(od -An -N2 -tu2 /dev/urandom)
	echo $((20000 + seed % 40000))
}

# The child opens its log when it comes to run: what the last server said there
# must be gone before anybody waits for the words of this one.
new_log() {
	: >"$work/peer.log"
}

# wait_for FILE TEXT PID: until the server has said that it listens. A JVM on a
# busy machine takes more than five seconds; one that ended is not waited for.
wait_for() {
	for _ in $(seq 600); do
		grep -q "$2" "$1" && return 0
		kill -0 "$3" 2>/dev/null || return 1
		sleep 0.05
	done
	return 1
}

# start_openssl KEY ARGUMENT...: openssl s_server on $port with chain.pem.
start_openssl() {
	key=$1
	shift
	[ ! -s "$work/others.pem" ] || set -- -cert_chain "$work/others.pem" "$@"
	for _ in 1 2 3 4 5; do
		port=$(a_port)
		new_log
		openssl s_server -accept "127.0.0.1:$port" -key "$key" \
			-cert "$work/first.pem" -www "$@" </dev/null \
			>"$work/peer.log" 2>&1 &
		peer=$!
		wait_for "$work/peer.log" ACCEPT "$peer" && {
			peers="$peers $peer"
			return 0
		}
		kill "$peer" 2>/dev/null
	done
	return 1
}

# start_gnutls KEY PRIORITY ARGUMENT...: gnutls-serv on $port with chain.pem. It
# runs on IPv6 alone where the port is taken on IPv4, which clients here ask.
start_gnutls() {
	key=$1 priority=$2
	shift 2
	for _ in 1 2 3 4 5; do
		port=$(a_port)
		new_log
		gnutls-serv --port "$port" --http --disable-client-cert \
			--x509keyfile "$key" \
			--x509certfile "$work/chain.pem" \
			--priority "$priority" "$@" </dev/null \
			>"$work/peer.log" 2>&1 &
		peer=$!
		wait_for "$work/peer.log" 'IPv4.*done' "$peer" && {
			peers="$peers $peer"
			return 0
		}
		kill "$peer" 2>/dev/null
	done
	return 1
}

stop_peer() {
	kill "$peer" 2>/dev/null
	wait "$peer" 2>/dev/null
}
