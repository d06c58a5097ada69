#!/bin/sh
# tests/peers/differential.sh: why a handshake fails, told from what other
# ClientHellos bring: real servers, and boxes before them.
set -u
command -v openssl >/dev/null && command -v python3 >/dev/null || {
	echo '1..0 # SKIP openssl or python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/schema.sh"
site=www.example.test
box=

# server_cert NAME ARGUMENT...: a certificate of $site with a key of its own.
server_cert() {
	name=$1
	shift
	openssl req -x509 -nodes -keyout "$work/$name.key" \
		-out "$work/$name.pem" -subj "/CN=$site" -days 300 \
		-addext "subjectAltName=DNS:$site,DNS:example.com" "$@" \
		2>"$work/said" || exit 99
}

# serve NAME ARGUMENT...: openssl s_server with that certificate.
serve() {
	cert=$1
	shift
	cp "$work/$cert.pem" "$work/first.pem"
	: >"$work/others.pem"
	start_openssl "$work/$cert.key" "$@" || exit 99
}

# before KIND [VALUE]: a box before the server, on $port in its stead.
before() {
	: >"$work/box"
	python3 "$top_srcdir/tests/support/picky_peer.py" "$1" "${2:-}" \
		"${port:-0}" "$work/rsa.pem" >"$work/box" 2>"$work/box.log" &
	box=$!
	peers="$peers $box"
	wait_for "$work/box" '[0-9]' "$box" || exit 99
	port=$(head -n 1 "$work/box")
}

unbox() {
	kill "$box" 2>/dev/null
	wait "$box" 2>/dev/null
	box=
}

# Until somebody listens on $port.
wait_for_port() {
	for _ in $(seq 200); do
		python3 -c 'import socket, sys
socket.create_connection(("127.0.0.1", int(sys.argv[1]))).close()' "$port" \
			2>/dev/null && return 0
		sleep 0.05
	done
	return 1
}

# ask OPTION...
ask() {
	"$CHAINCHECK" check "$site:$port" --no-system \
		--resolve "$site:$port:127.0.0.1" \
		--cacert "$work/rsa.pem" --format json "$@" \
		>"$work/report.json" 2>"$work/said"
	asked=$?
}

spent=0 asks=0
others=0 # connections without a ClientHello
# told NAME "OPTIONS" EXPECTATION...: what is said, with how many connections.
told() {
	name=$1 options=$2
	shift 2
	begin=$(date +%s%N)
	# shellcheck disable=SC2086
	ask $options
	spent=$((spent + ($(date +%s%N) - begin) / 1000000)) asks=$((asks + 1))
	came=-
	[ -z "$box" ] || [ "$others" = any ] ||
		came=$(($(grep -c connection "$work/box") - others))
	python3 "$top_srcdir/tests/support/expect.py" "$work/report.json" \
		"hellos=40:$came" "$@" >"$work/said" 2>&1
	bad=$?
	[ $bad = 0 ] || echo "$came connections came" >>"$work/said"
	tap $bad "$name"
}

server_cert rsa -newkey rsa:2048
server_cert ec -newkey ec -pkeyopt ec_paramgen_curve:P-256
level0=ALL:@SECLEVEL=0

java=0
command -v keytool >/dev/null && command -v java >/dev/null && java=4
planned=$((72 + java))
echo "1..$planned"

# Versions.
serve rsa -tls1 -cipher $level0
told 'TLS 1.0 alone' '--tls-min 1.2' verdict=undecided primary=tls.version \
	party=server 'message=takes TLS 1.0 alone' \
	'message=offers TLS 1.2 and TLS 1.3' 'message=with TLS 1.0 the' \
	'remedy=ssl_protocols TLSv1.2 TLSv1.3;'
stop_peer
serve rsa -tls1_2
told 'TLS 1.2 alone' '--tls-max 1.1' primary=tls.version party=client \
	'message=takes TLS 1.2 alone' 'message=offers TLS 1.0 and TLS 1.1' \
	'remedy=-Djdk.tls.client.protocols=TLSv1.2'
stop_peer
serve rsa -tls1_3
told 'TLS 1.3 alone' '--tls-max 1.2' primary=tls.version party=client \
	'message=takes TLS 1.3 alone' \
	'remedy=-Djdk.tls.client.protocols=TLSv1.3'
stop_peer
port=0
before ssl3
told 'SSL 3.0 whatever is offered' '' primary=tls.version party=server \
	'message=takes SSL 3.0 alone'
unbox

# Cipher suites.
serve rsa -tls1_2 -cipher ECDHE-ARIA128-GCM-SHA256
told 'a suite that nobody has' '' primary=tls.cipher party=server \
	'message=with TLS_ECDHE_RSA_WITH_ARIA_128_GCM_SHA256' \
	'remedy=ssl_ciphers'
stop_peer
serve rsa -tls1_2 -cipher AES128-SHA
told 'static RSA alone' '--priority NORMAL:-RSA' primary=tls.cipher \
	party=server 'message=with TLS_RSA_WITH_AES_128_CBC_SHA it does'
told 'and where nothing more may be asked' \
	'--priority NORMAL:-RSA --no-probes' primary=tls.alert hellos=1:-
"$CHAINCHECK" handshake "$site:$port" --resolve "$site:$port:127.0.0.1" \
	--priority NORMAL:-RSA --format json >"$work/report.json" 2>"$work/said"
valid 'handshake tells it too, as its schema has it' handshake.schema.json \
	"$work/report.json"
[ "$(json "$work/report.json" "d['cause']['code'] + ' ' + \
d['cause']['party']")" = 'tls.cipher server' ]
tap $? 'by the same code and party'
stop_peer
serve rsa -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256
told 'a suite that most have' '--priority NORMAL:-AES-128-GCM:-VERS-TLS1.3' \
	primary=tls.cipher party=client \
	'message=with TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 it does'
stop_peer
serve rsa -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256
told 'suites for another key' '' primary=tls.cipher party=server \
	'message=no certificate for any cipher suite' 'remedy=alias'
stop_peer

# Groups.
serve rsa -tls1_2 -groups brainpoolP256r1 -cipher ECDHE
told 'a group that nobody has' '' primary=tls.group party=server \
	'message=with brainpoolP256r1 it does' 'remedy=ssl_ecdh_curve'
stop_peer
serve rsa -tls1_3 -groups X25519
told 'a group that all have' '--priority NORMAL:-GROUP-X25519' \
	primary=tls.group party=client 'message=with x25519 it does'
stop_peer

# Signatures.
serve rsa -tls1_2 -sigalgs RSA+SHA1 -cipher ECDHE:@SECLEVEL=0
told 'SHA-1 alone' '--priority NORMAL:-SIGN-RSA-SHA1' \
	primary=tls.signature-algorithm party=server \
	'message=with rsa_pkcs1_sha1 it does'
stop_peer

# Diffie-Hellman. OpenSSL 3 loads no prime below 1024 bits.
port=0
for bits in 512 768; do
	before dh $bits
	told "a prime of $bits bits" '--priority NORMAL' primary=tls.weak-dh \
		party=server "message=$bits bits" 'remedy=openssl dhparam' \
		'remedy=ssl_dhparam'
	unbox
done
# RFC 2409 section 6.2.
printf 'asn1=SEQUENCE:dh\n[dh]\np=INTEGER:0x%s\ng=INTEGER:2\n' "FFFFFFFFFFFFFFFF\
C90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD\
EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B\
0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF\
" >"$work/dh.cnf"
openssl asn1parse -genconf "$work/dh.cnf" -noout -out "$work/dh.der" &&
	openssl dhparam -inform DER -in "$work/dh.der" -out "$work/dh.pem" \
		2>"$work/said" || exit 99
serve rsa -tls1_2 -dhparam "$work/dh.pem" -cipher DHE:@SECLEVEL=0
told 'a prime of 1024 bits that is taken' '--priority NORMAL' \
	verdict=trusted severity=tls.weak-dh:warning
told 'a prime of 1024 bits that is refused' \
	'--priority NORMAL:%PROFILE_MEDIUM' \
	primary=tls.weak-dh party=server 'message=1024 bits'
stop_peer
serve rsa -tls1_2 -dhparam "$work/dh.pem" -cipher DHE:ECDHE:@SECLEVEL=0 \
	-serverpref
told 'a prime that can be left out' '--priority NORMAL:%PROFILE_MEDIUM' \
	primary=tls.weak-dh 'message=without DHE suites it goes on' \
	'remedy=no DHE suites'
stop_peer

# Names.
serve rsa -servername other.test -servername_fatal -cert2 "$work/ec.pem" \
	-key2 "$work/ec.key"
told 'a name that is not known' '' primary=tls.sni party=server \
	'message=without SNI' "remedy=server_name $site;"
stop_peer
serve rsa
before name-needed
told 'a name that is needed' '--noservername' primary=tls.sni party=client \
	'message=without SNI'
unbox
stop_peer
serve rsa
before name-filter $site
told 'a filter by name' '' primary=tls.intolerance party=network \
	'message=goes on with SNI example.com'
unbox
stop_peer
serve rsa
before name-filter-http $site
told 'a filter that answers in HTTP' '' primary=tls.intolerance \
	party=network 'message=answers in no TLS to SNI www.example.test'
unbox
stop_peer

# What is not borne.
serve rsa -tls1_2
before version-intolerant
told 'TLS 1.3 is not borne' '' primary=tls.intolerance party=server \
	'message=to TLS 1.2 alone it goes on' 'remedy=--tls-max 1.2'
unbox
stop_peer
for size in 300 260; do
	serve rsa
	before size-intolerant $size
	told "no more than $size bytes" '' primary=tls.intolerance \
		party=network "message=a ClientHello of $size bytes" \
		"message=at one of $((size + 1));"
	unbox
	stop_peer
done
serve rsa
before extension-intolerant
told 'an extension' '' primary=tls.intolerance party=server \
	'message=extensions that it need not know'
unbox
stop_peer
serve rsa
before one-record
told 'a box that reads records' '' primary=tls.intolerance party=network \
	'message=split into several records'
unbox
stop_peer

# A server of Java whose keystore has certificates and no key.
if [ $java != 0 ]; then
	keytool -importcert -noprompt -alias x -file "$work/rsa.pem" -keystore \
		"$work/only.p12" -storetype PKCS12 -storepass changeit \
		2>/dev/null || exit 99
	for version in TLSv1.2 TLSv1.3; do
		java "$top_srcdir/tests/support/ClientAuth.java" \
			"$work/only.p12" "$work/only.p12" changeit $version \
			>"$work/java.log" 2>&1 &
		server=$!
		peers="$peers $server"
		wait_for "$work/java.log" '^port ' "$server" || exit 99
		port=$(sed -n 's/^port //p' "$work/java.log")
		told "Java without a key, $version" '' primary=tls.cipher \
			party=server 'message=its key is missing'
		kill "$server"
		# Its own words for it, of facts that no client sees.
		grep -q -e 'no cipher suites in common' \
			-e 'No available authentication scheme' "$work/java.log"
		tap $? "... as Java has it, $version"
	done
fi

# Whatever is offered.
port=0
# The first may be seen while connecting or behind it, as the kernel has it.
before reset-accept
others=any
told reset-accept '' primary=net.reset party=network
others=0
unbox
before reset-hello
told reset-hello '' primary=net.reset party=network 'message=whatever'
unbox
for kind in close-accept close-hello; do
	before $kind
	told "$kind" '' primary=net.closed party=server 'message=whatever'
	unbox
done
before http
told 'plain HTTP' '' primary=tls.not-tls party=client 'message=HTTP'
unbox
before smtp
others=1 # which listens to the banner
told 'the banner of SMTP' '' primary=tls.not-tls party=client 'message=SMTP'
others=0
unbox
before silent
told 'silence' '--max-time 15' primary=net.timeout party=network \
	'message=whatever'
spent=$((spent - 10000)) # the first handshake's own patience
unbox

# Every alert, to everybody: nothing proves more than the alert says.
while read -r number; do
	before alert "$number"
	told "alert $number to everybody" '' primary=tls.alert party=server \
		"message=alert $number (" 'message=to every ClientHello'
	unbox
done <<ALERTS
$(sed -n 's/^\([0-9][0-9]*\)\t.*/\1/p' "$top_srcdir/lib/data/alerts.tsv")
ALERTS

# RFC 5746.
before no-renegotiation-info
told 'no renegotiation_info' '' severity=tls.renegotiation-info:warning
unbox

# nginx refuses all names but its own.
nginx=$(PATH=$PATH:/usr/sbin:/sbin command -v nginx) || nginx=
if [ -n "$nginx" ]; then
	port=$(python3 -c 'import socket
print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
	cat >"$work/nginx.conf" <<NGINX
daemon off; master_process off; pid $work/nginx.pid;
error_log $work/nginx.log;
events { }
http {
	access_log off;
	client_body_temp_path $work/b; proxy_temp_path $work/p;
	fastcgi_temp_path $work/f; uwsgi_temp_path $work/u;
	scgi_temp_path $work/s;
	server {
		listen 127.0.0.1:$port ssl default_server;
		ssl_reject_handshake on;
	}
	server {
		listen 127.0.0.1:$port ssl;
		server_name own.test;
		ssl_certificate $work/rsa.pem;
		ssl_certificate_key $work/rsa.key;
	}
}
NGINX
	"$nginx" -c "$work/nginx.conf" -e "$work/nginx.log" &
	peer=$!
	peers="$peers $peer"
	wait_for_port || exit 99
	told 'nginx and a name that it does not know' '' primary=tls.sni \
		party=server 'message=not set up for that name'
	stop_peer
else
	tap_skip 'nginx and a name that it does not know' 'no nginx'
fi

# A machine under load is slow; one diagnosis out of all is not.
[ $((spent / asks)) -lt 2000 ]
tap $? "$((spent / asks)) ms for one, in the mean of $asks"
[ "$tap_count" = "$planned" ] || exit 1
