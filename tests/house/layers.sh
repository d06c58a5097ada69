#!/bin/sh
# tests/house/layers.sh: a room includes only the rooms named beside it.
# Every room may include the public headers, chaincheck/*.h. In data the makers of
# tables are programs of the build.
set -u
cd "${srcdir:-.}/lib" || exit 99

allowed='
base       base
cert       base cert
store      base cert store data
supply     base cert store supply
revocation base cert revocation
path       base cert store supply revocation path
fetch      base cert fetch data
client     base cert store path fetch data client
diagnosis  base cert store supply revocation path fetch client diagnosis data
audit      base cert store supply revocation path client diagnosis data audit
report     base cert store path client diagnosis audit report
data       base cert supply
'
bad=$(grep -Hn '^#include "' */*.[ch] | awk -F'[:/"]' -v allowed="$allowed" '
	BEGIN {
		n = split(allowed, line, "\n")
		for (i = 1; i <= n; i++) {
			m = split(line[i], word, " +")
			for (j = 2; j <= m; j++) may[word[1], word[j]] = 1
		}
	}
	# room/file.c:12:#include "other/file.h"; config.h has no room.
	$1 != "chaincheck" && $5 != "config.h" && !(($1, $5) in may) { print }')

echo 1..1
if [ -z "$bad" ]; then
	echo 'ok 1 - every room knows only the rooms before it'
	exit 0
fi
echo 'not ok 1 - every room knows only the rooms before it'
echo "$bad" | sed 's/^/# /'
exit 1
