#!/bin/sh
# tests/conformance/run.sh: the cases of public path-validation suites, by the
# command and by the library. They are others' data and are not part of
# chaincheck: CHAINCHECK_CONFORMANCE names the folder that holds them.
set -u
cases=${CHAINCHECK_CONFORMANCE:-$top_srcdir/../shared/conformance}
here=$top_srcdir/tests/conformance

if ! ls "$cases"/*/cases.jsonl >/dev/null 2>&1; then
	echo '1..0 # SKIP no suites; CHAINCHECK_CONFORMANCE names their folder'
	exit 0
fi
for python in python3 /usr/bin/python3; do
	"$python" -c 'import json' 2>/dev/null &&
		exec "$python" "$here/judge.py" "$here/codes.tsv" \
			"$here/profiles.tsv" "$top_srcdir/doc/conformance.tsv" "$cases" \
			"$CHAINCHECK" tests/conformance/by_library
done
echo '1..0 # SKIP no python3'
