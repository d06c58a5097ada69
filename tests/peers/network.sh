#!/bin/sh
# tests/peers/network.sh: peers that refuse, hang up, say nothing or speak
# something else: the verdict is "undecided", the code says why, the status
# is 3, and no time-out is overrun.
set -u
command -v python3 >/dev/null || {
	echo '1..0 # SKIP python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"

# judge NAME CODE SECONDS: of asking 127.0.0.1:$port
judge() {
	start=$(date +%s)
	"$CHAINCHECK" check "127.0.0.1:$port" --no-system --max-time 2 \
		--format json >"$work/report.json" 2>"$work/said"
	status=$?
	took=$(($(date +%s) - start))
	python3 "$top_srcdir/tests/support/expect.py" "$work/report.json" \
		verdict=undecided "primary=$2" >>"$work/said" 2>&1 &&
		[ $status = 3 ] && [ $took -le "$3" ]
	ok=$?
	[ $ok = 0 ] || echo "status $status after $took seconds" >>"$work/said"
	tap $ok "$1"
}

# bad NAME KIND CODE
bad() {
	: >"$work/port" # the last peer's is not to be taken for this one's
	python3 "$top_srcdir/tests/support/bad_peer.py" "$2" >"$work/port" &
	peer=$!
	peers="$peers $peer"
	wait_for "$work/port" '[0-9]' "$peer" || exit 99
	port=$(cat "$work/port")
	judge "$1" "$3" 4
	stop_peer
}

echo 1..7
bad 'plain HTTP is named' http tls.not-tls
bad 'an SMTP banner is named' smtp tls.not-tls
bad 'an SSH banner is named' ssh tls.not-tls
bad 'a silent peer is a time-out' silent net.timeout
bad 'a reset is told' reset net.reset
bad 'a peer that hangs up is told' closed net.closed
# Its port was free a moment ago, and the peer that had it is gone.
judge 'a port where nobody listens' net.refused 4
