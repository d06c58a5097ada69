#!/bin/sh
# tests/peers/clients.sh: the clients that are installed, and the same clients
# simulated, get on with the same servers. A row is held to the ClientHello of
# the client that is installed before it stands for it.
set -u
command -v openssl >/dev/null && command -v python3 >/dev/null || {
	echo '1..0 # SKIP openssl or python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/schema.sh"
unset GIT_SSL_NO_VERIFY GIT_SSL_CAINFO NODE_EXTRA_CA_CERTS SSL_CERT_FILE \
	SSL_CERT_DIR CURL_CA_BUNDLE http_proxy https_proxy no_proxy
CHAINCHECK_KNOWN=$KNOWN
export CHAINCHECK_KNOWN
CERTS=$work
. "$top_srcdir/tests/support/pki.sh"
support=$top_srcdir/tests/support
table=$top_srcdir/lib/data/clients.tsv
host=www.example.test

# make_key NAME: of this kind; pki.sh has made its own by now.
kind='EC -pkeyopt ec_paramgen_curve:P-256'
make_key() {
	openssl genpkey -algorithm $kind -out "$work/$1.key" 2>/dev/null
}

# issue NAME ISSUER SUBJECT EXTENSIONS ARGUMENT...
issue() {
	issued=$1 issuer=$2 subject=$3
	make_key "$1"
	printf '%s\n' "$4" >"$work/$1.ext"
	shift 4
	openssl req -new -key "$work/$issued.key" -subj "$subject" |
		openssl x509 -req -days 300 -extfile "$work/$issued.ext" \
			-CA "$work/$issuer.pem" -CAkey "$work/$issuer.key" \
			-out "$work/$issued.pem" "$@" 2>/dev/null
}

issue stranger unrelated /CN=www "$leaf_extensions"
issue impostor root '/O=Test/CN=Test Intermediate' "$ca_extensions"
issue other-name intermediate /CN=www "$(echo "$leaf_extensions" |
	sed 's/DNS:www.example.test/DNS:other.example.test/')"
issue no-san intermediate /CN=$host 'extendedKeyUsage=serverAuth
authorityKeyIdentifier=keyid'
issue wide intermediate /CN=www 'subjectAltName=DNS:*.test'
issue staple intermediate /CN=www "$leaf_extensions
tlsfeature=status_request"
issue sha1-ca root '/CN=SHA-1 CA' "$ca_extensions" -sha1
issue below-sha1 sha1-ca /CN=www "$leaf_extensions"
issue sha1 intermediate /CN=www "$leaf_extensions" -sha1
issue no-key-id intermediate /CN=www "subjectAltName=DNS:$host
authorityKeyIdentifier=none"
kind='EC -pkeyopt ec_paramgen_curve:P-521'
issue p521 intermediate /CN=www "$leaf_extensions"
kind='EC -pkeyopt ec_paramgen_curve:brainpoolP256r1'
issue brainpool intermediate /CN=www "$leaf_extensions"
kind=ED25519
issue ed25519 intermediate /CN=www "$leaf_extensions"
kind='RSA -pkeyopt rsa_keygen_bits:2048'
issue rsa intermediate /CN=www "$leaf_extensions"
issue encipher intermediate /CN=www "$leaf_extensions
keyUsage=critical,keyEncipherment"
issue sign-only intermediate /CN=www "$leaf_extensions
keyUsage=critical,digitalSignature"
issue rsa-ca root '/CN=RSA CA' "$ca_extensions"
issue md5 rsa-ca /CN=www "$leaf_extensions" -md5
kind='RSA -pkeyopt rsa_keygen_bits:1024'
issue rsa1024 intermediate /CN=www "$leaf_extensions"
kind='RSA -pkeyopt rsa_keygen_bits:512'
issue rsa512 intermediate /CN=www "$leaf_extensions"
for bits in 512 768 1024 2048; do
	openssl dhparam -dsaparam -out "$work/dh$bits.pem" $bits 2>/dev/null
done

# serve NAME "CERTIFICATE..." ARGUMENT...: one more server, in the list. It
# takes whatever is weak, unless told otherwise: the clients decide.
serve() {
	case_name=$1
	chain_of $2
	leaf=${2%% *}
	shift 2
	if start_openssl "$work/$leaf.key" "$@"; then
		echo "$case_name $port" >>"$work/servers"
	else
		echo "# $case_name: no server: $(tail -1 "$work/peer.log")"
	fi
}

