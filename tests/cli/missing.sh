#!/bin/sh
# tests/cli/missing.sh: the certificate that is missing, has ended, is refused
# or has a namesake: the sentence for each situation that people ask about.
#
# What shows which; "-": not shown, and why.
#
# a missing anchor
#   of a private CA                 tests/cli/debian.sh, root-missing.case
#   the server sends it             root-sent-untrusted.case
#   a self-signed server            self-signed-leaf.case
#   ... that phones do not import   here, 'a server installed as its own anchor'
#   interception                    tests/peers/interception.sh
#   ... without its intermediate    here, 'nobody has seen the issuer': what
#                                   issued it nothing at hand tells
#   an issuer that is nowhere       here, 'nobody has seen the issuer'
#   a new public root               tests/diagnosis/test_public_ca.c, 'a root
#                                   that is not at hand', 'a cross-certificate
#                                   that would do'
#   Android: old, and user CAs      - no store of Android to be had here
#   an intermediate alone           here, 'an intermediate alone'
#   the server's own of before      tests/cli/scenarios.sh, 'the server of
#                                   before'
#   an intermediate of before       here, 'the intermediate of before'
#   a bundle of before              tests/cli/diff.sh; that the root is missing
#                                   from it: as of a private CA
#   compiled into a program         tests/peers/pid.sh
#   a CA bundle that is stale       root-other-key.case, tests/cli/twins.sh
# expired, cross-signed, revoked
#   the server's certificate        expired-leaf.case
#   ... renewed and not loaded      - the files of a server are not looked at
#   an intermediate                 expired-intermediate.case; here, 'the edition
#                                   that has not ended'
#   a cross-certificate, ended      cross-expired-beside-good.case; that OpenSSL
#                                   1.0.2 walks into it -: no such client here
#   the old root alone              here, 'the old root alone'
#   a root renewed, same key        here, 'an expired edition of the root'
#   roots that ended, unused        tests/cli/stores.sh
#   a cross-certificate left out    tests/diagnosis/test_public_ca.c, 'an
#                                   intermediate is named that leads to'
#   a revoked intermediate          here, 'a revoked intermediate'
#   a CRL that ended                here, 'a CRL that ended'
#   a CRL of a later time           here, 'a CRL of a later time'
#   a CRL of another key            tests/cli/crl.sh
# distrusted, removed
#   distrust after a date           here, 'distrusted after a date'
#   ... of a JDK                    - a JDK's own policy is not read yet
#   ... taken for today             here, 'issued before that date'
#   ... lost in PEM                 tests/cli/diff.sh
#   a blocklist in the wrong place  - p11-kit of Debian reads one directory
#   a root that was removed         tests/diagnosis/test_public_ca.c, 'a root
#                                   that was removed'
#   ... for other purposes too      here, 'trusted for another purpose'
#   ... and not restored            tests/cli/scenarios.sh, "with '!'"
#   a server that is refused        here, 'this very certificate is refused'
# names and keys
#   a CA that was built anew        tests/cli/twins.sh, 'another key, later',
#                                   '... earlier'
#   the kubeconfig of another       - kubeconfig is not read yet
#   an intermediate of the name     here, 'an impostor was sent', '... given'
#   two roots of one name           both-roots.case
#   two intermediates of one name   here, 'two intermediates of one name'
#   a name in other bytes           tests/cli/twins.sh, 'a name in other bytes'
# key ids
#   another key id                  tests/cli/twins.sh, 'the only root has
#                                   another key id'
#   issuer and serial number        tests/cli/twins.sh, 'the issuer by ...'
#   none, where one is demanded     here, 'strict: no authority key id'
#   basicConstraints not critical   here, 'strict: basicConstraints'
#   a root without one              here, 'strict: a root without a key id'
set -u
. "$top_srcdir/tests/support/tap.sh"
. "$top_srcdir/tests/support/dated.sh"

at=2026-04-01T00:00:00Z
seconds=1775001600

sha256() {
	openssl x509 -in "$work/$1.pem" -noout -fingerprint -sha256 |
		sed 's/.*=//; s/://g' | tr A-F a-f
}

# asks FILE STORE [OPTION...]: on one line
asks() {
	asks_file=$work/$1.pem asks_store=$work/$2.pem
	shift 2
	"$CHAINCHECK" verify "$asks_file" --no-system --attime "$at" \
		--cacert "$asks_store" "$@" 2>&1 | tr -s '\n ' '  '
}

# says NAME WORDS FILE STORE [OPTION...]
says() {
	says_name=$1 says_words=$2
	shift 2
	asks "$@" >"$work/said"
	grep -q -e "$says_words" "$work/said"
	tap $? "$says_name"
}

# openssl_says NAME WORDS ARGUMENT...: openssl verify refuses, with WORDS
openssl_says() {
	openssl_name=$1 openssl_words=$2
	shift 2
	! openssl verify -attime $seconds "$@" >"$work/said" 2>&1 &&
		grep -q -e "$openssl_words" "$work/said"
	tap $? "$openssl_name"
}

