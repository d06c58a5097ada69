#!/bin/sh
# tests/cli/stores.sh: the anchors of one store, held against openssl and
# p11-kit.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/schema.sh"
. "$top_srcdir/tests/support/roots.sh"

stores() {
	"$CHAINCHECK" stores "$@"
}

root soon soon '/O=Test/CN=Soon' 30
root bad bad "$(printf '/CN==cmd|\033[2J","\n-----BEGIN CERTIFICATE-----')"
root wide wide '/CN=Zażółć gęślą jaźń 証明書 証明書 証明書 証明書 証明書'
openssl req -x509 -new -key "$work/a.key" -subj '/CN=www.example.test' \
	-days 3000 -addext basicConstraints=critical,CA:FALSE \
	-out "$work/leaf.pem" 2>/dev/null || exit 99
trusted a a-server -addtrust serverAuth -addreject emailProtection
trusted b b-rejected -addreject serverAuth -addreject clientAuth \
	-addreject emailProtection -addreject codeSigning \
	-addreject timeStamping -addreject OCSPSigning
trusted c c-mail -addtrust emailProtection
store all.pem a-server b-rejected c-mail soon bad wide leaf
all=$work/all.pem

echo 1..32
tap_run 'the first line has the counts' 0 \
	': 7 certificates, 5 trusted for tls-server, 1' \
	stores "$all"
[ "$(LC_ALL=C.UTF-8 wc -L <"$work/said")" -le 80 ]
tap $? 'no line is wider than 80 columns, as wc counts them'
grep -q "$(printf '\033')" "$work/said"
[ $? = 1 ]
tap $? 'a hostile subject moves no cursor'
grep -q '^  Root A  *[0-9-]\{10\} server  *[^ ]*all.pem:1$' "$work/said"
tap $? 'a row has name, last day, purposes and place'
grep -q '^    DISTRUSTED for email$' "$work/said"
tap $? '... and what openssl rejects beneath'
grep -q '^  Root B  *[0-9-]\{10\} DISTRUSTED ' "$work/said"
tap $? 'a root that openssl rejects for everything is DISTRUSTED'
grep -A1 '^  Soon' "$work/said" | grep -q 'EXPIRES SOON, in \(29\|30\) days'
tap $? 'one that expires soon is marked'
grep -A1 '^  www.example.test' "$work/said" | grep -q 'NO CA'
tap $? 'one that is no CA is marked'
tap_run '... as expired at a time when it is' 0 'EXPIRED, 10 days ago' \
	stores "$all" --attime +40d
tap_run '--purpose decides what is counted' 0 '5 trusted for email, 2 dis' \
	stores "$all" --purpose email
tap_run '-v has the digest whole' 0 "$(sha256 a)" stores "$all" -v
stores "$all" -q >"$work/said"
[ "$(wc -l <"$work/said")" = 1 ]
tap $? '-q is one line'

stores "$all" --format json --attime +40d >"$work/all.json"
valid 'the JSON fits the schema' store.schema.json "$work/all.json"
[ "$(json "$work/all.json" '[a["codes"] for a in d["anchors"]]')" = \
	"[[], [], [], ['store.expired-anchor'], [], [], \
['store.leaf-as-anchor']]" ]
tap $? '... with the codes of what is marked'
for name in a b c soon bad wide leaf; do sha256 $name; done >"$work/openssl"
json "$work/all.json" '"\n".join(a["sha256"] for a in d["anchors"])' \
	>"$work/ours"
diff "$work/openssl" "$work/ours" >"$work/said"
tap $? '... and the digests that openssl has'
[ "$(json "$work/all.json" '[t["trust"] for t in d["anchors"][0]["trust"]]')" \
	= "['trusted', 'not-stated', 'distrusted', 'not-stated', \
'not-stated', 'not-stated']" ]
tap $? '... and trust as openssl was told'
stores "$all" --format csv >"$work/all.csv"
"${python:-python3}" - "$work/all.csv" >"$work/said" 2>&1 <<'PY'
import csv, sys
data = open(sys.argv[1], newline="", encoding="utf-8").read()
rows = list(csv.DictReader(data.splitlines(True), strict=True))
assert len(rows) == 7, len(rows)
assert "\x1b" not in data and data.endswith("\r\n")
assert rows[0]["trusted_for"] == "tls-server", rows[0]
assert rows[0]["distrusted_for"] == "email", rows[0]
assert rows[6]["codes"] == "store.leaf-as-anchor", rows[6]
for row in rows:
    assert None not in row and None not in row.values(), row
    for cell in row.values():
        assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r"), cell
