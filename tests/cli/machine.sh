#!/bin/sh
# tests/cli/machine.sh: chaincheck stores on a made-up root file system: the
# places of distributions and programs, what is alike, and what means harm.
set -u
. "$top_srcdir/tests/support/tap.sh"
python=
for try in python3 /usr/bin/python3; do
	"$try" -c 'import jsonschema' 2>/dev/null && python=$try && break
done
root=$work/root
roots="$CERTS/root.pem $CERTS/unrelated-root.pem $CERTS/root-old.pem"

# put PATH CERTIFICATE...: a bundle at PATH of the root
put() {
	put_path=$root$1
	shift
	mkdir -p "$(dirname "$put_path")"
	cat "$@" >"$put_path"
}

stores() {
	"$CHAINCHECK" stores --root "$root" --attime 2026-06-01T00:00:00Z "$@"
}

# json EXPRESSION: true of the document in $work/json, as d
json() {
	"$python" -c 'import json, sys
d = json.load(open(sys.argv[1]))
places = [p for s in d["sets"] for p in s["places"]]
paths = [p["path"] for p in places + d["unread"]]
sys.exit(not eval("(" + sys.argv[2] + ")"))' "$work/json" "$1" 2>"$work/said"
}

# json_is NAME EXPRESSION
json_is() {
	if [ -z "$python" ]; then
		tap_count=$((tap_count + 1))
		echo "ok $tap_count - $1 # SKIP no python3 with jsonschema"
		return
	fi
	json "$2"
	tap $? "$1"
}

# The same set of anchors in thirty places, and sets that differ.
plain='/etc/ssl/certs/ca-certificates.crt /etc/pki/tls/cacert.pem
/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem
/var/lib/ca-certificates/ca-bundle.pem
/etc/ca-certificates/extracted/tls-ca-bundle.pem
/opt/etc/ssl/certs/ca-certificates.crt
/data/data/com.termux/files/usr/etc/tls/cert.pem
/usr/local/share/certs/ca-root-nss.crt
/usr/local/etc/ssl/cert.pem /etc/ssl/cacert.pem
/boot/system/data/ssl/CARootCertificates.pem
/usr/lib/python3/dist-packages/certifi/cacert.pem
/usr/lib/python3/dist-packages/pip/_vendor/certifi/cacert.pem
/home/anna/venv/lib/python3.11/site-packages/botocore/cacert.pem
/home/anna/venv/lib/python3.11/site-packages/httplib2/cacerts.txt
/usr/share/perl5/Mozilla/CA/cacert.pem /opt/conda/ssl/cacert.pem
/usr/lib/google-cloud-sdk/lib/third_party/certifi/cacert.pem
/etc/docker/certs.d/hub.test:5000/ca.crt
/etc/containers/certs.d/hub.test/ca.crt
/var/run/secrets/kubernetes.io/serviceaccount/ca.crt
/etc/kubernetes/pki/ca.crt /etc/kubernetes/pki/etcd/ca.crt
/root/.postgresql/root.crt /home/anna/.docker/ca.pem'
for path in $plain; do
	# shellcheck disable=SC2086
	put "$path" $roots
done
# shellcheck disable=SC2086
put /srv/app/trust.conf $roots
# shellcheck disable=SC2086
put /usr/lib/ruby/vendor/httpclient/cacert.pem $roots \
	"$CERTS/root-expired.pem"
put /usr/share/.mono/certs/Trust/one.pem "$CERTS/root.pem"
put /usr/local/share/ca-certificates/corp.crt "$CERTS/only-corp.pem"
printf '\376\355\376\355\0\0\0\2\0\0\0\0%0200d' 0 |
	put /usr/lib/jvm/java-21/lib/security/cacerts -
printf 'SQLite format 3\0%0200d' 0 |
	put /home/anna/.mozilla/firefox/x.default/cert9.db -
# None of them is a store.
put /etc/ssl/private/fullchain.pem "$CERTS/www.pem" \
	"$CERTS/intermediate.pem" "$CERTS/root.pem"
put /srv/app/leaf.pem "$CERTS/www.pem"
count=$(($(echo "$plain" | wc -w) + 7))

echo 1..26
stores --format json >"$work/json"
tap $? 'a root with thirty stores'
"${python:-false}" - "$top_srcdir/doc/stores.schema.json" "$work/json" \
	>"$work/said" 2>&1 <<'PY'
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
jsonschema.validate(json.load(open(sys.argv[2])), schema)
PY
if [ -n "$python" ]; then
	tap $? 'fits the schema'
else
	tap 0 'fits the schema # SKIP no python3 with jsonschema'
fi
# One more: /etc/ssl/certs is a directory that OpenSSL reads, too.
json_is 'all are found' "len(paths) == $count"
json_is 'none twice' 'len(set(paths)) == len(paths)'
json_is 'the system comes first' \
	'd["reference"] == "/etc/ssl/certs/ca-certificates.crt" and
	 d["sets"][0]["reference"] and d["sets"][0]["anchors"] == 3'
json_is 'equal sets are one' 'len(d["sets"][0]["places"]) == 27'
json_is 'what one has more is told, by key' \
	'[s["expired"] for s in d["sets"] if s["anchors"] == 4] == [1] and
	 all(s["extra"] == [] for s in d["sets"] if s["anchors"] == 4)'
json_is 'and what one lacks' \
	'[len(s["lacks"]) for s in d["sets"] if s["anchors"] == 1] == [3, 2]'