dated root root '/CN=Corp Root' - 20200101 20400101 "$ca"
dated root_old root '/CN=Corp Root' - 20100101 20210101 "$ca"
dated other other '/CN=Other Root' - 20200101 20400101 "$ca"
dated int int '/CN=Issuing CA' root 20200101 20390101 "$ca"
dated int_old int '/CN=Issuing CA' root 20100101 20210101 "$ca"
dated int_else else '/CN=Issuing CA' root 20200101 20390101 "$ca"
dated last last '/CN=Last Year CA' root 20200101 20390101 "$ca"
dated www www /CN=www int 20250101 20270101 "$leaf"
dated direct www /CN=direct root 20250101 20270101 "$leaf"
both chain www int

# A missing anchor.
dated self self /CN=www.example.test - 20250101 20270101 \
	'basicConstraints=critical,CA:FALSE
subjectAltName=DNS:www.example.test'
says 'a server installed as its own anchor' \
	'^TRUSTED.*www.example.test» is its own anchor and no CA.*Android and iOS' \
	self self
says 'nobody has seen the issuer' \
	'its issuer «Issuing CA», key id [0-9a-f:]*, was not sent and is in no.*Or: If «Issuing CA».*is itself a root' \
	www other
says 'an intermediate alone' \
	'^TRUSTED.*«Issuing CA» is no root, and its issuer «Corp Root», key id.*OpenSSL wants that too' \
	chain int
openssl_says '... which OpenSSL does want' 'error 2 at 1' \
	-CAfile "$work/int.pem" "$work/www.pem"
openssl verify -attime $seconds -partial_chain -CAfile "$work/int.pem" \
	"$work/www.pem" >"$work/said" 2>&1
tap $? '... and with -partial_chain it does not'
both two int root
says '... nor beside its root' '^TRUSTED: .*certificate itself expires. $' \
	chain two
says 'the intermediate of before' \
	'«Corp Root», key id [0-9a-f:]*, is missing from .*, which has «Last Year CA», of the same issuer, and not the issuer itself' \
	chain last

# Expired, cross-signed, revoked.
both chain_old www int_old
says 'the edition that has not ended' \
	"found in .*int.pem:1: the operator must send it.*SHA-256 $(sha256 int).*Checked: with this change the chain is trusted.*Also of that name, and refused: - in .*chain_old.pem:[0-9]*: it is the expired twin of the one in .*int.pem:1" \
	chain_old root --other "file:$work/int.pem"
says 'an expired edition of the root' \
	'The anchor «Corp Root» expired 1916 days ago, at 2021-01-01.*Java takes an anchor all the same, OpenSSL, GnuTLS and Go do not' \
	chain root_old
openssl_says '... nor does OpenSSL' 'has expired' -CAfile "$work/root_old.pem" \
	-untrusted "$work/int.pem" "$work/www.pem"
says '... and its successor is at hand' \
	"SHA-256 $(sha256 root).*in .*root_old.pem:1: it is the expired twin of the one in .*/root.pem:1" \
	chain root_old --other "file:$work/root.pem"
dated bygone bygone '/CN=Bygone Root' - 20100101 20210101 "$ca"
dated cross root '/CN=Corp Root' bygone 20100101 20300101 "$ca"
both chain_cross www int cross
both public root cross
XDG_DATA_HOME=$work "$CHAINCHECK" known import "$work/public.pem" \
	>"$work/said" 2>&1 || exit 99
says 'the old root alone' \
	"The anchor «Bygone Root» expired 1916 days ago.*«Corp Root» below it is a public root itself, SHA-256 $(sha256 root), and is missing from" \
	chain_cross bygone --known "$work/chaincheck/known.table"

# crl TO ISSUER FROM UNTIL
crl() {
	openssl ca -config "$work/dated.cnf" -gencrl -cert "$work/$2.pem" \
		-keyfile "$work/$(cat "$work/$2.of").key" \
		-crl_lastupdate "${3}000000Z" -crl_nextupdate "${4}000000Z" \
		-out "$work/$1.crl" 2>"$work/said" || exit 99
}
crl ended root 20260101 20260301
says 'a CRL that ended' \
	'«direct» has not been revoked: the CRL at hand is out of date; it ended at 2026-03-01T00:00:00Z (nextUpdate)' \
	direct root --crlfile "$work/ended.crl"
openssl_says '... says openssl' 'CRL has expired' -crl_check \
	-CAfile "$work/root.pem" -CRLfile "$work/ended.crl" "$work/direct.pem"
crl later root 20260501 20260701
says 'a CRL of a later time' \
	'at hand is of a later time; it begins at 2026-05-01T00:00:00Z (thisUpdate)' \
	direct root --crlfile "$work/later.crl"
openssl_says '... says openssl' 'CRL is not yet valid' -crl_check \
	-CAfile "$work/root.pem" -CRLfile "$work/later.crl" "$work/direct.pem"
crl of_int int 20260301 20260501
openssl ca -config "$work/dated.cnf" -revoke "$work/int.pem" \
	-cert "$work/root.pem" -keyfile "$work/root.key" 2>"$work/said" || exit 99
