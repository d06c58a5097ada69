#!/bin/sh
# tests/house/sizes.sh: files up to 500 lines, lines up to 80 columns (tabs
# are eight), functions up to 60 lines where universal-ctags can measure them.
set -u
. "$top_srcdir/tests/support/tap.sh"
cd "$top_srcdir" || exit 99
files=$(find lib cli -name '*.[ch]' | sort)

echo 1..3
for file in $files; do
	lines=$(wc -l <"$file")
	[ "$lines" -le 500 ] || echo "$file has $lines lines"
done >"$work/said"
tap_nothing 'files up to 500 lines'

# Bytes that continue a UTF-8 character take no column.
for file in $files; do
	expand "$file" | LC_ALL=C awk -v file="$file" '{
		line = $0
		gsub(/[\200-\277]/, "", line)
		if (length(line) > 80) print file ":" FNR
	}'
done >"$work/said"
tap_nothing 'lines up to 80 columns'

if ctags --version 2>/dev/null | grep -q Universal; then
	# shellcheck disable=SC2086
	ctags -x --c-kinds=f --fields=+ne --_xformat='%{end} %n %N %F' $files |
		awk '$1 - $2 + 1 > 60 { print $4 ": " $3 ", " $1 - $2 + 1 }' \
			>"$work/said"
	tap_nothing 'functions up to 60 lines'
else
	tap_skip 'functions up to 60 lines' 'no universal-ctags'
fi
