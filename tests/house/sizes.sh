#!/bin/sh
# tests/house/sizes.sh: files up to 500 lines, lines up to 80 columns (tabs
# are eight), functions up to 60 lines where universal-ctags can measure them.
set -u
cd "$top_srcdir" || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
files=$(find lib cli -name '*.[ch]' | sort)

result() {
	if [ -s "$work/said" ]; then
		echo "not ok $1"
		sed 's/^/# /' "$work/said"
	else
		echo "ok $1"
	fi
}

echo 1..3
for file in $files; do
	lines=$(wc -l <"$file")
	[ "$lines" -le 500 ] || echo "$file has $lines lines"
done >"$work/said"
result '1 - files up to 500 lines'

# Bytes that continue a UTF-8 character take no column.
for file in $files; do
	expand "$file" | LC_ALL=C awk -v file="$file" '{
		line = $0
		gsub(/[\200-\277]/, "", line)
		if (length(line) > 80) print file ":" FNR
	}'
done >"$work/said"
result '2 - lines up to 80 columns'

if ctags --version 2>/dev/null | grep -q Universal; then
	# shellcheck disable=SC2086
	ctags -x --c-kinds=f --fields=+ne --_xformat='%{end} %n %N %F' $files |
		awk '$1 - $2 + 1 > 60 { print $4 ": " $3 ", " $1 - $2 + 1 }' \
			>"$work/said"
	result '3 - functions up to 60 lines'
else
	echo 'ok 3 - functions up to 60 lines # SKIP no universal-ctags'
fi