json_is 'a chain and a leaf are no store' \
	'not any("fullchain" in p or "leaf" in p for p in paths)'

tap_run 'the text has a block a set' 0 '^SET 1: 3 anchors, PEM + directory' \
	stores
tap_run 'and says what is lacking' 0 'lacks  2 of the system' stores
tap_run 'csv has a line a place' 0 '^1,3,0,0,0,3,pem,/etc/ssl/certs/ca-cert' \
	stores --format csv
[ "$(stores --format csv | wc -l)" = $((count + 1)) ]
tap $? 'and none is missing'
tap_run 'one sentence' 0 "^$count places, [0-9]* sets of anchors" stores -q

# The same certificates, and a date after which one of them is distrusted: what
# it issues then is refused from one place and taken from the other.
limited=$work/limited
mkdir -p "$limited/etc/ssl/certs" "$limited/etc/pki/ca-trust/source/anchors"
# shellcheck disable=SC2086
cat $roots >"$limited/etc/ssl/certs/ca-certificates.crt"
for name in unrelated-root root-old; do
	cp "$CERTS/$name.pem" "$limited/etc/pki/ca-trust/source/anchors"
done
{
	echo '[p11-kit-object-v1]'
	echo 'class: certificate'
	echo 'trusted: true'
	printf 'nss-server-distrust-after: "%s"\n' \
		'%32%32%31%31%33%30%30%30%30%30%30%30%5a'
	cat "$CERTS/root.pem"
} >"$limited/etc/pki/ca-trust/source/anchors/dated.p11-kit"
"$CHAINCHECK" stores --root "$limited" --attime 2026-06-01T00:00:00Z \
	--format json >"$work/json"
if [ -n "$python" ] && json 'any(p["anchors"] == 3 for p in places
		if p["path"] == "/etc/pki/ca-trust/source")'; then
	json '[(s["anchors"], s["lacks"], s["extra"], s["other_limits"])
		for s in d["sets"]] == [(3, [], [], 0), (3, [], [], 1)]'
	tap $? 'a distrust-after makes another set'
	tap_run 'and is not called the same' 0 \
		"limits  *1 of the system's within other limits" \
		"$CHAINCHECK" stores --root "$limited"
	! grep "same *as the system's" "$work/said"
	tap $? '... in any line'
else
	tap_skip 'a distrust-after makes another set' 'no p11-kit-trust'
	tap_skip 'and is not called the same' 'no p11-kit-trust'
	tap_skip '... in any line' 'no p11-kit-trust'
fi

# A folder, and what a link leads to from there.
ln -s /etc/ssl/certs/ca-certificates.crt "$root/srv/app/link.pem"
stores --in /srv/app --format json >"$work/json"
json_is 'a folder has what is in it' \
	'paths == ["/srv/app/link.pem", "/srv/app/trust.conf"]'

# What leads out of the root stays in it.
mkdir -p "$work/outside"
# shellcheck disable=SC2086
cat $roots "$CERTS/root-v1.pem" >"$work/outside/bundle.pem"
mkdir -p "$root/etc/pki/nowhere"
ln -s "$work/outside/bundle.pem" "$root/srv/absolute.pem"
ln -s ../../outside/bundle.pem "$root/srv/relative.pem"
ln -s "$work/outside" "$root/srv/outside"
ln -s "$work/outside/bundle.pem" "$root/usr/share/.mono/certs/Trust/out.pem"
ln -s . "$root/srv/loop"
stores --format json >"$work/json"
json_is 'no link leads out of the root' \
	"len(paths) == $count and
	 sum(s['anchors'] == 4 for s in d['sets']) == 1"
json_is 'not out of a directory of certificates either' \
	'any("Trust/out.pem" in n["where"] for n in d["notes"])'

esc=$(printf '\033')
# shellcheck disable=SC2086
put "/srv/$esc[31m.pem" $roots
stores >"$work/said"
! grep -q "$esc" "$work/said" && grep -q '\\x1b\[31m.pem' "$work/said"
tap $? 'a hostile name moves no cursor'

tap_run 'a root that is not there' 3 'cannot be looked at' \
	"$CHAINCHECK" stores --root "$work/none"
tap_run 'a file is no folder' 2 'is no directory' \
	stores --in /srv/app/leaf.pem
tap_run 'a named store takes no root' 2 'take none by name' \
	stores file:x
# A database of NSS, as certutil makes it: found by its name, opened by its
# directory.
if [ -n "$python" ] && command -v certutil >/dev/null; then
	mkdir -p "$root/home/ben/.pki/nssdb"
	certutil -N -d "sql:$root/home/ben/.pki/nssdb" --empty-password >"$work/said" 2>&1
	certutil -A -d "sql:$root/home/ben/.pki/nssdb" -n corp -t C,, -a \
		-i "$CERTS/root.pem" >"$work/said" 2>&1
	stores --format json >"$work/json"
	json '[(p["anchors"], p["readers"][0]["name"]) for p in places
		if "/ben/" in p["path"]] == [(1, "Chromium, Chrome")]'
	tap $? 'a database of NSS'
else
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - a database of NSS # SKIP no certutil or python3"
fi

# As nobody: what may not be read is told, and the rest listed.
chmod 755 "$work" && chmod 700 "$root/home/anna"
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null &&
	setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$CHAINCHECK" --version >/dev/null 2>&1; then
	tap_run 'a home without permission is told' 0 \
		'/home/anna: Permission denied' \
		setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$CHAINCHECK" stores --root "$root"
else
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - a home without permission # SKIP not root"
fi
