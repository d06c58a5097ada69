#!/bin/sh
# tests/cli/baseline.sh: findings that are accepted, by the whole command.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/schema.sh"
at=2026-06-01T00:00:00Z
cp "$CERTS/expired.pem" "$work/old.pem"
: >"$work/empty.pem"

audit() {
	(cd "$work" && "$CHAINCHECK" audit --attime "$at" "$@" \
		old.pem empty.pem)
}

echo 1..11
tap_run 'what is found is written, and still found' 1 'errors' \
	audit --write-baseline base.tsv -q
sum=$(openssl x509 -in "$work/old.pem" -outform DER | sha256sum | cut -c1-64)
tab=$(printf '\t')
grep -q "^cert.expired$tab$sum${tab}2026-08-30$tab" "$work/base.tsv" &&
	grep -q "^bundle.unknown${tab}path:empty.pem$tab" "$work/base.tsv"
tap $? 'by SHA-256, by path, and for 90 days'
sed 's/say why, and until when/the box goes in August/' "$work/base.tsv" \
	>"$work/known.tsv"
tap_run 'what is known fails nothing' 0 'accepted' \
	audit --baseline known.tsv --fail-on warning
tap_run '-v tells it with its reason' 0 'the box goes in August' \
	audit --baseline known.tsv -v
audit --baseline known.tsv --format sarif >"$work/known.sarif"
json "$work/known.sarif" 'all(r["suppressions"][0]["justification"] ==
	"the box goes in August" for r in d["runs"][0]["results"]
	if r["level"] != "note")' >"$work/said"
grep -q True "$work/said"
tap $? 'SARIF has it as suppressed'
audit --baseline known.tsv --format junit >"$work/known.xml"
grep -q '<skipped message="the box goes in August"/>' "$work/known.xml" &&
	! grep -q '<failure' "$work/known.xml"
tap $? 'JUnit has it as skipped'
audit --baseline known.tsv --format json >"$work/known.json"
valid 'JSON says that it is accepted' audit.schema.json "$work/known.json"
{
	echo 'text above the certificate'
	cat "$CERTS/expired.pem"
} >"$work/old.pem"
tap_run 'its line may move' 0 'accepted' audit --baseline known.tsv
at=2026-08-31T00:00:00Z
tap_run 'past its day it is found again, and the entry told' 1 \
	'baseline.expired' audit --baseline known.tsv
at=2026-06-01T00:00:00Z
sed 's/2026-08-30/soon/' "$work/known.tsv" >"$work/bad.tsv"
tap_run 'a baseline that cannot be read accepts nothing' 3 'has no day' \
	audit --baseline bad.tsv
audit --baseline known.tsv --write-baseline again.tsv >/dev/null
diff "$work/known.tsv" "$work/again.tsv" >"$work/said"
tap $? 'reasons and days stay when it is written again'
