#!/bin/sh
# tests/house/options.sh: the man page and the completions know every option,
# and the help of a command fits a screen.
set -u
. "$top_srcdir/tests/support/tap.sh"
cd "$top_srcdir" || exit 99
commands=$("$CHAINCHECK" --help | sed -n 's/^  \([a-z]*\)  *[A-Z[].*/\1/p')
"$CHAINCHECK" --help >"$work/help.all"
for command in $commands; do
	"$CHAINCHECK" "$command" --help >"$work/help.$command"
done
grep -h -o -e '--[a-z0-9][a-z0-9-]*' "$work"/help.* | sort -u |
	grep -v -x -e --ipv4 -e --ipv6 -e --help -e --version -e --verbose \
	-e --quiet -e --output -e --max-time >"$work/options"
sed 's/\\-/-/g' doc/chaincheck.1 >"$work/page"

# known NAME FILE PREFIX
known() {
	[ -s "$work/options" ] || echo "no option is seen" >"$work/said"
	while read -r option; do
		grep -q -e "$3${option#--}\\b" "$2" || echo "$option is missing"
	done <"$work/options" >>"$work/said"
	tap_nothing "$1"
	: >"$work/said"
}

: >"$work/said"
echo 1..6
known 'chaincheck(1) has every option' "$work/page" --
known 'the completion for bash has every option' \
	cli/completions/chaincheck.bash --
known 'the completion for zsh has every option' \
	cli/completions/chaincheck.zsh --
known 'the completion for fish has every option' \
	cli/completions/chaincheck.fish '-l '

[ "$(echo "$commands" | wc -l)" -ge 6 ] ||
	echo "commands: $commands" >"$work/said"
for help in "$work"/help.*; do
	awk -v name="${help##*.}" 'length > 80 { print name ": " $0 }
		END { if (NR > 45) print name " has " NR " lines" }' "$help"
done >>"$work/said"
tap_nothing 'every help is of 80 columns and at most 45 lines'

# What `--help -v` lists is what the short help lists or names.
for command in check verify; do
	"$CHAINCHECK" "$command" --help -v |
		sed -n 's/^ .\{5\}\(--[a-z0-9-]*\).*/\1/p' | sort >"$work/long"
	grep -o -e '--[a-z0-9][a-z0-9-]*' "$work/help.$command" | sort -u |
		comm -13 - "$work/long"
done >"$work/said"
[ -s "$work/long" ] || echo "--help -v lists nothing" >>"$work/said"
tap_nothing 'what --help -v lists the short help has or names'
