#!/bin/sh
# tests/house/options.sh: the man page and the completions know every option.
set -u
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$top_srcdir" || exit 99
"$CHAINCHECK" --help | grep -o '^ .\{5\}--[a-z0-9-]*' | grep -o -- '--.*' |
	grep -v -x -e --ipv4 -e --ipv6 -e --help -e --version -e --verbose \
	-e --quiet -e --output -e --max-time >"$work/options"
sed 's/\\-/-/g' doc/chaincheck.1 >"$work/page"

# known NUMBER NAME FILE PREFIX
known() {
	while read -r option; do
		grep -q -e "$4${option#--}\\b" "$3" || echo "$option is missing"
	done <"$work/options" >"$work/said"
	if [ -s "$work/said" ] || [ ! -s "$work/options" ]; then
		echo "not ok $1 - $2"
		sed 's/^/# /' "$work/said"
	else
		echo "ok $1 - $2"
	fi
}

echo 1..4
known 1 'chaincheck(1)' "$work/page" --
known 2 'bash' cli/completions/chaincheck.bash --
known 3 'zsh' cli/completions/chaincheck.zsh --
known 4 'fish' cli/completions/chaincheck.fish '-l '