weak='ALL:@SECLEVEL=0'
: >"$work/servers"
serve good 'www intermediate'
serve good-rsa 'rsa intermediate'
serve tls12-only 'www intermediate' -tls1_2
serve tls13-only 'www intermediate' -tls1_3
serve tls11-only 'rsa intermediate' -tls1_1 -cipher $weak
serve tls10-only 'rsa intermediate' -tls1 -cipher $weak
serve untrusted-root 'stranger unrelated'
serve selfsigned self-signed
serve no-intermediate www
serve no-intermediate12 www -tls1_2
serve wrong-intermediate 'www unrelated'
serve impostor-intermediate 'www impostor'
serve extra-root 'www intermediate root'
serve disordered 'www root intermediate'
serve expired 'expired intermediate'
serve expired12 'expired intermediate' -tls1_2
serve expired-intermediate 'below-expired expired-ca'
serve hostname 'other-name intermediate'
serve no-san 'no-san intermediate'
serve wildcard-deep 'wide intermediate'
serve eku-client 'client intermediate'
serve ku-encipher-only 'encipher intermediate'
serve ku-encipher-only12 'encipher intermediate' -tls1_2
serve no-key-id 'no-key-id intermediate'
serve rsa1024 'rsa1024 intermediate' -cipher $weak
serve rsa512 'rsa512 intermediate' -tls1_2 -cipher $weak
serve sha1-leaf 'sha1 intermediate' -cipher $weak
serve sha1-leaf12 'sha1 intermediate' -tls1_2 -cipher $weak
serve sha1-intermediate 'below-sha1 sha1-ca' -cipher $weak
serve md5-leaf 'md5 rsa-ca' -cipher $weak
serve name-constraints 'below-corp corp'
serve not-a-ca 'below-not-a-ca not-a-ca'
serve pathlen 'below-too-deep too-deep short'
serve critical-ext 'critical intermediate'
serve must-staple 'staple intermediate'
serve must-staple12 'staple intermediate' -tls1_2
serve p521-leaf 'p521 intermediate'
serve brainpool-leaf 'brainpool intermediate' -tls1_2
serve ed25519-leaf 'ed25519 intermediate'
serve ed25519-leaf12 'ed25519 intermediate' -tls1_2
serve cipher-aria 'rsa intermediate' -tls1_2 \
	-cipher ECDHE-ARIA256-GCM-SHA384
serve cipher-rsa-kx 'rsa intermediate' -tls1_2 -cipher AES128-GCM-SHA256
serve rsa-kx-encipher 'encipher intermediate' -tls1_2 \
	-cipher AES128-GCM-SHA256
serve rsa-kx-sign 'sign-only intermediate' -tls1_2 -cipher AES128-GCM-SHA256
serve cipher-cbc-sha1 'rsa intermediate' -tls1_2 -cipher ECDHE-RSA-AES128-SHA
serve cipher-ecdsa-cert-rsa 'rsa intermediate' -tls1_2 \
	-cipher ECDHE-ECDSA-AES128-GCM-SHA256
serve cipher13-ccm8 'www intermediate' -tls1_3 \
	-ciphersuites TLS_AES_128_CCM_8_SHA256
serve group-brainpool 'rsa intermediate' -tls1_2 -groups brainpoolP256r1
serve group-p521 'rsa intermediate' -groups P-521
serve sigalg-sha1 'rsa intermediate' -tls1_2 -sigalgs RSA+SHA1 -cipher $weak
for bits in 512 768 1024 2048; do
	serve dh$bits 'rsa intermediate' -tls1_2 -dhparam "$work/dh$bits.pem" \
		-cipher DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0
done
serve sni-other 'www intermediate' -servername other.example.test \
	-servername_fatal -cert2 "$work/www.pem" -key2 "$work/www.key"
serve mtls12 'www intermediate' -tls1_2 -Verify 1
serve mtls13 'www intermediate' -tls1_3 -Verify 1
serve asks12 'www intermediate' -tls1_2 -verify 1
serve asks13 'www intermediate' -tls1_3 -verify 1
# What no server does any more, or a box before a good one.
good_port=$(sed -n 's/^good //p' "$work/servers")
for bad in 'version-intolerant -' 'size-intolerant 420' 'name-needed -' \
	'alpn-intolerant -' 'extension-intolerant -' 'one-record -' \
	'alert 40' 'alert 80' 'alert 112' 'ssl3 -' 'reset-accept -' \
	'reset-hello -' 'close-accept -' 'close-hello -' 'http -' 'smtp -'; do
	case_name=$(echo "$bad" | sed 's/ -$//; s/ /-/')
	python3 "$support/picky_peer.py" $bad "$good_port" \
		>"$work/$case_name.port" &
	peers="$peers $!"
	wait_for "$work/$case_name.port" . $!
	echo "$case_name $(head -1 "$work/$case_name.port")" \
		>>"$work/servers"
