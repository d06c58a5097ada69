#!/bin/sh
# tests/cli/audit.sh: bundles with one fault each, and good ones: the codes that
# an audit must find, no more and no less, and what other programs say of the
# same file. All is judged at one time, 2026-06-01.
set -u
. "$top_srcdir/tests/support/tap.sh"
command -v openssl >/dev/null || {
	echo '1..0 # SKIP no openssl here'
	exit 0
}
. "$top_srcdir/tests/support/dated.sh"
cd "$work" || exit 99
unset CHAINCHECK_KNOWN
XDG_DATA_HOME=$work
export XDG_DATA_HOME
at=2026-06-01T00:00:00Z
now=$(date -u -d "$at" +%s 2>/dev/null || echo 1780272000)

# --- the PKI

dated root root '/O=Test/CN=Root A' - 20200101 20360101 "$ca"
dated other other '/O=Test/CN=Root B' - 20200101 20360101 "$ca"
dated twin twin '/O=Test/CN=Root A' - 20210101 20360101 "$ca"
dated renewed root '/O=Test/CN=Root A' - 20230101 20380101 "$ca"
dated old old '/O=Test/CN=Old Root' - 20100101 20240101 "$ca"
dated int int '/O=Test/CN=Int A' root 20240101 20300101 "$ca"
dated low low '/O=Test/CN=Low A' int 20240101 20300101 "$ca"
dated spent spent '/O=Test/CN=Spent' root 20200101 20250101 "$ca"
dated noca noca '/O=Test/CN=No CA' root 20240101 20300101 \
	'subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
dated short short '/O=Test/CN=Short' root 20240101 20300101 \
	'basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash'
dated deep deep '/O=Test/CN=Deep' short 20240101 20300101 "$ca"
dated corp corp '/O=Test/CN=Corp' root 20240101 20300101 "$ca
nameConstraints=critical,permitted;DNS:corp.test"
# The root again, by the one before it.
dated cross root '/O=Test/CN=Root A' old 20200101 20240101 "$ca"
dated bridge root '/O=Test/CN=Root A' other 20200101 20300101 "$ca"

server='basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
named="$server
subjectAltName=DNS:www.example.test"
# leaf_by NAME ISSUER FROM UNTIL EXTENSIONS
leaf_by() {
	dated "$1" "$1" "/CN=$1" "$2" "$3" "$4" "$5"
}
leaf_by www int 20260501 20260731 "$named"
leaf_by ended int 20260101 20260301 "$named"
leaf_by early int 20260701 20260831 "$named"
leaf_by long int 20260101 20290101 "$named"
leaf_by year int 20250601 20260801 "$named"
leaf_by spring int 20260320 20261220 "$named"
leaf_by client int 20260501 20260731 \
	"$(echo "$named" | sed s/serverAuth/clientAuth/)"
leaf_by nosan int 20260501 20260731 "$server"
leaf_by isca int 20260501 20260731 \
	"$(echo "$named" | sed s/CA:FALSE/CA:TRUE/)"
leaf_by nosign int 20260501 20260731 \
	"$(echo "$named" | sed s/digitalSignature/keyAgreement/)"
leaf_by staple int 20260501 20260731 "$named
tlsfeature=status_request"
leaf_by bare int 20260501 20260731 "$server
subjectAltName=DNS:intranet,DNS:www.example.test"
leaf_by wide int 20260501 20260731 "$server
subjectAltName=DNS:*.co.uk"
leaf_by below-low low 20260501 20260731 "$named"
leaf_by below-spent spent 20260501 20260731 "$named"
leaf_by below-noca noca 20260501 20260731 "$named"
leaf_by below-deep deep 20260501 20260731 "$named"
leaf_by below-corp corp 20260501 20260731 "$named"
leaf_by by-root root 20260501 20260731 "$named"
dated alone alone /CN=alone - 20260501 20260731 "$named"
openssl genrsa -out weak.key 1024 2>said || exit 99
leaf_by weak int 20260501 20260731 "$named"
dated weakroot weak '/CN=Weak Root' - 20200101 20300101 "$ca"
sed 's/^default_md = .*/default_md = sha1/' dated.cnf >sha1.cnf
cp dated.cnf sha256.cnf && cp sha1.cnf dated.cnf
leaf_by sha1 int 20260501 20260731 "$named"
cp sha256.cnf dated.cnf
names=
for i in $(seq 700); do names="$names,DNS:host-$i.example.test"; done
names=req names_of=$(seq -f 'DNS:host-%g.example.test' -s , 700)
leaf_by large int 20260501 20260731 "$server
subjectAltName=$names_of"
openssl req -x509 -new -key old.key -subj '/CN=Version 1' -days 1 \
	-out unused.pem 2>said
