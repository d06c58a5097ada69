#!/bin/sh
# tests/fuzz/make_seeds.sh TARGET DIR: puts the seeds of a fuzz target into DIR:
# the files of tests/fuzz/seeds/TARGET and what tests/fuzz/seeds.plan has.
set -eu
here=$(dirname "$0")
target=$1
dir=$2

mkdir -p "$dir"
if [ -d "$here/seeds/$target" ]; then
	cp "$here/seeds/$target/"* "$dir"
fi

# The plan as lines of a name and its bytes in octal, which printf(1) knows.
LC_ALL=C awk -v target="$target" '
	BEGIN {
		for (i = 1; i < 256; i++)
			code[sprintf("%c", i)] = i
	}
	function flush() {
		if (name != "") print name, bytes
		name = bytes = ""
	}
	/^#/ { next }
	/^\[/ {
		flush()
		split(substr($0, 2, index($0, "]") - 2), part, "/")
		wanted = part[1] == target
		if (wanted) name = part[2]
		next
	}
	wanted {
		for (at = 1; at <= length($0); at++) {
			c = substr($0, at, 1)
			if (c == "\047") {
				text = !text
			} else if (text) {
				bytes = bytes sprintf("\\%03o", code[c])
			} else if (c != " ") {
				byte = index("123456789abcdef", c) * 16
				c = substr($0, ++at, 1)
				byte += index("123456789abcdef", c)
				bytes = bytes sprintf("\\%03o", byte)
			}
		}
	}
	END { flush() }' "$here/seeds.plan" |
	while read -r name bytes; do
		# shellcheck disable=SC2059
		printf "$bytes" >"$dir/$name"
	done
