#!/bin/sh
# tests/house/exports.sh: the public headers, the version script,
# libchaincheck(3) and the library itself name the same functions.
set -u
. "$top_srcdir/tests/support/tap.sh"
library=$(dirname "$CHAINCHECK")/lib/.libs/libchaincheck.so
cd "$top_srcdir" || exit 99

# A name that is followed by "(" outside of comments.
cat lib/chaincheck.h lib/chaincheck/*.h | sed 's|/\*.*\*/||; /\/\*/,/\*\//d' |
	grep -o 'chk_[a-z0-9_]*(' | tr -d '(' | sort -u >"$work/headers"
grep -o 'chk_[a-z0-9_]*;' lib/libchaincheck.map | tr -d ';' |
	sort >"$work/map"
grep -o '^\.BR chk_[a-z0-9_]*' doc/libchaincheck.3 | sed 's/^.BR //' |
	sort -u >"$work/page"

# same NAME A B
same() {
	diff "$2" "$3" >"$work/said" 2>&1
	tap_nothing "$1"
}

echo 1..3
same 'the headers and the version script' "$work/headers" "$work/map"
same 'the headers and libchaincheck(3)' "$work/headers" "$work/page"
if [ -f "$library" ] && command -v nm >/dev/null; then
	nm -D --defined-only "$library" | awk '$2 == "T" { print $3 }' |
		sed 's/@.*//' | sort -u >"$work/library"
	same 'the headers and the library' "$work/headers" "$work/library"
else
	tap_skip 'the headers and the library' 'no shared library or nm'
fi