PY
tap $? 'the CSV is what RFC 4180 says, and no formula'
cp "$work/a.pem" "$work/=cmd.pem"
(cd "$work" && stores '=cmd.pem' --format csv) >"$work/said"
grep -q "\"'=cmd.pem:1\"" "$work/said"
tap $? 'a place that begins as a formula gets an apostrophe'

stores "$all" --format pem -o "$work/bundle.pem" 2>"$work/told"
tap $? 'the PEM is written'
# How many and which, as openssl and GnuTLS read it
openssl storeutl -noout -text -certs "$work/bundle.pem" 2>"$work/said" |
	grep -c 'Subject:' >"$work/count"
[ "$(cat "$work/count")" = 5 ]
tap $? '... with what openssl reads as 5 certificates'
if command -v certtool >/dev/null; then
	certtool -i --infile "$work/bundle.pem" 2>"$work/said" |
		grep -c 'Subject:' >"$work/count"
	[ "$(cat "$work/count")" = 5 ]
	tap $? '... and GnuTLS too'
else
	tap_skip '... and GnuTLS too' 'no certtool'
fi
stores "$work/bundle.pem" --format json >"$work/bundle.json"
for name in a soon bad wide leaf; do sha256 $name; done >"$work/openssl"
json "$work/bundle.json" '"\n".join(a["sha256"] for a in d["anchors"])' \
	>"$work/ours"
diff "$work/openssl" "$work/ours" >"$work/said"
tap $? '... those that are trusted, and not one that is distrusted'
grep -q "^# SHA-256 $(sha256 a)\$" "$work/bundle.pem" &&
	grep -q '^# CN=Root A,O=Test$' "$work/bundle.pem"
tap $? '... with subject and digest above each'
! LC_ALL=C grep -q '[^ -~]' "$work/bundle.pem" &&
	[ "$(grep -c BEGIN.CERTIFICATE-- "$work/bundle.pem")" = 5 ]
tap $? '... in ASCII, and without a block that a subject forges'
cp "$work/told" "$work/said"
grep -q "Root B.*$(sha256 b): distrusted for every.*left out" "$work/told" &&
	grep -q "Root A.*$(sha256 a): distrusted for email" "$work/told" &&
	grep -q '1 certificate is not trusted for tls-server' "$work/told" &&
	[ "$(grep -c 'not carried over' "$work/told")" = \
		"$(grep -c '^# not carried over' "$work/bundle.pem")" ]
tap $? 'what is lost is told on standard error and in comments'
stores "$all" --format pem --purpose any 2>/dev/null >"$work/any.pem"
stores "$work/any.pem" --format json >"$work/any.json"
! json "$work/any.json" '[a["sha256"] for a in d["anchors"]]' |
	grep -q -e "$(sha256 a)" -e "$(sha256 b)"
tap $? 'for any purpose nothing is written that is distrusted for one'
echo kept >"$work/kept"
store rejected.pem b-rejected
tap_run 'where nothing is trusted nothing is written' 3 \
	'nothing in it is trusted for tls-server' \
	stores "$work/rejected.pem" --format pem -o "$work/kept"
[ "$(cat "$work/kept")" = kept ] && [ "$(ls "$work" | grep -c ^kept)" = 1 ]
tap $? '... and a file that was there stays'

if has_p11kit; then
	p11kit a 'nss-server-distrust-after: "%32%32%31%31%33%30%30%30%30%30%30%30%5a"' \
		>"$work/dated.p11-kit"
	tap_run 'a distrust-after is shown' 0 \
		'DISTRUST-AFTER: .* tls-server until 2022-11-30' \
		stores "p11-kit:$work/dated.p11-kit"
	stores "p11-kit:$work/dated.p11-kit" --format pem >"$work/said" 2>&1
	grep -q '^chaincheck: .*not carried over: .*until 2022-11-30' \
		"$work/said" &&
		grep -q '^# trusted for what it issued alone, tls-server until' \
			"$work/said"
	tap $? '... and told of where PEM loses it'
else
	tap_skip 'a distrust-after is shown' 'no p11-kit-trust'
	tap_skip '... and told of where PEM loses it' 'no p11-kit-trust'
fi
tap_run 'two stores' 2 'one at a time' stores "$all" "$all"
tap_run 'a purpose that no store speaks of' 2 '1.2.3' \
	stores "$all" --purpose 1.2.3
