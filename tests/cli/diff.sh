#!/bin/sh
# tests/cli/diff.sh: two stores by key, made by openssl and p11-kit.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/schema.sh"
. "$top_srcdir/tests/support/roots.sh"

diff_of() {
	"$CHAINCHECK" diff "$@"
}

# rows FILE: kind and subject of each change.
rows() {
	json "$1" '"; ".join(c["kind"] + " " +
		(c["after"] or c["before"] or c["blocked"]).get("subject", "?")
		for c in d["changes"])'
}

root a2 a '/O=Test/CN=Root A' 5000
root a-other other '/O=Test/CN=Root A'
store ab.pem a b
store ba.pem b a a
store renewed.pem a2 b
store rekeyed.pem a-other b
store bc.pem b c

echo 1..34
tap_run 'a store is equal to itself' 0 'EQUAL: both say the same of 2 keys' \
	diff_of "$work/ab.pem" "$work/ab.pem"
tap_run '... in another order, and twice in one file' 0 EQUAL \
	diff_of "$work/ab.pem" "$work/ba.pem"
mkdir "$work/dir"
cp "$work/a.pem" "$work/dir/1.crt"
openssl x509 -in "$work/b.pem" -outform DER -out "$work/dir/2.der"
tap_run '... as a directory of PEM and DER' 0 EQUAL \
	diff_of "$work/ab.pem" "dir:$work/dir"
if has_p11kit; then
	tap_run '... as p11-kit reads it' 0 EQUAL \
		diff_of "$work/ab.pem" "p11-kit:$work/ab.pem"
else
	tap_skip '... as p11-kit reads it' 'no p11-kit-trust'
fi
diff_of "$work/ab.pem" "$work/ab.pem" --format json >"$work/equal.json"
valid 'equal stores fit the schema' difference.schema.json "$work/equal.json"

diff_of "$work/ab.pem" "$work/renewed.pem" --format json >"$work/renewed.json"
[ $? = 1 ] && [ "$(rows "$work/renewed.json")" = \
	'renewed CN=Root A,O=Test' ]
tap $? 'a renewed root with the same key is one row'
[ "$(json "$work/renewed.json" '" ".join(
	d["changes"][0][side]["sha256"] for side in ("before", "after"))')" = "$(sha256 a) $(sha256 a2)" ]
tap $? '... with the digests that openssl has for both'
valid '... and fits the schema' difference.schema.json "$work/renewed.json"
diff_of "$work/ab.pem" "$work/rekeyed.pem" --format json >"$work/rekeyed.json"
[ $? = 1 ] && [ "$(rows "$work/rekeyed.json")" = \
	'rekeyed CN=Root A,O=Test' ]
tap $? 'a root with another key under its name is one row'
diff_of "$work/ab.pem" "$work/bc.pem" --format json >"$work/other.json"
[ $? = 1 ] && [ "$(rows "$work/other.json")" = \
	'removed CN=Root A,O=Test; added CN=Root C,O=Test' ]
tap $? 'removed comes before added'
tap_run 'the first line has the counts' 1 \
	'^DIFFERENT: 1 removed, 1 added; 1 key is the same' \
	diff_of "$work/ab.pem" "$work/bc.pem" -q
[ "$(wc -l <"$work/said")" = 1 ]
tap $? '... and is all there is with -q'
diff_of "$work/ab.pem" "$work/bc.pem" >"$work/said"
grep -q "ab.pem:1$" "$work/said" && ! grep -q "$(sha256 a)" "$work/said" &&
	grep -q "SHA-256 $(sha256 a | cut -c1-16)…" "$work/said"
tap $? 'a row has the place, and the digest in short'
tap_run '... and whole with -v' 1 "$(sha256 a)" \
	diff_of "$work/ab.pem" "$work/bc.pem" -v

# Many of which the same is to be said.
for name in d e f g; do
	root $name $name "/O=Test/CN=Root $name"
done
store bdefg.pem b d e f g
diff_of "$work/bdefg.pem" "$work/ab.pem" >"$work/said"
[ "$(grep -c 'trusted before (4 keys, by SHA-256):$' "$work/said")" = 1 ] &&
	[ "$(grep -c ': trusted' "$work/said")" = 2 ] &&
	[ "$(for name in d e f g; do
		grep "^    $(sha256 $name | cut -c1-16)… Root $name\$" \
			"$work/said"
	done | wc -l)" = 4 ]
tap $? 'what is said of many keys is said once, with a line for each'
[ "$(diff_of "$work/bdefg.pem" "$work/ab.pem" -v |
	grep -c ': trusted before$')" = 4 ]
tap $? '... and of each with -v'
[ "$(diff_of "$work/ab.pem" "$work/bc.pem" | grep -c 'cannot say')" = 2 ]
tap $? 'what PEM cannot say is told once for each store'