openssl req -new -key old.key -subj '/CN=Version 1' -out v1.csr 2>said
openssl x509 -req -in v1.csr -signkey old.key -days 36500 -out v1.pem \
	2>said || exit 99
chmod 600 ./*.key

# --- files of them

with_key() {
	with_to=$1 with_key=$2
	shift 2
	both "$with_to" "$@"
	cat "$with_key.key" >>"$with_to.pem"
	chmod 600 "$with_to.pem"
}
both good www int
both order int www
both root-first root int www
both low-order below-low int low
both three below-low low int
both twice-leaf www www int
both twice-int www int int
both stranger www int other
both stranger-leaf www int client
both with-root www int root
both cross-chain www int cross
both bridge-chain www int bridge
for name in ended early long year spring client nosan isca nosign staple bare \
	wide weak sha1 large; do
	both "$name-chain" "$name" int
done
both spent-chain below-spent spent
both noca-chain below-noca noca
both deep-chain below-deep deep short
both corp-chain below-corp corp
with_key keyed www www int
with_key wrong-key client www int
with_key ca-key root www int root
with_key open-key www www int
chmod 644 open-key.pem
openssl pkcs8 -topk8 -in www.key -passout pass:secret -out locked.key 2>said
both locked-chain www int
cat locked.key >>locked-chain.pem
both broken-key www int
sed 's/^M/!/' www.key >>broken-key.pem
chmod 600 broken-key.pem
both tampered www int
openssl x509 -in www.pem -outform DER -out www.der
# The last byte of the signature, another one.
size=$(wc -c <www.der)
{ head -c $((size - 1)) www.der; tail -c 1 www.der | tr '\000-\377' '\001-\377\000'; } |
	openssl x509 -inform DER -out www-tampered.pem
both tampered www-tampered int

joined() { printf %s "$(cat www.pem)"; cat int.pem; }
joined >joined.pem
{ sed '3s/^...../!!!!!/' root.pem; cat other.pem; } >bad.pem
{ printf '\357\273\277'; cat good.pem; } >bom.pem
sed 's/^/  /' good.pem >indented.pem
{ cat www.pem; head -n 5 int.pem; } >cut.pem
tr '\n' '\r' <good.pem >return.pem
{ cat www.pem; sed 's/$/\n/' int.pem; } >hollow.pem
{ cat www.pem; sed 's/-----END C/-----END X509 C/' int.pem; } >label.pem
{ cat www.pem; sed '1s/$/\nX-Note: a\n/' int.pem; } >header.pem
{ cat root.pem; echo '-----END CERTIFICATE-----'; cat other.pem; } >stray.pem
# A BEGIN that is lost, or is none, of the last.
{ cat root.pem; tail -n +2 other.pem; } >stray-last.pem
{ cat root.pem; printf 'x '; cat other.pem; } >stray-begin.pem
sed 's/$/\r/' good.pem >crlf.pem
sed 's/=$/= /' good.pem >blank.pem

both anchors root other
with_key anchors-key root root other
both anchors-old root old
both anchors-leaf root other www
both anchors-int root other int
both anchors-twice root other root
both anchors-renewed root renewed
both anchors-twin root twin
both anchors-weak root weakroot
both anchors-v1 root v1
{ cat root.pem; echo '# Subject: CN=Root A O=Test'; cat other.pem; } >lie.pem
{ cat root.pem; echo '# Subject: CN=Root B O=Test'; cat other.pem; } >truth.pem
{ cat root.pem; openssl x509 -in root.pem -noout -fingerprint -sha256
	cat other.pem; } >lie-print.pem
openssl x509 -in other.pem -trustout -addtrust serverAuth -out other-trusted.pem
both trusted root other-trusted

printf '' >empty.pem
openssl req -new -key www.key -subj /CN=www -out request.pem 2>said
echo 'Please find the certificate attached.' >letter.txt
cat >crl.cnf <<END
[ca]
default_ca = here
[here]
database = $work/crl.txt
default_md = sha256
END
: >crl.txt
crl() {
	openssl ca -gencrl -config crl.cnf -cert root.pem -keyfile root.key \
		-crl_lastupdate "$2"000000Z -crl_nextupdate "$3"000000Z \
		-out "$1.pem" 2>said || exit 99
}
crl crl 20260101 20270101
crl crl-old 20250101 20260101
openssl pkcs12 -export -in www.pem -inkey www.key -certfile int.pem \
	-name www -passout pass:changeit -out server.p12 2>said
openssl pkcs12 -export -nokeys -in root.pem -passout pass:changeit \
	-out nokeys.p12 2>said
openssl pkcs12 -export -in www.pem -inkey www.key -certfile int.pem \
	-passout pass:other -out other.p12 2>said
openssl pkcs12 -export -in client.pem -inkey client.key -certfile int.pem \
	-passout pass:changeit -out client.p12 2>said
"$CHAINCHECK" known import root.pem int.pem -o known.table >said 2>&1 || exit 99

# --- what is found

# "code:e code:w ...", sorted; the codes end the paragraphs of the text.
codes() {
	"$CHAINCHECK" audit --attime "$at" "$@" >said 2>said.err
	status=$?
	awk '/^  (error|warning|note) / { severity = substr($1, 1, 1) }
		match($0, /\[[a-z]+\.[a-z0-9-]+\]$/) {
			print substr($0, RSTART + 1, RLENGTH - 2) ":" severity
		}' said | sort | tr '\n' ' ' | sed 's/ $//'
}

# row NAME 'CODES' ARGUMENT...: and the exit status that goes with them.
row() {
	row_name=$1 row_want=$2
	shift 2
	row_got=$(codes "$@")
	"$CHAINCHECK" audit --attime "$at" "$@" >/dev/null 2>&1
	row_status=$?
	case $row_want in
	*:e*) row_expected=1 ;;
	*) row_expected=0 ;;
	esac
	[ "$row_got" = "$row_want" ] && [ $row_status = $row_expected ]
	row_ok=$?
	[ $row_ok = 0 ] ||
		echo "got '$row_got', status $row_status" | cat - said.err >>said
	tap $row_ok "$row_name: ${row_want:-nothing}"
}

# seen NAME COMMAND: what another program says of the same file.
seen() {
	seen_name=$1
	shift
	"$@" >said 2>&1
	tap $? "$seen_name"
}

not() { ! "$@"; }
says() {
	says_words=$1
	shift
	"$@" 2>&1 | grep -q -e "$says_words"
}

# nginx_starts CHAIN KEY: with the file as its certificate.
nginx_starts() {
	cat >nginx.conf <<END
daemon off;
pid $work/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	server {
		listen 127.0.0.1:1 ssl;
		ssl_certificate $work/$1;
		ssl_certificate_key $work/$2;
	}
}
END
	# That it may not listen there is no fault of the files.
	nginx -t -e stderr -c "$work/nginx.conf" >nginx.said 2>&1
	cat nginx.said
	! grep -q -e 'SSL_CTX' -e PEM_ nginx.said
}
have_nginx=$(command -v nginx || [ ! -x /usr/sbin/nginx ] || echo nginx)
PATH=$PATH:/usr/sbin
by_nginx() {
	if [ -n "$have_nginx" ]; then
		seen "$@"
	else
		tap_skip "$1" 'no nginx here'
	fi
}

# openssl_takes CHAIN: is its first certificate good, with what is behind it?
openssl_takes() {
	openssl verify -attime "$now" -no-CApath -no-CAstore -CAfile root.pem \
		-untrusted "$1" "$1"
}

to_root='--for file:root.pem'
. "$top_srcdir/tests/cli/audit_rows.sh"
. "$top_srcdir/tests/cli/audit_clients.sh"
echo "1..$tap_count"