crl of_root root 20260301 20260501
says 'a revoked intermediate' '«Issuing CA» was revoked at' chain root \
	--crl-check-all --crlfile "$work/of_root.crl" \
	--crlfile "$work/of_int.crl"
openssl_says '... says openssl' 'certificate revoked' -crl_check_all \
	-CAfile "$work/root.pem" -untrusted "$work/int.pem" \
	-CRLfile "$work/of_root.crl" -CRLfile "$work/of_int.crl" \
	"$work/www.pem"
dated int_new int '/CN=Issuing CA' root 20210101 20390101 "$ca"
says '... of which another edition is not' \
	"must send it.*SHA-256 $(sha256 int_new).*Checked: with this change the chain is trusted" \
	chain root --crl-check-all --crlfile "$work/of_root.crl" \
	--crlfile "$work/of_int.crl" --other "file:$work/int_new.pem"

# Distrusted, removed.
openssl x509 -in "$work/root.pem" -addtrust emailProtection -trustout \
	-out "$work/mail.pem"
says 'trusted for another purpose' \
	'«Corp Root» is in .*, and is not trusted there for' chain mail
openssl x509 -in "$work/www.pem" -addreject serverAuth -trustout \
	-out "$work/refused.pem"
both root_refused root refused
says 'this very certificate is refused' \
	"distrusts this very certificate, «www» (SHA-256 $(sha256 www))" \
	chain root_refused
says '... as an anchor too' "distrusts this very certificate, «www»" \
	chain refused --partial-chain
# 2025-11-30 and 2024-11-30 as p11-kit writes a date, by the byte.
after() {
	printf '[p11-kit-object-v1]\nclass: certificate\ntrusted: true\n'
	printf 'nss-server-distrust-after: "%s"\n' "$1"
	cat "$work/root.pem"
}
after '%32%35%31%31%33%30%30%30%30%30%30%30%5a' >"$work/after.p11-kit"
after '%32%34%31%31%33%30%30%30%30%30%30%30%5a' >"$work/before.p11-kit"
if "$CHAINCHECK" stores "p11-kit:$work/after.p11-kit" >"$work/said" 2>&1; then
	for file in before after; do
		"$CHAINCHECK" verify "$work/chain.pem" --no-system \
			--attime "$at" --trust "p11-kit:$work/$file.p11-kit" \
			2>&1 | tr -s '\n ' '  ' >"$work/$file.said"
	done
	cp "$work/before.said" "$work/said"
	grep -q '«Corp Root» is trusted only for certificates issued up to 2024-11-30T00:00:00Z; this one was issued at 2025-01-01' \
		"$work/said"
	tap $? 'distrusted after a date'
	cp "$work/after.said" "$work/said"
	grep -q '^TRUSTED' "$work/said"
	tap $? 'issued before that date, asked behind it'
else
	tap_skip 'distrusted after a date' 'no p11-kit-trust'
	tap_skip 'issued before that date, asked behind it' 'no p11-kit-trust'
fi

# Names and keys.
both chain_else www int_else
says 'an impostor was sent' \
	'chain_else.pem holds a certificate «Issuing CA» with key id [0-9a-f:]*; «www» was signed by another «Issuing CA» with key id' \
	chain_else root
says 'an impostor was given' \
	'int_else.pem:1 has a certificate «Issuing CA» with key id [0-9a-f:]*; «www» was signed by another' \
	www root --untrusted "$work/int_else.pem"
both chain_two www int_else int
says 'two intermediates of one name' \
	'^TRUSTED.*1 of the 3 certificates of .* is on no path from the first one: «Issuing CA»' \
	chain_two root

# What strict clients refuse, Python from 3.13 on among them.
dated bare www /CN=bare int 20250101 20270101 \
	'subjectAltName=DNS:www.example.test
authorityKeyIdentifier=none'
both chain_bare bare int
says 'strict: no authority key id' \
	'«bare» should not have been issued: it has no authority key identifier (RFC 5280 4.2.1.1)' \
	chain_bare root --profile rfc5280
says '... and others take it' '^TRUSTED' chain_bare root
dated meek meek /CN=Meek - 20200101 20400101 'basicConstraints=CA:TRUE
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash'
dated by_meek www /CN=www meek 20250101 20270101 "$leaf"
says 'strict: basicConstraints' \
	'«Meek» should not have been issued: its basicConstraints are not critical (RFC 5280 4.2.1.9)' \
	by_meek meek --profile rfc5280
openssl_says '... says openssl' 'not marked critical' -x509_strict \
	-CAfile "$work/meek.pem" "$work/by_meek.pem"
says '... and others take it' '^TRUSTED' by_meek meek
dated nameless nameless /CN=Nameless - 20200101 20400101 "$ca_only
subjectKeyIdentifier=none"
dated by_nameless www /CN=www nameless 20250101 20270101 \
	'subjectAltName=DNS:www.example.test'
says 'strict: a root without a key id' \
	'«Nameless» should not have been issued: it is a CA without a subject key' \
	by_nameless nameless --profile rfc5280

echo "1..$tap_count"
