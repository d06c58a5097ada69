# tests/support/tap.sh: TAP for shell tests; sourced. $work goes at the end.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
tap_count=0

# tap STATUS NAME: what was said in $work/said is shown where it failed.
tap() {
	tap_count=$((tap_count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tap_count - $2"
	else
		echo "not ok $tap_count - $2"
		sed 's/^/# /' "$work/said" 2>/dev/null
	fi
}

# tap_nothing NAME: whatever is wrong was put into $work/said.
tap_nothing() {
	[ ! -s "$work/said" ]
	tap $? "$1"
}

# tap_skip NAME WHY
tap_skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

# tap_run NAME STATUS WORDS COMMAND...: the status, and words that it says on
# standard output or standard error.
tap_run() {
	tap_name=$1 tap_status=$2 tap_words=$3
	shift 3
	"$@" >"$work/said" 2>&1
	tap_got=$?
	[ $tap_got = "$tap_status" ] && grep -q -e "$tap_words" "$work/said"
	tap_ok=$?
	[ $tap_ok = 0 ] || echo "status $tap_got" >>"$work/said"
	tap $tap_ok "$tap_name"
}
