#!/bin/sh
# tests/cli/twins.sh: certificates of one name, and what each is to the issuer
# that is looked for. Made by openssl, and what is said of other verifiers is
# asked of them.
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/dated.sh"
. "$top_srcdir/tests/support/schema.sh"

at=2026-04-01T00:00:00Z
seconds=1775001600

dated root root /CN=Root - 20200101 20400101 "$ca"
dated old root /CN=Root - 20100101 20210101 "$ca"
dated edition root /CN=Root - 20190101 20390101 "$ca"
dated before before /CN=Root - 20150101 20400101 "$ca"
dated after after /CN=Root - 20250601 20400101 "$ca"
dated above above /CN=Above - 20200101 20400101 "$ca"
dated unrelated unrelated /CN=Unrelated - 20200101 20400101 "$ca"
dated crossed root /CN=Root above 20200101 20250101 "$ca"
names=printable
dated printable root /CN=Root - 20100101 20210101 "$ca"
names=req
dated www www /CN=www root 20250101 20390101 "$leaf"

key_id() {
	openssl x509 -in "$work/$1.pem" -noout -ext subjectKeyIdentifier |
		sed -n '2s/ //gp' | tr A-F a-f
}

sha256() {
	openssl x509 -in "$work/$1.pem" -noout -fingerprint -sha256 |
		sed 's/.*=//; s/://g' | tr A-F a-f
}

# ask LEAF STORE... : the answer as JSON, in $work/answer
ask() {
	ask_leaf=$1
	shift
	both store "$@"
	"$CHAINCHECK" verify "$work/$ask_leaf.pem" --no-system --attime "$at" \
		--cacert "$work/store.pem" --untrusted "$work/given.pem" \
		--format json >"$work/answer"
}

