#!/bin/sh
# tests/cli/audit_formats.sh: what audit, check and verify write for pipelines.
# SARIF is held against the object model made from its schema and against what
# GitHub code scanning asks for (tests/support/sarif.py); against the schema of
# OASIS too where SARIF_SCHEMA names it, since no package of Debian has it.
# JUnit, which has no schema of its own, is held against what Jenkins and GitLab
# read of it.
set -u
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/schema.sh"
at=2026-06-01T00:00:00Z
c=$CHAINCHECK

audit() {
	"$c" audit --attime "$at" "$@"
}

# sarif NAME FILE
sarif() {
	# The system's python has Debian's packages.
	for try in /usr/bin/python3 "${python:-python3}"; do
		"$try" "$top_srcdir/tests/support/sarif.py" "$2" \
			${SARIF_SCHEMA:+"$SARIF_SCHEMA"} >"$work/said" 2>&1
		sarif_status=$?
		[ $sarif_status = 77 ] || break
	done
	if [ $sarif_status = 77 ]; then
		tap_skip "$1" 'no python3-sarif-python-om'
	else
		tap $sarif_status "$1"
	fi
}

# junit NAME FILE: the sums of each suite are those of its cases, and cases have
# names of their own.
junit() {
	python3 - "$2" >"$work/said" 2>&1 <<'PY'
import sys
import xml.etree.ElementTree as tree

root = tree.parse(sys.argv[1]).getroot()
assert root.tag == "testsuites" and len(root), root.tag
for suite in root:
    cases = suite.findall("testcase")
    assert suite.tag == "testsuite" and suite.get("name")
    assert int(suite.get("tests")) == len(cases) > 0
    for tag, sum in (("failure", "failures"), ("skipped", "skipped"),
                     ("error", "errors")):
        assert int(suite.get(sum)) == len(suite.findall("*/" + tag)), sum
    names = [case.get("name") for case in cases]
    assert len(set(names)) == len(names), names
    for case in cases:
        assert case.get("classname") == suite.get("name")
        for failure in case.findall("failure"):
            assert failure.get("type") and failure.get("message")
            assert failure.text.startswith(failure.get("message"))
PY
	tap $? "$1"
}

mkdir "$work/tree" "$work/tree/inner folder"
cat "$CERTS/intermediate.pem" "$CERTS/www.pem" "$CERTS/www.pem" \
	>"$work/tree/order.pem"
cp "$CERTS/expired.pem" "$work/tree/inner folder/old.pem"
cp "$CERTS/root.pem" "$work/tree/root.pem"

echo 1..17
(cd "$work" && audit --format sarif tree "$work/tree/order.pem" \
	/etc/passwd) >"$work/audit.sarif"
[ $? = 1 ]
tap $? 'errors give status 1 whatever the format'
sarif 'an audit as SARIF' "$work/audit.sarif"
json "$work/audit.sarif" '[(r["locations"][0]["physicalLocation"]
	["artifactLocation"]["uri"], r["locations"][0]["physicalLocation"]
	["region"]["startLine"]) for r in d["runs"][0]["results"]]' \
	>"$work/said"
line=$(($(wc -l <"$CERTS/intermediate.pem") + 1))
grep -q "('tree/order.pem', $line)" "$work/said" &&
	grep -q "('tree/inner%20folder/old.pem', 1)" "$work/said" &&
	grep -q "('file:///etc/passwd', 1)" "$work/said"
tap $? 'files are named from the folder we are in, with the line of the block'
{
	echo '# a comment'
	cat "$work/tree/order.pem"
} >"$work/moved"
mv "$work/moved" "$work/tree/order.pem"
fingerprints() {
	json "$1" 'sorted(r["partialFingerprints"]["primaryLocationLineHash"]
		for r in d["runs"][0]["results"])'
}
(cd "$work" && audit --format sarif tree "$work/tree/order.pem" \
	/etc/passwd) >"$work/moved.sarif"
fingerprints "$work/audit.sarif" >"$work/before"
fingerprints "$work/moved.sarif" | diff "$work/before" - >"$work/said" &&
	! cmp -s "$work/audit.sarif" "$work/moved.sarif"
tap $? 'a finding whose line moved has the fingerprint that it had'
for broken in 's/"startLine": [0-9]*/"startLine": 0/' \
	's/"ruleIndex": 0/"ruleIndex": 1/' 's/"message"/"massage"/'; do
	sed "$broken" "$work/audit.sarif" >"$work/broken.sarif"
	cmp -s "$work/audit.sarif" "$work/broken.sarif" ||
		! python3 "$top_srcdir/tests/support/sarif.py" \
			"$work/broken.sarif" >/dev/null 2>&1 ||
		echo "passed: $broken"
done >"$work/said"
tap_nothing 'the check of SARIF does not let everything pass'

audit --format junit "$work/tree" >"$work/audit.xml"
junit 'an audit as JUnit' "$work/audit.xml"
if command -v xmllint >/dev/null; then
	xmllint --noout "$work/audit.xml" 2>"$work/said"
	tap $? 'it is XML for another reader'
else
	tap_skip 'it is XML for another reader' 'no xmllint'
fi
audit --format junit "$CERTS/root.pem" >"$work/good.xml"
grep -q 'failures="0"' "$work/good.xml"
tap $? 'a suite without failures'
junit 'with nothing found there is a case' "$work/good.xml"
failures() {
	grep -o '<failure' "$1" | wc -l
}
audit --format junit --fail-on warning "$work/tree" >"$work/strict.xml"
[ "$(failures "$work/strict.xml")" -gt "$(failures "$work/audit.xml")" ]
tap $? 'a warning is a failure where it is to fail the run'

audit --format json "$work/tree" >"$work/audit.json"
valid 'an audit as JSON' audit.schema.json "$work/audit.json"
audit --format jsonl "$work/tree" >"$work/audit.jsonl"
valid 'as JSON lines' audit.schema.json "$work/audit.jsonl"
json "$work/audit.json" '[[f["code"], f["line"]] for a in d["files"]
	for f in a["findings"]]' >"$work/whole"
"${python:-python3}" -c 'import json, sys
print([[f["code"], f["line"]] for a in map(json.loads, open(sys.argv[1]))
       for f in a.get("findings", [])])' "$work/audit.jsonl" |
	diff "$work/whole" - >"$work/said"
tap $? 'which say the same'

# A name that would be a link, a place to fill in, mark-up and a colour.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	-keyout "$work/key" -days 1 -out "$work/tree/evil.pem" -utf8 -subj \
	"/CN=[x](http:\/\/evil.test) {0} <b>&\"$(printf '\033')[31m" \
	2>/dev/null
audit --format sarif "$work/tree/evil.pem" >"$work/evil.sarif"
sarif 'a hostile name in SARIF' "$work/evil.sarif"
audit --format junit "$work/tree/evil.pem" >"$work/evil.xml"
junit 'a hostile name in JUnit' "$work/evil.xml"

"$c" verify --format sarif --no-system --attime "$at" \
	"$work/tree/order.pem" >"$work/verify.sarif"
sarif 'a verification as SARIF' "$work/verify.sarif"
port=$(a_port)
"$c" check --no-system --format junit -m 5 "localhost:$port" \
	"127.0.0.1:$port" >"$work/check.xml" 2>"$work/said"
junit 'two hosts are one document of JUnit' "$work/check.xml"