done
# nginx refuses all names but its own, or answers who has no certificate in
# HTTP.
nginx=$(PATH=$PATH:/usr/sbin:/sbin command -v nginx) || nginx=
if [ -n "$nginx" ]; then
	cat "$work/www.pem" "$work/intermediate.pem" >"$work/nginx.pem"
	set -- $(python3 -c 'import socket
for port in [socket.create_server(("127.0.0.1", 0)) for _ in "12"]:
    print(port.getsockname()[1])')
	cat >"$work/nginx.conf" <<NGINX
daemon off; master_process off; pid $work/nginx.pid;
error_log $work/nginx.log;
events { }
http {
	access_log off;
	client_body_temp_path $work/b; proxy_temp_path $work/p;
	fastcgi_temp_path $work/f; uwsgi_temp_path $work/u;
	scgi_temp_path $work/s;
	ssl_certificate $work/nginx.pem;
	ssl_certificate_key $work/www.key;
	server {
		listen 127.0.0.1:$1 ssl default_server;
		ssl_reject_handshake on;
	}
	server {
		listen 127.0.0.1:$1 ssl;
		server_name own.test;
	}
	server {
		listen 127.0.0.1:$2 ssl;
		ssl_verify_client on;
		ssl_client_certificate $work/root.pem;
	}
}
NGINX
	"$nginx" -c "$work/nginx.conf" -e "$work/nginx.log" &
	peers="$peers $!"
	wait_for "$work/nginx.pid" . $!
	printf '%s\n' "sni-nginx $1" "mtls-nginx $2" >>"$work/servers"
fi
command -v gnutls-serv >/dev/null && chain_of www intermediate &&
	start_gnutls "$work/www.key" NORMAL &&
	echo "gnutls $port" >>"$work/servers"
ports=$(cut -d' ' -f2 "$work/servers")

python3 "$support/connect_proxy.py" >"$work/proxy.port" &
peers="$peers $!"
wait_for "$work/proxy.port" . $!
proxy=http://127.0.0.1:$(cat "$work/proxy.port")

# What the command says of it.
# simulate CASE CLIENT...: the case of the list.
simulate() {
	at=$(sed -n "s/^$1 //p" "$work/servers")
	shift
	"$CHAINCHECK" handshake "$host:$at" --resolve "$host:$at:127.0.0.1" \
		--cacert "$work/root.pem" --client "$@"
}
# A text in one line, however it was wrapped.
joined() {
	tr '\n' ' ' <"$1" | sed 's/  */ /g'
}
tap_run 'Java 7 and a server of TLS 1.2: tls.version' 1 \
	'^  java-7u25  *no  tls.version$' simulate tls12-only java7
cp "$work/said" "$work/java7"
for words in 'takes TLS 1.2 alone; Java 7u25 .* offers SSL 3.0' \
	'administrator of this client' '-Djdk.tls.client.protocols=TLSv1.2' \
	'HttpsURLConnection alone' '-Dhttps.protocols=TLSv1.2' \
	'Java 8 offers it'; do
	tap_run "... and says: $words" 0 "$words" joined "$work/java7"
done
tap_run '... and Java 8 passes' 0 '^WORKS: 1 of 1 client' \
	simulate tls12-only java8
tap_run 'several: a line each, and no search for each cause' 1 \
	'^  java-7u25  *no  alert 70' simulate tls12-only java7,java8,curl
cp "$work/said" "$work/several"
tap_run '... and how to have it searched for' 0 \
	'told of one alone: --client java-7u25\.' joined "$work/several"
tap_run 'a version alone is not simulated' 3 'not simulated' \
	simulate good java-7u131
tap_run 'a client that there is not' 2 'no such client' simulate good java1
tap_run 'a server that nobody runs' 3 '^UNDECIDED:' "$CHAINCHECK" \
	handshake "127.0.0.1:1" --client java8,curl
tap_run 'check --client asks the same' 0 '^WORKS: 2 of 2 clients' \
	"$CHAINCHECK" "$host:$(sed -n 's/^good //p' "$work/servers")" \
	--connect-to "::127.0.0.1:" --cacert "$work/root.pem" \
	--client java8,openssl3
# Java's own rule for SHA-1 below the roots of its JDK, which these may be.
"$CHAINCHECK" known import "$work/root.pem" -o "$work/public" >/dev/null
sha1_port=$(sed -n 's/^sha1-leaf12 //p' "$work/servers")
tap_run 'SHA-1 below a root that may be of the JDK is no yes' 3 \
	'java-8u111  *[?]  *TLS 1.2, but since 8u141' \
	"$CHAINCHECK" "$host:$sha1_port" --connect-to '::127.0.0.1:' \
	--cacert "$work/root.pem" --known "$work/public" --client java-8u111
tap_run '... below a private root it is' 0 'java-8u111  *yes' \
	simulate sha1-leaf12 java-8u111
tap_run '... and it is not said what it does' 3 'it is not known whether Java' \
	simulate good java-7u131
tap_run 'judgement without a client means nothing' 2 'without --client' \
	"$CHAINCHECK" handshake "$host" --cacert "$work/root.pem"
"$CHAINCHECK" handshake --client list --format json >"$work/list"
tap $? 'the list needs no server'
if [ -n "$python" ]; then
	fits clients.schema.json "$work/list"
	tap $? 'the list is as its schema has it'
	simulate good all --format json >"$work/all"
	fits simulation.schema.json "$work/all"
	tap $? 'all clients are as their schema has it'
	[ "$(grep -c '"client":' "$work/all")" = \
		"$(($(grep -vc '^#' "$table") - 1))" ]
	tap $? 'all clients are all rows of the table'
else
	tap_skip 'JSON against its schemas' 'python3-jsonschema is missing'
fi

# real_CLIENT PORT...: "PORT yes" or "PORT no" for each.
each() {
	how=$1
	shift
	for at in "$@"; do
		"$how" "$at" >"$work/$how.log" 2>&1 </dev/null
		[ $? = 0 ] && echo "$at yes" || echo "$at no $(
			tail -1 "$work/$how.log")"
	done
}
real_java() {
	java -cp "$work" TlsClient "$work/root.pem" $host "$@"
}
real_java25() {
	"$java25/bin/java" -cp "$work" TlsClient "$work/root.pem" $host "$@"
}
real_python() {
	python3 "$support/tls_client.py" "$work/root.pem" $host "$@"
}
real_debian_python() {
	/usr/bin/python3 "$support/tls_client.py" "$work/root.pem" $host "$@"
}
real_node() {
	node "$support/tls_client.js" "$work/root.pem" $host "$@"
}
one_curl() {
	curl -sS -m 10 -o "$work/curl.body" --resolve "$host:$1:127.0.0.1" \
		--cacert "$work/root.pem" "https://$host:$1/"
}
real_curl() { each one_curl "$@"; }
one_openssl() {
	printf 'GET / HTTP/1.0\r\n\r\n' |
		timeout 10 openssl s_client -connect "127.0.0.1:$1" \
		-servername $host -verify_hostname $host \
		-verify_return_error -CAfile "$work/root.pem" -no-CApath \
		-no-CAstore -ign_eof
}
real_openssl() { each one_openssl "$@"; }
one_gnutls() {
	printf 'GET / HTTP/1.0\r\n\r\n' |
		timeout 10 gnutls-cli --x509cafile "$work/root.pem" \
		--sni-hostname $host --verify-hostname $host \
		-p "$1" 127.0.0.1
}
real_gnutls() { each one_gnutls "$@"; }
one_wget() {
	wget -q -O "$work/wget.body" --ca-certificate="$work/root.pem" \
		--ca-directory="$work/none" -e use_proxy=yes \
		-e https_proxy="$proxy" --tries=1 --timeout=10 --no-hsts \
		"https://$host:$1/"
	status=$?
	[ $status = 0 ] || [ $status = 8 ] # an error of HTTP is none here
}
real_wget() { each one_wget "$@"; }
# A page that is no repository was fetched: that is as far as TLS goes.
one_git() {
	GIT_TERMINAL_PROMPT=0 timeout 10 \
		git -c http.sslCAInfo="$work/root.pem" -c credential.helper= \
		-c http.curloptResolve="$host:$1:127.0.0.1" \
		ls-remote "https://$host:$1/x"
	grep -q 'fatal: .*\(not valid\|not found\|HTTP\|error: 4\)' "$work/one_git.log"
}
real_git() { each one_git "$@"; }

