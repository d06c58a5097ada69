#!/bin/sh
# tests/cli/known.sh: chaincheck known, on the table of this build.
set -u
. "$top_srcdir/tests/support/tap.sh"
CHAINCHECK_KNOWN=$KNOWN
export CHAINCHECK_KNOWN
# https://letsencrypt.org/certificates/
x1=96:BC:EC:06:26:49:76:F3:74:60:77:9A:CF:28:C5:A7:CF:E8:A3:C0:AA:E1:1A:8F
x1=$x1:FC:EE:05:C0:BD:DF:08:C6

echo 1..12
tap_run 'the table tells how much it knows, and of which day' 0 \
	'^[0-9]* public roots and [0-9]* intermediates, as of 20' \
	"$CHAINCHECK" known
tap_run 'a root is found by its SHA-256' 0 '^CN=ISRG Root X1,' \
	"$CHAINCHECK" known "$x1"
tap_run 'a programme tells since when it holds it' 0 \
	'^  Mozilla  *from 2016-08-05 to now' "$CHAINCHECK" known 'isrg root x1'
tap_run 'what nobody knows is said' 1 'no public CA is known by that' \
	"$CHAINCHECK" known 'no such CA there is'
tap_run 'a table that was named and is not there is an error' 3 \
	'cannot be opened' "$CHAINCHECK" known --known /nowhere/at/all
echo damaged >"$work/table"
tap_run 'a damaged table that was named is an error' 3 'damaged' \
	"$CHAINCHECK" verify "$CERTS/www.pem" --no-system \
	--known "$work/table"
tap_run 'a private CA is said to be none that is known' 1 \
	'no public CA' "$CHAINCHECK" verify "$CERTS/www.pem" --no-system

# The user's own table, in a home of its own.
unset CHAINCHECK_KNOWN
XDG_DATA_HOME=$work/data
export XDG_DATA_HOME
tap_run 'PEM is imported' 0 'root.pem: 1 new, 0 known before, 0 left out' \
	"$CHAINCHECK" known import "$CERTS/root.pem"
{
	cat "$CERTS/root.pem" "$CERTS/www.pem"
	echo '-----BEGIN CERTIFICATE-----'
	echo 'no base64 at all!'
	echo '-----END CERTIFICATE-----'
} >"$work/mixed.pem"
"$CHAINCHECK" known import "$work/mixed.pem" >"$work/said" 2>&1
grep -q ' 0 new, 1 known before, 2 left out$' "$work/said" &&
	grep -q "^  left out, line $(($(wc -l <"$CERTS/root.pem") + 1)): no CA: «www.example.test»\$" \
	"$work/said" && grep -q "^  left out, line $(grep -n BEGIN \
	"$work/mixed.pem" | tail -n 1 | cut -d: -f1): " "$work/said"
tap $? 'what is left out is told, with its line and why'
tap_run 'what was imported is searched' 0 '^CN=' \
	"$CHAINCHECK" known "$("$CHAINCHECK" known 'Chaincheck' | sed -n \
	's/^  SHA-256 *//p' | head -n 1)"
tap_run 'a file without a CA is no import, and nothing is lost' 3 \
	'no certificate of a CA' "$CHAINCHECK" known import "$work/table"
tap_run 'an import wants a file' 2 'needs a FILE' "$CHAINCHECK" known import
