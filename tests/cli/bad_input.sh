#!/bin/sh
# tests/cli/bad_input.sh: each gets one clear error that says what, where and
# why, and the right exit status.
set -u
. "$top_srcdir/tests/support/tap.sh"
good=$CERTS/www.pem
c=$CHAINCHECK

: >"$work/empty"
head -c 300 "$CERTS/www.pem" >"$work/cut.pem"
head -c 4096 /dev/urandom >"$work/garbage"
mkdir "$work/nothing"
echo hello >"$work/nothing/readme"
printf -- '-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----\n' \
	>"$work/base64.pem"
cat "$work/base64.pem" "$CERTS/root.pem" >"$work/half.pem"
i=0
while [ $i -lt 334 ]; do
	cat "$CERTS/intermediate-deep.pem" "$CERTS/unrelated-root.pem" \
		"$CERTS/intermediate.pem"
	i=$((i + 1))
done >"$work/thousand.pem"

verify() {
	"$c" verify "$@" --no-system --attime 2026-06-01T00:00:00Z
}

echo 1..34
tap_run 'an empty file' 3 'empty' verify "$work/empty"
tap_run 'a file that ends early' 3 'no certificate could be read' \
	verify "$work/cut.pem"
tap_run 'garbage' 3 'neither PEM nor DER' verify "$work/garbage"
tap_run 'a file that is not there' 3 'nowhere.pem.*No such file' \
	verify "$work/nowhere.pem"
tap_run 'a directory as a file' 3 'not a regular file' verify "$work/nothing"
tap_run 'a store that is empty' 3 'empty' verify "$good" --cacert "$work/empty"
tap_run 'a store of garbage' 3 'garbage' \
	verify "$good" --cacert "$work/garbage"
tap_run 'a directory without certificates' 3 'nothing' \
	verify "$good" --capath "$work/nothing"
tap_run 'a damaged block beside a good one is passed over and told' 1 \
	'half.pem:2' verify "$good" --cacert "$work/half.pem"
grep -q 'half.pem:1: a broken block (not base64): OpenSSL' "$work/said" &&
	! openssl verify -CAfile "$work/half.pem" "$CERTS/root.pem" \
		>>"$work/said" 2>&1
tap $? 'and OpenSSL, which refuses the file, is named'
tap_run 'an unknown store' 2 'nosuch' verify "$good" --trust nosuch:x
tap_run 'a token that is not there' 3 'token' \
	verify "$good" --trust 'pkcs11:token=chaincheck-no-such-token'
tap_run 'a module that is not there' 3 'module' verify "$good" \
	--module "$work/no.so" --trust 'pkcs11:token=x'
tap_run 'a chain of 1,000' 0 'TRUSTED' verify "$good" "$work/thousand.pem" \
	--cacert "$CERTS/root.pem"
tap_run '10,000 names, none of them the one' 1 'name.mismatch' verify \
	"$CERTS/many-names.pem" "$CERTS/intermediate.pem" \
	--cacert "$CERTS/root.pem" --verify-hostname other.test
tap_run 'a certificate that names itself' 1 'NOT TRUSTED' \
	verify "$CERTS/names-itself.pem" --cacert "$CERTS/root.pem"
verify "$CERTS/escapes.pem" "$CERTS/intermediate.pem" \
	--cacert "$CERTS/root.pem" -vv --color never >"$work/said" 2>&1
! LC_ALL=C grep -q "$(printf '\033')" "$work/said" &&
	grep -q '\\x1b\[2J' "$work/said"
tap $? 'escape sequences in a subject move no cursor'
tap_run 'an unknown option' 2 'no-such' "$c" --no-such-option x
tap_run 'an option without its argument' 2 'cacert' "$c" verify x --cacert
tap_run 'a date that does not exist' 2 'attime' \
	"$c" verify "$good" --attime 2026-02-30
tap_run 'a name that is none' 2 'name' verify "$good" \
	--verify-hostname 'a..b'
tap_run 'an unknown purpose' 2 'purpose' verify "$good" --purpose cooking
tap_run 'an unknown code to explain' 2 'no.such' "$c" explain no.such
tap_run 'no host at all' 2 'HOST' "$c" check
"$c" verify "$good" --no-system -o "$work/nothing/deep/report" \
	>"$work/said" 2>&1
[ $? = 3 ] && grep -q 'nothing/deep' "$work/said"
tap $? 'a report that cannot be written'
"$c" explain >/dev/full 2>"$work/said"
[ $? = 3 ]
tap $? 'a full standard output'
host() {
	"$c" check "$@" --no-system --max-time 2
}
tap_run 'a URL of no service with TLS' 2 'is no https:// address, nor' \
	host gopher://a.test
tap_run 'a URL and --starttls that differ' 2 'says otherwise' \
	host imaps://a.test --starttls imap
tap_run 'a protocol without STARTTLS' 2 'begins in clear: smtp, submission' \
	host a.test --starttls https
tap_run 'a socket whose name is not said' 2 'which one must the certificate' \
	host unix:/run/none.sock
tap_run 'a socket that is not there' 3 'No such file' \
	host "unix:$work/none.sock" --verify-hostname a.test
tap_run 'a proxy over TLS' 2 'not by https' host a.test -x https://a.test:1
tap_run 'a proxy that is none' 2 'this is no' host a.test -x 'http://u:secret@:x'
! grep -q secret "$work/said"
tap $? 'and its password is not told'