# What the client that is installed says in its hello, and the row whose lists
# are the same.
python3 "$support/read_hello.py" 0 >"$work/hello" &
reader=$!
peers="$peers $reader"
wait_for "$work/hello" '^port ' $reader
hello_port=$(sed -n 's/^port //p' "$work/hello")

# said WORD: of the hello that was read last.
said() {
	awk -v word="$1" '$1 == "records" { last = "-" }
		$1 == word { last = $2 } END { print last }' "$work/hello"
}

# row_of ID...: the first whose suites, groups and signatures were said.
row_of() {
	for id in "$@"; do
		awk -F'\t' -v id="$id" -v suites="$(said suites)" \
			-v groups="$(said groups)" \
			-v signatures="$(said signatures)" \
			-v versions="$(said versions)" \
			-v in_chain="$(said signatures_cert)" '
			NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
			$1 == id && $at["hello.suites"] == suites &&
			$at["hello.groups"] == groups &&
			$at["hello.signatures"] == signatures &&
			$at["hello.versions"] == versions &&
			$at["hello.signatures_cert"] == in_chain { print id }' \
			"$table"
	done | head -1
}

# client NAME ID...: is it installed, and of which of the rows is it?
: >"$work/rows"
client() {
	what=$1
	shift
	before=$(wc -l <"$work/hello")
	"real_$what" "$hello_port" >"$work/said" 2>&1
	if [ "$(wc -l <"$work/hello")" = "$before" ]; then
		tap 1 "$what says a ClientHello"
		return
	fi
	row=$(row_of "$@")
	if [ -n "$row" ]; then
		echo "$what $row" >>"$work/rows"
		tap 0 "$what says what the row $row says"
	else
		tail -18 "$work/hello" | sed 's/^/# /'
		tap_skip "$what says what its row says" \
			"the one installed is of no row of $*"
	fi
}

