#!/bin/sh
# tests/house/certs.sh: the PKI has the bytes that it always had, and each of
# its certificates says in certs/README.md what it is for.
set -u
. "$top_srcdir/tests/support/tap.sh"
here=$top_srcdir/certs

echo 1..2
(cd "$CERTS" && sha256sum --quiet -c "$here/SHA256SUMS") >"$work/said" 2>&1
ls "$CERTS" | grep '\.pem$' | while read -r name; do
	grep -q " $name\$" "$here/SHA256SUMS" ||
		echo "$name is not in SHA256SUMS"
done >>"$work/said"
tap_nothing 'the bytes are those of SHA256SUMS'

sed -n 's/^\[\(.*\)\].*/\1/p' "$here/pki.conf" | sort >"$work/plan"
sed -n 's/^| \([a-z0-9-]*\) | .*/\1/p' "$here/README.md" |
	grep -v '^certificate$' | sort >"$work/readme"
diff "$work/plan" "$work/readme" >"$work/said" 2>&1
tap_nothing 'the plan and the README name the same certificates'
