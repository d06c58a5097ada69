#!/bin/sh
# tests/house/exports.sh: the public headers, the version script,
# libchaincheck(3) and the library itself name the same functions.
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
library=$(dirname "$CHAINCHECK")/lib/.libs/libchaincheck.so
cd "$top_srcdir" || exit 99

# A name that is followed by "(" outside of comments.
cat lib/chaincheck.h lib/chaincheck/*.h | sed 's|/\*.*\*/||; /\/\*/,/\*\//d' |
	grep -o 'chk_[a-z0-9_]*(' | tr -d '(' | sort -u >"$work/headers"
grep -o 'chk_[a-z0-9_]*;' lib/libchaincheck.map | tr -d ';' |
	sort >"$work/map"
grep -o '^\.BR chk_[a-z0-9_]*' doc/libchaincheck.3 | sed 's/^.BR //' |
	sort -u >"$work/page"

# same NUMBER NAME A B
same() {
	if diff "$3" "$4" >"$work/said"; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2"
		sed 's/^/# /' "$work/said"
	fi
}

echo 1..3
same 1 'the headers and the version script' "$work/headers" "$work/map"
same 2 'the headers and libchaincheck(3)' "$work/headers" "$work/page"
if [ -f "$library" ] && command -v nm >/dev/null; then
	nm -D --defined-only "$library" | awk '$2 == "T" { print $3 }' |
		sed 's/@.*//' | sort -u >"$work/library"
	same 3 'the headers and the library' "$work/headers" "$work/library"
else
	echo 'ok 3 - the headers and the library # SKIP no shared library or nm'
fi