java25=$(ls -d /usr/lib/jvm/temurin-25* 2>/dev/null | head -1)
if command -v javac >/dev/null; then
	javac -d "$work" "$support/TlsClient.java" 2>"$work/said" &&
		client java java-17.0.21 java-17.0.15
	[ -z "$java25" ] || client java25 java-25.0.3
fi
client python python-3.12 python-3.13 python-3.11
[ ! -x /usr/bin/python3 ] || client debian_python python-3.11 python-3.12
for what in node curl openssl gnutls wget git; do
	command -v ${what%_*} >/dev/null || command -v $what-cli >/dev/null ||
		continue
	case $what in
	node) client node node-22 node-20 node-18 ;;
	curl) client curl curl-7.88 ;;
	openssl) client openssl openssl-3.0.19 openssl-3.5 ;;
	gnutls) client gnutls gnutls-3.7.9 ;;
	wget) client wget wget-1.21.3 ;;
	git) client git git-gnutls ;;
	esac
done

rows=$(cut -d' ' -f2 "$work/rows" | sort -u | tr '\n' , | sed 's/,$//')
while read -r case_name at; do
	"$CHAINCHECK" handshake "$host:$at" --resolve "$host:$at:127.0.0.1" \
		--cacert "$work/root.pem" --client "$rows" --format json \
		2>"$work/err" | python3 -c '
import json, sys
for row in json.load(sys.stdin)["clients"]:
    print(sys.argv[1], row["client"], row["verdict"], row["code"],
          row["why"])' "$case_name"
done <"$work/servers" >"$work/simulated"

# Where the real one does otherwise, and why.
cat >"$work/known" <<'EOF'
alpn-intolerant python the row is of http.client, and ssl alone has no ALPN
size-intolerant-420 gnutls undecided: the chain of TLS 1.3 is asked for with 512
size-intolerant-420 git undecided: as gnutls
EOF

while read -r what row; do
	"real_$what" $ports >"$work/real.$what" 2>/dev/null
done <"$work/rows"
while read -r what row; do
	: >"$work/said"
	while read -r case_name at; do
		fared=$(awk -v at="$at" '$1 == at { print $2 }' \
			"$work/real.$what")
		simulated=$(awk -v name="$case_name" -v row="$row" \
			'$1 == name && $2 == row { print $3 }' \
			"$work/simulated")
		[ "$simulated" = trusted ] && simulated=yes || simulated=no
		[ "$fared" = "$simulated" ] ||
			grep -q "^$case_name $what " "$work/known" || {
			echo "$case_name: $what $(grep "^$at " \
				"$work/real.$what"), simulated $(grep \
				"^$case_name $row " "$work/simulated")"
		}
	done <"$work/servers" >>"$work/said"
	tap_nothing "$what fares as $row over $(wc -l <"$work/servers") servers"
done <"$work/rows"
echo "1..$tap_count"
