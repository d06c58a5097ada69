#!/bin/sh
# tests/cli/refuse.sh: what the command must not be talked into.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/pki.sh"

# check NAME WANTED-STATUS STATUS
check() {
	[ "$2" = "$3" ]
	tap $? "$1"
}

verify() {
	"$CHAINCHECK" verify "$work/www.pem" \
		--untrusted "$work/intermediate.pem" --no-system \
		--cacert "$work/root.pem" "$@" >"$work/said" 2>&1
}

verify
check 'a good chain is trusted' 0 $?

# A line of the first certificate is no base64; the second one is whole.
{
	sed '3s/./%/5' "$work/unrelated.pem"
	cat "$work/corp.pem"
} >"$work/distrust.pem"
verify --distrust "$work/distrust.pem"
check 'a damaged list of distrust decides nothing' 3 $?
verify --distrust "$work/distrust.pem" --quiet
check 'a damaged list of distrust decides nothing, quietly' 3 $?
verify --distrust "$work/intermediate.pem"
check 'a distrusted intermediate is not trusted' 1 $?

mkfifo "$work/pipe" || exit 99
cat "$work/pipe" >"$work/through" &
verify -o "$work/pipe"
check 'a pipe can be written to' 0 $?
wait $!
grep -q TRUSTED "$work/through"
check 'what is written to a pipe comes out of it' 0 $?
[ -p "$work/pipe" ]
check 'a pipe is still one when it was written to' 0 $?

echo "1..$tap_count"
