#!/bin/sh
# tests/house/headers.sh: each public header compiles alone, as C and as C++.
set -u
. "$top_srcdir/tests/support/tap.sh"
cd "$top_srcdir/lib" || exit 99
cc=${CC:-cc}
cxx=${CXX:-c++}
headers=$(echo chaincheck.h chaincheck/*.h)

# try NAME COMMAND...
try() {
	name=$1
	shift
	"$@" 2>"$work/said"
	tap $? "$name"
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
		tap_skip "$header as C++" 'no C++ compiler'
	fi
done
