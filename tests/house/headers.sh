#!/bin/sh
# tests/house/headers.sh: each public header compiles alone, as C and as C++.
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$top_srcdir/lib" || exit 99
cc=${CC:-cc}
cxx=${CXX:-c++}
headers=$(echo chaincheck.h chaincheck/*.h)
count=0

# try NAME COMMAND...
try() {
	count=$((count + 1))
	name=$1
	shift
	if "$@" 2>"$work/said"; then
		echo "ok $count - $name"
	else
		echo "not ok $count - $name"
		sed 's/^/# /' "$work/said"
	fi
}

set -- $headers
echo "1..$((2 * $#))"
for header in $headers; do
	printf '#include <%s>\n' "$header" >"$work/alone.c"
	cp "$work/alone.c" "$work/alone.cc"
	try "$header as C" "$cc" -std=c11 -Wall -Wextra -Werror -pedantic \
		-fsyntax-only -I. "$work/alone.c"
	if command -v "$cxx" >/dev/null; then
		try "$header as C++" "$cxx" -std=c++11 -Wall -Wextra -Werror \
			-pedantic -fsyntax-only -I. "$work/alone.cc"
	else
		count=$((count + 1))
		echo "ok $count - $header as C++ # SKIP no C++ compiler"
	fi
done