# openssl-x509(1): what is trusted, and what is rejected
trusted a a-server -addtrust serverAuth -addreject emailProtection
trusted a a-mail -addtrust serverAuth -addtrust emailProtection
trusted b b-rejected -addreject serverAuth -addreject clientAuth
store said.pem a-server b-rejected
store more.pem a-mail b
diff_of "$work/said.pem" "$work/more.pem" --format json >"$work/lost.json"
[ $? = 1 ] && [ "$(rows "$work/lost.json")" = \
	'distrust-lost CN=Root A,O=Test; distrust-lost CN=Root B,O=Test' ]
tap $? 'what openssl rejects and a plain certificate does not is lost'
[ "$(json "$work/lost.json" '[(c["code"], c["purposes"])
	for c in d["changes"]]')" = "[('store.distrust-lost', ['email']), \
('store.distrust-lost', ['tls-server', 'tls-client'])]" ]
tap $? '... with the finding and the purposes of each'
valid '... and fits the schema' difference.schema.json "$work/lost.json"
tap_run '... and is gained the other way about' 1 \
	'^DIFFERENT: 2 distrusts gained; 0 keys' \
	diff_of "$work/more.pem" "$work/said.pem"
trusted a a-both -addtrust serverAuth -addtrust clientAuth
store both.pem a-both
store one.pem a-mail
tap_run 'other purposes are told by name' 1 \
	'tls-client: not trusted before, trusted now; email: trusted before,' \
	diff_of "$work/one.pem" "$work/both.pem"

# p11-kit's own format, with the date as Mozilla gives it to TrustCor
date='nss-server-distrust-after: "%32%32%31%31%33%30%30%30%30%30%30%30%5a"'
if has_p11kit; then
	p11kit a "$date" >"$work/dated.p11-kit"
	p11kit a '' >"$work/plain.p11-kit"
	store plain.pem a
	diff_of "p11-kit:$work/dated.p11-kit" "$work/plain.pem" \
		--format json >"$work/date.json"
	[ $? = 1 ] && [ "$(json "$work/date.json" '[
		(c["kind"], c["trust"][0]["before"]["distrust_after"],
		c["trust"][0]["after"]["distrust_after"])
		for c in d["changes"]]')" = \
		"[('distrust-lost', '2022-11-30T00:00:00Z', None)]" ]
	tap $? 'a distrust-after that PEM cannot say is a distrust lost'
	valid '... and fits the schema' difference.schema.json \
		"$work/date.json"
	tap_run '... with the date in words' 1 \
		'trusted for what it issued until 2022-11-30 before' \
		diff_of "p11-kit:$work/dated.p11-kit" "$work/plain.pem"
	tap_run 'without the date p11-kit and PEM are equal' 0 EQUAL \
		diff_of "p11-kit:$work/plain.p11-kit" "$work/plain.pem"
	mkdir "$work/tree" "$work/tree/anchors" "$work/tree/blocklist"
	cp "$work/a.pem" "$work/tree/anchors"
	cp "$work/b.pem" "$work/tree/blocklist"
	tap_run 'a blocklist that is not there any more is lost' 1 \
		'distrusted before, trusted now' \
		diff_of "p11-kit:$work/tree" "$work/ab.pem"
else
	for name in 'a distrust-after' '... the schema' '... in words' \
		'without the date' 'a blocklist'; do
		tap_skip "$name" 'no p11-kit-trust'
	done
fi

# What a stranger calls a CA
root bad bad "$(printf '/CN==cmd|\033[2J","\nDIFFERENT')"
store hostile.pem b bad
diff_of "$work/ab.pem" "$work/hostile.pem" --format csv >"$work/bad.csv"
"${python:-python3}" - "$work/bad.csv" >"$work/said" 2>&1 <<'PY'
import csv, sys
data = open(sys.argv[1], newline="", encoding="utf-8").read()
rows = list(csv.DictReader(data.splitlines(True), strict=True))
assert [row["kind"] for row in rows] == ["removed", "added"], rows
assert all(None not in row and None not in row.values() for row in rows)
assert "\x1b" not in data and data.endswith("\r\n")
for row in rows:
    for cell in row.values():
        assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), cell
PY
tap $? 'a hostile subject stays in its cell of the CSV'
diff_of "$work/ab.pem" "$work/hostile.pem" >"$work/said"
! grep -q "$(printf '\033')" "$work/said" &&
	[ "$(grep -c '^DIFFERENT' "$work/said")" = 1 ]
tap $? '... and forges no line of the text'
diff_of "$work/ab.pem" "$work/hostile.pem" --format json >"$work/bad.json"
valid '... and fits the schema' difference.schema.json "$work/bad.json"

tap_run 'one store is not enough' 2 'two stores' diff_of "$work/ab.pem"
tap_run 'a store that is not there' 3 'nowhere.pem' \
	diff_of "$work/ab.pem" "$work/nowhere.pem"
printf -- '-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n' |
	cat "$work/ab.pem" - >"$work/part.pem"
tap_run 'equal is not said where something was passed over' 3 UNDECIDED \
	diff_of "$work/ab.pem" "$work/part.pem"
tap_run 'a format that there is not' 2 "'pem' is none of text, json and csv" \
	diff_of "$work/ab.pem" "$work/ab.pem" --format pem