# is NAME CERT RELATIONS WORDS: what the ledger says of CERT
is() {
	row=$(json "$work/answer" "[ [' '.join(r['relations']), r['relation']]
		for r in d['rejected']
		if r['certificate']['sha256'] == '$(sha256 "$2")']")
	echo "$row" >"$work/said"
	echo "wanted: $3" >>"$work/said"
	[ -n "$row" ] && [ "${row#"[['$3', "}" != "$row" ] &&
		echo "$row" | grep -q -e "$4"
	tap $? "$1"
}

both given unrelated
ask www after
is 'another key, later' after later-key \
	"key id $(key_id after); «www» asks for $(key_id root)"
is '... from when on' after later-key \
	'begins on 2025-06-01, later than «www»: by then'
valid '... by the schema' report.schema.json "$work/answer"
ask www before
is 'another key, earlier' before earlier-key \
	'begins on 2015-01-01, no later than «www»: the CA has changed its'
ask www root old
is 'an expired twin' old expired-twin \
	'ended on 2021-01-01, that one is valid until 2040-01-01'
valid '... by the schema' report.schema.json "$work/answer"

dated future root /CN=Root - 20300101 20500101 "$ca"
ask www root future
is 'renewed with the same key' future renewed \
	'valid from 2030-01-01 to 2050-01-01, that one until 2040-01-01'

both given crossed
ask www root
is 'cross-signed, and it has ended' crossed 'expired-twin cross-signed' \
	'names another issuer, «Above» and not «Root»: it is a cross-'
dated cross root /CN=Root above 20200101 20400101 "$ca"
both given cross old
ask www above
is 'its root, which has ended' old 'expired-twin self-signed' \
	'names itself as its issuer; that one is a cross-certificate, which names «Above»'
dated linked root /CN=Root before 20200101 20210101 "$ca"
both given cross linked
ask www above
is 'signed by an older key of its name' linked 'expired-twin cross-signed' \
	'names another issuer, «Root» and not «Above»: it is a cross-'
both given unrelated

dated same other /CN=Root - 20200101 20400101 "$ca_only
subjectKeyIdentifier=$(key_id root)
authorityKeyIdentifier=keyid"
ask www root same
is 'its key id, and another key' same same-key-id \
	'has the key id of the one in .*store.pem:1 and another key'

# Names in other bytes. Whoever compares bytes finds no issuer.
ask www root printable
is 'a name in other bytes' printable 'expired-twin encoding' \
	'CN is a PrintableString here and a UTF8String there'
names=printable
dated printed root /CN=Root - 20200101 20400101 "$ca"
names=req
"$CHAINCHECK" verify "$work/www.pem" --no-system --attime "$at" \
	--cacert "$work/printed.pem" 2>&1 | tr -s '\n ' '  ' >"$work/said"
grep -q 'CN is a UTF8String here and a PrintableString there' "$work/said" &&
	grep -q '^TRUSTED' "$work/said"
tap $? '... of the only root: trusted, with a warning'
openssl verify -attime $seconds -CAfile "$work/printed.pem" "$work/www.pem" \
	>"$work/said" 2>&1
tap $? '... which OpenSSL takes'
if command -v certtool >"$work/said"; then
	certtool --verify --load-ca-certificate \
		"$work/printed.pem" --infile "$work/www.pem" \
		>"$work/said" 2>&1
	[ $? != 0 ] && grep -q 'issuer is unknown' "$work/said"
	tap $? '... and GnuTLS does not'
else
	tap_skip '... and GnuTLS does not' 'no certtool'
fi

if command -v certutil >"$work/said"; then
	mkdir "$work/nss"
	{ certutil -N -d "$work/nss" --empty-password &&
		certutil -A -d "$work/nss" -n root -t C,, \
			-i "$work/printed.pem" &&
		certutil -A -d "$work/nss" -n www -t ,, -i "$work/www.pem"
	} >"$work/said" 2>&1 &&
		certutil -V -d "$work/nss" -n www -u V -b 260401000000Z \
			>"$work/said" 2>&1
	[ $? != 0 ] && grep -q 'issuer is not recognized' "$work/said"
	tap $? '... nor does NSS'
else
	tap_skip '... nor does NSS' 'no certutil'
fi

# Key ids in other ways. made NAME ID: a root with this key id, as hexadecimal,
# that has ended, beside one that has not.
bits() {
	openssl pkey -in "$work/root.key" -pubout -outform DER | tail -c 65
}
info() {
	openssl pkey -in "$work/root.key" -pubout -outform DER
}
hash() {
	openssl dgst "-$1" -r | cut "-c1-$2" | colons
}
colons() {
	sed 's/../&:/g; s/:$//'
}
# RFC 5280 4.2.1.2 (2): 0100, and the least 60 bits of the SHA-1.
sixty() {
	echo "4$(openssl dgst -sha1 -r | cut -c26-40)"
}
way() {
	dated named root /CN=Root - 20200101 20400101 "$ca_only
subjectKeyIdentifier=$2"
	dated named_old root /CN=Root - 20100101 20210101 "$ca_only
subjectKeyIdentifier=$2"
	ask www root named_old
	is "a key id: $1" named_old 'expired-twin key-id' \
		"it calls itself $2 ($1"
}
way 'the SHA-1 of the whole' "$(info | hash sha1 40)"
way 'the first 160 bits of the SHA-256 of the key' "$(bits | hash sha256 40)"
way 'the first 160 bits of the SHA-384' "$(bits | hash sha384 40)"
way 'the first 160 bits of the SHA-512' "$(bits | hash sha512 40)"
way 'the SHA-256 of the key' "$(bits | hash sha256 64)"
way 'the first 160 bits of the SHA-256 of the whole' "$(info | hash sha256 40)"
way 'the SHA-256 of the whole' "$(info | hash sha256 64)"
way '60 bits of the SHA-1' "$(bits | sixty | colons)"
way 'no usual hash' 01:02:03:04
[ "$(key_id root)" = "$(bits | hash sha1 40)" ] &&
	json "$work/answer" "d['rejected'][0]['relation']" |
		tee "$work/said" |
		grep -q "$(key_id root) (the SHA-1 of the key's bits"
tap $? "... and what asks for it: the SHA-1 of the key's bits"

# The only root, of another key id: a path here, and none there.
dated named root /CN=Root - 20200101 20400101 "$ca_only
subjectKeyIdentifier=$(info | hash sha1 40)"
"$CHAINCHECK" verify "$work/www.pem" --no-system --attime "$at" -vv \
	--cacert "$work/named.pem" 2>&1 | tr -s '\n ' '  ' >"$work/said"
grep -q '^TRUSTED.*key id of the issuer .*the SHA-1 of the whole' "$work/said"
tap $? 'the only root has another key id: how each was made'
openssl verify -attime $seconds -CAfile "$work/named.pem" "$work/www.pem" \
	>"$work/said" 2>&1
[ $? != 0 ]
tap $? '... and OpenSSL finds no issuer'

# The issuer's certificate by its issuer and number. authority NAME WORDS: www
# by the root, that says so; OpenSSL finds no issuer, and nobody else cares.
authority() {
	"$CHAINCHECK" verify "$work/$1.pem" --no-system --attime "$at" \
		--cacert "$work/$2.pem" 2>&1 | tr -s '\n ' '  ' >"$work/said"
	grep -q "^TRUSTED.*$3: OpenSSL finds no issuer" "$work/said"
	tap $? "$4"
	openssl verify -attime $seconds -CAfile "$work/$2.pem" "$work/$1.pem" \
		>"$work/said" 2>&1
	grep -q 'error 20 at 0' "$work/said"
	tap $? '... and OpenSSL finds none'
}
serial() {
	openssl x509 -in "$work/$1.pem" -noout -serial | sed 's/.*=//' |
		tr A-F a-f
}
dated numbered www /CN=www root 20250101 20390101 "$leaf
authorityKeyIdentifier=issuer:always"
authority numbered edition "number $(serial root) while it is $(serial edition)" \
	'the issuer by its serial number, and it was renewed'
dated sub sub /CN=Sub root 20200101 20390101 "$ca"
dated self_named www /CN=www sub 20250101 20390101 \
	'subjectAltName=DNS:www.example.test
authorityKeyIdentifier=ASN1:SEQUENCE:akid
[akid]
issuer=IMPLICIT:1,SEQUENCE:names
serial=IMPLICIT:2,INTEGER:7
[names]
name=EXPLICIT:4,SEQUENCE:rdns
[rdns]
rdn=SET:set
[set]
one=SEQUENCE:attribute
[attribute]
type=OID:commonName
value=UTF8:Sub'
cat "$work/sub.pem" >>"$work/root.pem"
authority self_named root \
	'names its issuer.s certificate as issued by «Sub» while it is «Root»' \
	'the issuer of the issuer is the issuer itself'

# What a person reads, beside what is to be done first.
reads() {
	reads_name=$1 reads_words=$2
	shift 2
	"$CHAINCHECK" verify "$work/www.pem" --no-system --attime "$at" "$@" \
		2>&1 | tr -s '\n ' '  ' >"$work/said"
	grep -q -e "$reads_words" "$work/said"
	tap $? "$reads_name"
}
both store old before after
reads 'beside the finding: each of the name' \
	'Also of that name, and refused:.*2015-01-01.*2025-06-01' \
	--cacert "$work/store.pem"
reads 'the finding itself says which began first' \
	'not at hand; the one at hand begins on 2025-06-01, later than «www»' \
	--cacert "$work/after.pem"

echo "1..$tap_count"
