#!/bin/sh
# tests/house/certs.sh: the PKI has the bytes that it always had, and each of
# its certificates says in certs/README.md what it is for.
set -u
here=$top_srcdir/certs
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

result() {
	if [ -s "$work/said" ]; then
		echo "not ok $1"
		sed 's/^/# /' "$work/said"
	else
		echo "ok $1"
	fi
}

echo 1..2
(cd "$CERTS" && sha256sum --quiet -c "$here/SHA256SUMS") >"$work/said" 2>&1
ls "$CERTS" | grep '\.pem$' | while read -r name; do
	grep -q " $name\$" "$here/SHA256SUMS" ||
		echo "$name is not in SHA256SUMS"
done >>"$work/said"
result '1 - the bytes are those of SHA256SUMS'

sed -n 's/^\[\(.*\)\].*/\1/p' "$here/pki.conf" | sort >"$work/plan"
sed -n 's/^| \([a-z0-9-]*\) | .*/\1/p' "$here/README.md" |
	grep -v '^certificate$' | sort >"$work/readme"
diff "$work/plan" "$work/readme" >"$work/said"
result '2 - the plan and the README name the same certificates'
