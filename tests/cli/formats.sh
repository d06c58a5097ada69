#!/bin/sh
# tests/cli/formats.sh: real reports against doc/report.schema.json, exit
# statuses, colour and the file of -o.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/schema.sh"

verify() {
	"$CHAINCHECK" verify --no-system --attime 2026-06-01T00:00:00Z "$@"
}

int=$CERTS/intermediate.pem
root=$CERTS/root.pem
www=$CERTS/www.pem
echo 1..14
verify "$www" "$int" --cacert "$root" --format json >"$work/good.json"
valid 'a trusted report fits the schema' \
	report.schema.json "$work/good.json"
verify "$www" --cacert "$root" --format json >"$work/missing.json"
valid 'a missing intermediate fits the schema' \
	report.schema.json "$work/missing.json"
verify "$www" "$int" --cacert "$CERTS/root-other-key.pem" --format json \
	>"$work/mismatch.json"
valid 'a mismatch with its ledger fits the schema' \
	report.schema.json "$work/mismatch.json"
verify "$CERTS/escapes.pem" "$int" --cacert "$root" --format json \
	>"$work/escapes.json"
valid 'a hostile subject fits the schema' \
	report.schema.json "$work/escapes.json"
"$CHAINCHECK" check 127.0.0.1:1 --no-system --format json >"$work/refused.json"
valid 'a refused connection fits the schema' \
	report.schema.json "$work/refused.json"
verify "$www" "$int" --cacert "$root" --format jsonl >"$work/lines"
[ "$(wc -l <"$work/lines")" = 1 ]
tap $? 'jsonl is one line'

tap_run 'trusted is 0' 0 TRUSTED verify "$www" "$int" --cacert "$root"
tap_run 'untrusted is 1' 1 'NOT TRUSTED' verify "$www" --cacert "$root"
tap_run 'warnings alone are 0' 0 chain.unrelated verify "$www" "$int" \
	"$CERTS/unrelated-root.pem" --cacert "$root"
tap_run '... and 4 where that is asked for' 4 chain.unrelated verify "$www" \
	"$int" "$CERTS/unrelated-root.pem" --cacert "$root" --fail-on warning
esc=$(printf '\033')
tap_run 'colour when asked for' 0 "$esc" verify "$www" "$int" \
	--cacert "$root" --color always
verify "$www" "$int" --cacert "$root" >"$work/said"
! grep -q "$esc" "$work/said"
tap $? 'no colour into a pipe'
verify "$www" "$int" --cacert "$root" -o "$work/report" >"$work/said" &&
	[ ! -s "$work/said" ] && grep -q TRUSTED "$work/report" &&
	[ "$(ls "$work" | grep -c '^report')" = 1 ]
tap $? 'the file of -o has the report, and nothing is left beside it'
"$CHAINCHECK" check 127.0.0.1:1 127.0.0.1:1 --no-system --format jsonl \
	>"$work/two" 2>&1
[ $? = 3 ] && [ "$(wc -l <"$work/two")" = 2 ]
tap $? 'two hosts are two lines'
