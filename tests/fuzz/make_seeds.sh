#!/bin/sh
# tests/fuzz/make_seeds.sh TARGET DIR: puts the seeds of a fuzz target into DIR:
# the files of tests/fuzz/seeds/TARGET, what tests/fuzz/seeds.plan has, and for
# the targets that search some chains of CERTS, where it is set.
set -eu
here=$(dirname "$0")
target=$1
dir=$2
kind=$target
[ "$target" = differential ] && kind=search

mkdir -p "$dir"
if [ -d "$here/seeds/$target" ]; then
	cp "$here/seeds/$target/"* "$dir"
fi

# The plan as lines of a name and its bytes in octal, which printf(1) knows.
LC_ALL=C awk -v target="$kind" '
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

# byte NUMBER
byte() { printf "\\$(printf '%03o' "$1")"; }

# chain NAME QUESTION ROLE:CERTIFICATE...: a chain as it is (made_graph.h);
# roles are s sent, a anchor, b both. QUESTION is its first byte.
chain() {
	name=$1
	{
		byte $((128 + $2))
		byte 0
		byte 0
		shift 2
		for item; do
			case $item in
			s:*) byte 1 ;;
			a:*) byte 4 ;;
			b:*) byte 5 ;;
			esac
			sed '/^-----/d' "$CERTS/${item#*:}.pem" |
				base64 -d >"$dir/der"
			size=$(wc -c <"$dir/der")
			byte $((size / 256))
			byte $((size % 256))
			cat "$dir/der"
		done
	} >"$dir/$name"
	rm "$dir/der"
}

if [ "$kind" = search ] && [ -n "${CERTS:-}" ]; then
	chain rsa 0 s:www s:intermediate a:root
	chain expired-cross 0 s:www s:cross-expired s:intermediate \
		a:root a:root-old
	chain loop 0 s:in-loop s:loop-a s:loop-b a:loop-b
	chain version-1 0 s:www-by-v1 a:root-v1
	chain constraint 0 s:outside-corp s:only-corp a:root
	chain ed25519 0 s:ed-www s:ed-intermediate b:ed-root
	chain sha1-as-legacy 24 s:sha1 s:intermediate a:root
fi
