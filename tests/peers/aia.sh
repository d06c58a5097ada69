#!/bin/sh
# tests/peers/aia.sh: issuers fetched from a real HTTP server, and what servers
# do instead. The verdict is "not trusted" in all of it: what was fetched is
# what the server should have sent.
set -u
command -v python3 >/dev/null || {
	echo '1..0 # SKIP python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/pki.sh"
count=0
XDG_CACHE_HOME=$work/cache
export XDG_CACHE_HOME
unset http_proxy no_proxy NO_PROXY

mkdir "$work/www"
: >"$work/log"
python3 "$top_srcdir/tests/support/aia_peer.py" "$work/www" "$work/log" \
	>"$work/port" 2>"$work/peer.log" &
peers="$peers $!"
wait_for "$work/port" '[0-9]' $! || exit 99
http=$(cat "$work/port")
url=http://127.0.0.1:$http

# aia PATH...: the extension that says so, of URLs or of paths here.
aia() {
	at=
	for path; do
		case $path in http:* | ldap:* | file:*) ;; *) path=$url/$path ;; esac
		at="$at,caIssuers;URI:$path"
	done
	echo "authorityInfoAccess=${at#,}"
}

# leaf PATH...: a leaf by the intermediate that names these places.
leaf() {
	signed leaf intermediate /CN=www "$leaf_extensions
$(aia "$@")"
}

openssl x509 -in "$work/intermediate.pem" -outform DER \
	-out "$work/www/int.der"
cp "$work/intermediate.pem" "$work/www/int.pem"
openssl crl2pkcs7 -nocrl -certfile "$work/intermediate.pem" -outform DER \
	-out "$work/www/int.p7c"
cp "$work/unrelated.pem" "$work/www/unrelated.pem"
signed twin root '/O=Test/CN=Test Intermediate' "$ca_extensions"
cp "$work/twin.pem" "$work/www/twin.pem"
signed second intermediate '/O=Test/CN=Second' "$ca_extensions
$(aia int.p7c)"
openssl x509 -in "$work/second.pem" -outform DER -out "$work/www/second.der"
signed below-second second /CN=www "$leaf_extensions
$(aia second.der)"
signed by-root root /CN=www "$leaf_extensions
$(aia root.der)"
openssl x509 -in "$work/root.pem" -outform DER -out "$work/www/root.der"

keep=no
anchor=$work/root.pem
allow='--aia-allow 127.0.0.1'

