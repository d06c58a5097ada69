#!/bin/sh
# tests/peers/where.sh: which of the stores of a made-up root file system trust
# a real server, and what the others lack.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
count=0
root=$work/root

check() {
	count=$((count + 1))
	if [ "$2" = 0 ]; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		sed 's/^/# /' "$work/said"
	fi
}

# ask STATUS WORDS OPTION...: on one line, so that words may be far apart
ask() {
	wanted=$1 words=$2
	shift 2
	"$CHAINCHECK" "$@" --verify-hostname www.example.test --root "$root" \
		--known "$KNOWN" >"$work/said" 2>&1
	status=$?
	tr '\n' ' ' <"$work/said" | tr -s ' ' | grep -q -e "$words" &&
		[ $status = "$wanted" ]
}

# The bundle lacks the root, Java's file has it, curl's copy equals the bundle.
mkdir -p "$root/etc/ssl/certs" "$root/etc/pki/tls/certs" \
	"$root/usr/lib/jvm/java-17/lib/security" "$root/opt/app"
cat "$CERTS/unrelated-root.pem" "$CERTS/root-other-key.pem" \
	>"$root/etc/ssl/certs/ca-certificates.crt"
cp "$root/etc/ssl/certs/ca-certificates.crt" \
	"$root/etc/pki/tls/certs/ca-bundle.crt"
cat "$CERTS/root.pem" "$CERTS/unrelated-root.pem" "$CERTS/root-other-key.pem" \
	>"$root/opt/app/cacert.pem"
echo garbage >"$root/usr/lib/jvm/java-17/lib/security/cacerts"
openssl x509 -in "$CERTS/root.pem" -noout -fingerprint -sha256 |
	sed 's/.*=//; s/://g' | tr 'A-F' 'a-f' >"$work/root.sha256"

echo 1..18
chain_of www intermediate
start_openssl "$top_srcdir/certs/keys/leaf.pem" || exit 99
here=localhost:$port
ask 1 "1 of . trust stores trusts $here" where "$here"
check 'how many trust it is said first' $?
ask 1 'NOT TRUSTED.*lacks «Chaincheck Test Root», key id' where "$here"
check 'what is lacking is named by name and key id' $?
ask 1 "TRUSTED with 3 anchors.*by «Chaincheck Test Root».*$(
	cat "$work/root.sha256").*/opt/app/cacert.pem" where "$here"
check 'who trusts it says by which root' $?
ask 1 'until 2059-12-31, when the certificate itself expires' where "$here"
check 'and until when' $?
ask 1 'NOT READ.*/usr/lib/jvm/java-17/lib/security/cacerts' where "$here"
check 'a store that cannot be read is no missing one' $?

ask 1 '"verdict": "trusted", "code": null' where "$here" --format json
check 'as JSON too' $?
"$CHAINCHECK" where "$here" --verify-hostname www.example.test \
	--root "$root" --format json 2>/dev/null |
	python3 -c '
import json, sys
rows = json.load(sys.stdin)["rows"]
paths = sorted(len(row["places"]) for row in rows)
both = [r for r in rows if any(p["path"].endswith("ca-bundle.crt")
        for p in r["places"])][0]
sys.exit(not any(p["path"].endswith("ca-certificates.crt")
                 for p in both["places"]))' >"$work/said" 2>&1
check 'stores of equal content are one row' $?
ask 0 'opt/app/cacert.pem,trusted' where "$here" --in /opt --format csv
check 'below a folder, all of them trust it' $?
ask 0 ',spec,until.* /opt/app/cacert.pem,.*,2059-12-31T00:00:00Z' where "$here" \
	--in /opt --format csv
check '... with the last second of that' $?
mkdir -p "$work/unread/opt/app" "$work/unread/usr/lib/jvm/j/lib/security"
cp "$root/opt/app/cacert.pem" "$work/unread/opt/app"
echo garbage >"$work/unread/usr/lib/jvm/j/lib/security/cacerts"
whole=$root root=$work/unread
ask 3 '1 of 1 trust store trusts .*; 1 could not be read' where "$here"
check 'not all trust it where the store of a program is unread' $?
ask 3 'cacerts,not-read,format,' where "$here" --format csv
check 'as CSV too' $?
rm "$root/usr/lib/jvm/j/lib/security/cacerts"
cp "$top_srcdir/tests/store/keystores/other.p12" "$root/opt/app/key.p12"
ask 0 '1 of 1 trust store trusts .*; 1 could not be read' where "$here" -q
check 'a file that no program is known to read is told, and no doubt' $?
root=$whole
for python in python3 /usr/bin/python3; do
	"$python" -c 'import jsonschema' 2>/dev/null && break
	python=
done
"$CHAINCHECK" where "$here" --verify-hostname www.example.test \
	--root "$root" --known "$KNOWN" --format json >"$work/json" 2>/dev/null
if [ -n "$python" ]; then
	"$python" -c '
import json, sys, jsonschema
jsonschema.validate(json.load(open(sys.argv[2])), json.load(open(sys.argv[1])))
' "$top_srcdir/doc/where.schema.json" "$work/json" >"$work/said" 2>&1
	check 'fits the schema' $?
else
	check 'fits the schema # SKIP no python3 with jsonschema' 0
fi
# What must not stand on a path could not be read: no verdict is a true one.
ask 3 'none.pem' where "$here" --in /opt --distrust "$work/none.pem" &&
	! grep TRUSTED "$work/said"
check 'a list of distrusted certificates that is not there' $?
"$CHAINCHECK" where "$here" "$here" --verify-hostname www.example.test \
	--root "$root" --in /opt -q -o "$work/both" >"$work/said" 2>&1 &&
	[ "$(grep -c 'trust store trusts' "$work/both")" = 2 ]
check 'two servers are one file' $?
stop_peer
ask 3 'it sent no certificate' where "$here"
check 'a server that is gone leaves it undecided' $?
ask 2 '' where 'no host at all/'
check 'what is no host is a usage' $?
ask 2 'no host' where "$here" 'no host at all/' && ! grep 'sent no' "$work/said"
check 'and nobody is asked before all are read' $?
