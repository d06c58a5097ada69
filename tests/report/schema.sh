#!/bin/sh
# tests/report/schema.sh: the reports made by hand (print_examples) keep to
# doc/report.schema.json, which does not let everything pass.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/schema.sh"

./tests/report/print_examples >"$work/examples" || exit 99
echo 1..3
valid 'every report made by hand' report.schema.json "$work/examples"

# broken NAME PROGRAM: the first report, changed by sed, no longer fits.
broken() {
	sed -n "1{$2;p}" "$work/examples" >"$work/broken"
	invalid "$1" report.schema.json "$work/broken"
}
broken 'no verdict is no report' 's/"verdict":"[a-z_]*",//g'
broken 'another verdict is no report' 's/"verdict":"[a-z_]*"/"verdict":"maybe"/'