# judge NAME CERTIFICATE WORDS KEY=VALUE... [-- OPTION...]: with --aia, and
# 127.0.0.1 allowed; WORDS are in the text. With keep=yes the cache stays.
judge() {
	name=$1 file=$work/$2.pem words=$3
	shift 3
	keys=
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		keys="$keys $1"
		shift
	done
	[ $# = 0 ] || shift
	[ $keep = yes ] || rm -rf "$work/cache"
	: >"$work/log"
	"$CHAINCHECK" verify "$file" --no-system --cacert "$anchor" \
		--aia $allow "$@" --format json \
		>"$work/report.json" 2>"$work/said"
	status=$?
	cp "$work/log" "$work/contacted"
	[ $keep = yes ] || rm -rf "$work/cache"
	"$CHAINCHECK" verify "$file" --no-system --cacert "$anchor" \
		--aia $allow "$@" -vv >"$work/report.txt" 2>>"$work/said"
	# shellcheck disable=SC2086
	python3 "$top_srcdir/tests/support/expect.py" "$work/report.json" \
		verdict=untrusted $keys >>"$work/said" 2>&1 &&
		[ $status = 1 ] &&
		tr -s '\n ' '  ' <"$work/report.txt" | grep -q -e "$words"
	result "$name"
}

result() {
	ok=$?
	count=$((count + 1))
	if [ $ok = 0 ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		sed 's/^/# /' "$work/said" "$work/report.txt" "$work/log"
	fi
}

sha256=$(openssl x509 -in "$work/intermediate.pem" -noout -fingerprint -sha256 |
	sed 's/.*=//; s/://g' | tr A-F a-f)
sent='primary=chain.intermediate-missing party=server proved=yes'
lost='primary=chain.intermediate-missing party=server subject=Intermediate'

echo 1..51

leaf int.der
: >"$work/log"
"$CHAINCHECK" verify "$work/leaf.pem" --no-system --cacert "$work/root.pem" \
	>"$work/report.txt" 2>"$work/said"
[ $? = 1 ] && [ ! -s "$work/log" ] && [ ! -d "$work/cache" ]
result 'without --aia nobody is contacted'

judge 'DER is taken' leaf "fetched from $url/int.der.*$sha256" $sent
grep -q "^127.0.0.1 /int.der chaincheck/[0-9.]*$" "$work/contacted"
result 'the user agent is said, and nothing else'

keep=yes
judge 'what was of use is kept' leaf "fetched from $url/int.der" $sent
judge '... and found again' leaf "fetched from $url/int.der" $sent
[ ! -s "$work/contacted" ] && [ ! -s "$work/said" ] &&
	[ "$(ls "$work/cache/chaincheck/aia" | wc -l)" = 1 ]
result '... where nobody is contacted for it'
kept=$(echo "$work"/cache/chaincheck/aia/*)
[ "$(stat -c %a "$kept" "$work/cache/chaincheck/aia" | tr '\n' ' ')" = \
	'600 700 ' ]
result '... and nobody else reads it'
echo >>"$kept"
judge 'a damaged file is passed over' leaf 'fetched from' $sent
grep -q "$kept: is damaged" "$work/said" && [ -s "$work/contacted" ]
result '... and said'
rm "$kept"
ln -s "$work/www/int.der" "$kept"
judge 'a link is not followed' leaf 'fetched from' $sent
grep -q "$kept: is no file of" "$work/said" && [ -s "$work/contacted" ]
result '... and said'
rm -rf "$work/cache/chaincheck/aia"
mkdir "$work/elsewhere"
ln -s "$work/elsewhere" "$work/cache/chaincheck/aia"
judge 'nor is one to a directory' leaf 'fetched from' $sent
[ -z "$(ls "$work/elsewhere")" ] && grep -q 'nothing is kept' "$work/said"
result '... where nothing is written'
keep=no

leaf int.pem
judge 'PEM is taken' leaf "fetched from $url/int.pem" $sent
leaf int.p7c
judge 'PKCS #7 is taken' leaf "fetched from $url/int.p7c" $sent
judge 'two hops are two that must be sent' below-second \
	"fetched from $url/second.der.*fetched from $url/int.p7c" $sent
anchor=$work/unrelated.pem
judge 'a fetched root is to be compared' by-root \
	"fetched from $url/root.der.*over another way than the address" \
	primary=trust.anchor-missing party=client
anchor=$work/root.pem

leaf redirect?$url/int.der
judge 'a redirect is followed' leaf "fetched from $url/redirect" $sent
[ "$(wc -l <"$work/contacted")" = 2 ] &&
	! grep -q 'Cookie\|Referer\|Authorization' "$work/contacted"
result '... and takes nothing along'
leaf redirect?http://127.0.0.2:$http/int.der
judge 'a redirect to a private address is not' leaf \
	'127.0.0.2 is no public address, and is not contacted' $lost
! grep -q '^127.0.0.2' "$work/contacted"
result '... and the address is not contacted'
allow='--aia-allow 127.0.0.0/30'
judge '... unless it is allowed too' leaf "fetched from" $sent
grep -q '^127.0.0.2 /int.der' "$work/contacted"
result '... and then it is'
allow='--aia-allow 127.0.0.1'
leaf "redirect?https://127.0.0.1:$http/int.der"
judge 'a redirect to https is not followed' leaf \
	'https URLs are not fetched, only http' $lost
leaf redirect?file:///etc/passwd
judge 'nor one to a file' leaf 'file URLs are not fetched, only http' $lost
leaf again
judge 'redirects without an end are left' leaf \
	'redirects again: 3 redirects are followed' $lost
[ "$(wc -l <"$work/contacted")" = 4 ]
result '... after three'

allow=
leaf int.der
judge 'an address that is not public is not contacted' leaf \
	'127.0.0.1 is no public address, and is not contacted' $lost
[ ! -s "$work/contacted" ]
result '... not at all'
leaf "http://localhost:$http/int.der" "http://[::ffff:127.0.0.1]:$http/int.der" \
	"http://2130706433:$http/int.der" "http://0:$http/int.der" \
	"http://0x7f.1:$http/int.der"
judge 'nor by any other name for it' leaf 'is no public address' $lost
[ ! -s "$work/contacted" ]
result '... at all'
allow='--aia-allow 127.0.0.1'

leaf "ldap://127.0.0.1:$http/cn=ca" file:///etc/passwd \
	"http://me:secret@127.0.0.1:$http/int.der" int.der
judge 'what is no plain http is passed over for what is' leaf \
	'ldap URLs are not.*file URLs are not.*a user name or password in it' $sent
[ "$(wc -l <"$work/contacted")" = 1 ]
result '... and is not contacted'

leaf twin.pem
judge 'another key is in the ledger' leaf 'gives one that will not do' \
	$lost rejected=issuer-key-mismatch
leaf unrelated.pem
judge 'another name is in the ledger' leaf 'gives «Unrelated», and not' \
	$lost rejected=issuer-name
leaf page
judge 'a web page is no certificate' leaf "$url/page: .*a web page" $lost
leaf gone.der
judge 'what is not there is told' leaf 'the server answered 404' $lost
leaf status?204
judge 'no content is none' leaf 'the server answered 204' $lost
leaf endless
judge 'a body without an end is left' leaf 'is over 1048576 bytes' $lost
leaf large
judge 'one that says its size is not begun' leaf 'is over 1048576 bytes' $lost
leaf headers
judge 'headers without an end are left' leaf 'headers are over' $lost
leaf short
judge 'half an answer is none' leaf 'closed before the answer was whole' $lost
leaf closed
judge 'a server that hangs up is told' leaf 'closed without an answer' $lost
leaf silent
start=$(date +%s)
judge 'a server that says nothing is left' leaf 'no whole answer in time' \
	$lost -- --aia-timeout 0.5
[ $(($(date +%s) - start)) -le 5 ]
result '... in time'
judge 'a leaf that names no place asks nobody' www 'says of no place' $lost
[ ! -s "$work/contacted" ]
result '... at all'

leaf int.der
cp "$work/leaf.pem" "$work/first.pem"
: >"$work/others.pem"
start_openssl "$work/leaf.key" || exit 99
"$CHAINCHECK" check "127.0.0.1:$port" --verify-hostname www.example.test \
	--no-system --cacert "$work/root.pem" --phone-out \
	--aia-allow 127.0.0.1 >"$work/report.txt" 2>"$work/said"
[ $? = 1 ] && tr "\n" " " <"$work/report.txt" | grep -q "fetched from"
result 'a live server is told what it must send'

is_fetched() {
	tr -s '\n ' '  ' <"$work/report.txt" | grep -q 'was fetched from'
}

# Nobody listens on port 1: what goes through that proxy fails.
rm -rf "$work/cache"
http_proxy=http://127.0.0.1:1 "$CHAINCHECK" verify "$work/leaf.pem" \
	--no-system --cacert "$work/root.pem" $allow --aia \
	>"$work/report.txt" 2>"$work/said"
[ $? = 1 ] && ! is_fetched
result 'a proxy is asked'
http_proxy=http://127.0.0.1:1 no_proxy=10.0.0.0/8,127.0.0.0/8 \
	"$CHAINCHECK" verify "$work/leaf.pem" --no-system \
	--cacert "$work/root.pem" $allow --aia >"$work/report.txt" \
	2>"$work/said"
[ $? = 1 ] && is_fetched
result '... and not for what is in no_proxy'

leaf silent
cp "$work/leaf.pem" "$work/first.pem"
start_openssl "$work/leaf.key" || exit 99
start=$(date +%s)
"$CHAINCHECK" check "127.0.0.1:$port" -m 2 --no-system \
	--cacert "$work/root.pem" --phone-out --aia-allow 127.0.0.1 \
	--aia-timeout 100 >"$work/report.txt" 2>"$work/said"
[ $? = 1 ] && [ $(($(date +%s) - start)) -lt 20 ] &&
	tr -s '\n ' '  ' <"$work/report.txt" | grep -q 'no whole answer in time'
result 'the time for a host is the time for what it leads to'
