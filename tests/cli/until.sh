#!/bin/sh
# tests/cli/until.sh: when the last valid path ends, and by which certificate.
# openssl verifies right before the second that is told, and not behind it; that
# second itself is valid (RFC 5280 4.1.2.5), but not for openssl.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/dated.sh"
. "$top_srcdir/tests/support/schema.sh"

at=2026-04-01T00:00:00Z

dated root root /CN=Root - 20200101 20400101 "$ca"
dated short_root root /CN=Root - 20200101 20280101 "$ca"
dated other other /CN=Other - 20200101 20320101 "$ca"
dated int int /CN=Int root 20200101 20350101 "$ca"
dated short_int int /CN=Int root 20200101 20270101 "$ca"
dated next_int int /CN=Int root 20261201 20290101 "$ca"
dated late_int int /CN=Int root 20270601 20290101 "$ca"
dated cross int /CN=Int other 20200101 20310101 "$ca"
dated www www /CN=www int 20250101 20330101 "$leaf"
dated plain www /CN=www root 20250101 20450101 "$leaf"
dated brief www /CN=www int 20250101 20260501 "$leaf"

# verify LEAF STORE "NAME..." [OPTION...]: STORE trusted, what NAME names given
verify() {
	verify_leaf=$1 verify_store=$2 verify_given=$3
	shift 3
	# shellcheck disable=SC2086
	both given $verify_given
	"$CHAINCHECK" verify "$work/$verify_leaf.pem" --no-system \
		--attime "$at" --cacert "$work/$verify_store.pem" \
		--untrusted "$work/given.pem" "$@"
}

# openssl_at SECONDS
openssl_at() {
	openssl verify -attime "$1" -CAfile "$work/$verify_store.pem" \
		-untrusted "$work/given.pem" "$work/$verify_leaf.pem"
}

# ends NAME LEAF STORE GIVEN DAY ROLE WORDS
ends() {
	verify "$2" "$3" "$4" --format json >"$work/answer"
	until=$(json "$work/answer" "' '.join([d['until']['time'],
		d['until']['role'], d['stores'][0]['until']['time']])")
	echo "$until" >"$work/said"
	[ "$until" = "$5T00:00:00Z $6 $5T00:00:00Z" ]
	tap $? "$1"
	last=$(date -u -d "$5T00:00:00Z" +%s)
	openssl_at $((last - 1)) >"$work/said" 2>&1 &&
		! openssl_at $((last + 1)) >"$work/said" 2>&1 &&
		grep -q 'has expired\|not yet valid' "$work/said"
	tap $? '... openssl finds a path before it, and none behind'
	verify "$2" "$3" "$4" 2>&1 | tr -s '\n ' '  ' >"$work/said"
	grep -q -e "The last valid path ends on $5, when the $7" "$work/said"
	tap $? '... in words'
}

date -u -d 2026-04-01T00:00:00Z +%s >"$work/said" 2>&1 || {
	echo '1..0 # SKIP date cannot read a date'
	exit 0
}
ends 'the certificate itself' www root int 2033-01-01 leaf \
	'certificate itself expires\.'
valid '... by the schema' report.schema.json "$work/answer"
ends 'an intermediate before it' www root short_int 2027-01-01 intermediate \
	'intermediate «Int» expires, 2192 days before the certificate itself\.'
valid '... by the schema' report.schema.json "$work/answer"
ends 'the root before it' www short_root int 2028-01-01 anchor \
	'root «Root» expires, 1827 days before'
ends 'of two editions the longer' www root 'short_int int' 2033-01-01 leaf \
	'certificate itself'
ends 'one that begins before the first ends' www root 'short_int next_int' \
	2029-01-01 intermediate 'intermediate «Int» expires'
ends 'one that begins too late' www root 'short_int late_int' \
	2027-01-01 intermediate 'intermediate «Int» expires'
both roots short_root other
ends 'another root, by a cross-certificate' www roots 'cross int' 2031-01-01 \
	intermediate 'intermediate «Int» expires'
ends 'a certificate that ends soon' brief root short_int 2026-05-01 leaf \
	'certificate itself'

# nothing NAME LEAF STORE GIVEN [OPTION...]: it is not told
nothing() {
	nothing_name=$1
	shift
	verify "$@" --format json >"$work/answer"
	json "$work/answer" \
		"[d['until']] + [s['until'] for s in d['stores']]" >"$work/said"
	grep -q '^\[None, None\]$' "$work/said"
	tap $? "$nothing_name"
}
nothing 'of what is not trusted nothing is told' www other int
openssl ca -config "$work/dated.cnf" -gencrl -crldays 30 \
	-cert "$work/root.pem" -keyfile "$work/root.key" -out "$work/root.crl" \
	2>"$work/said" || exit 99
now=$(openssl crl -in "$work/root.crl" -noout -lastupdate |
	sed 's/lastUpdate=//')
at=$(date -u -d "$now" +%Y-%m-%dT%H:%M:%SZ)
nothing 'with CRLs it is not told' plain root int \
	--crlfile "$work/root.crl"
json "$work/answer" "d['verdict']" >"$work/said"
grep -q '^trusted' "$work/said"
tap $? '... though it is trusted'
verify plain root int --format json >"$work/answer"
json "$work/answer" "d['until']['time']" >"$work/said"
grep -q '^2040-01-01T' "$work/said"
tap $? '... and without them it is'
at=2026-04-01T00:00:00Z

# Each store by itself, and all of them together.
verify www short_root 'int cross' --trust "file:$work/other.pem" \
	--format json >"$work/answer"
json "$work/answer" "[u and u['time'][:4] for u in
	[d['until']] + [s['until'] for s in d['stores']]]" >"$work/said"
grep -qx "\['2031', '2028', '2031'\]\|\['2031', '2031', '2028'\]" "$work/said"
tap $? 'each store by itself, and all together'
verify www short_root 'int cross' --trust "file:$work/other.pem" -v 2>&1 |
	tr -s '\n ' '  ' >"$work/said"
grep -q 'other.pem (1 anchors): trusted until 2031-01-01, when' "$work/said" &&
	grep -q 'short_root.pem (1 anchors): trusted until 2028-' "$work/said"
tap $? '... in words'

echo "1..$tap_count"
