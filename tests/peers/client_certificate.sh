#!/bin/sh
# tests/peers/client_certificate.sh: servers that ask for a client certificate,
# in TLS 1.2 and 1.3: none, the right one, and each kind of wrong one. The alert
# is the one that openssl s_client gets with the same certificate.
set -u
command -v openssl >/dev/null && command -v python3 >/dev/null || {
	echo '1..0 # SKIP openssl or python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/schema.sh"
CERTS=$work
. "$top_srcdir/tests/support/pki.sh"
cd "$work" || exit 99

for_clients='extendedKeyUsage=clientAuth
authorityKeyIdentifier=keyid'
signed alice intermediate /CN=alice "$for_clients"
signed direct root /CN=direct "$for_clients"
signed stranger unrelated /CN=stranger "$for_clients"
signed past intermediate /CN=past "$for_clients" -1
signed server-only intermediate /CN=server-only 'extendedKeyUsage=serverAuth'
make_rsa() {
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 \
		-out "$work/$1.key" 2>/dev/null
}
(
	make_key() { make_rsa "$1"; }
	signed rsa intermediate /CN=rsa "$for_clients"
)
for name in alice past server-only rsa; do
	cat "$name.pem" intermediate.pem >"$name-chain.pem"
done
openssl pkcs8 -topk8 -in alice.key -passout pass:secret -out sealed.key
openssl ec -in alice.key -aes128 -passout pass:secret -out old.key 2>/dev/null
openssl pkcs12 -export -in alice.pem -inkey alice.key \
	-certfile intermediate.pem -passout pass:secret -out alice.p12
cat alice-chain.pem alice.key >one-file.pem

# ask STATUS OPTION...: a handshake with $port; the whole probe is shown.
ask() {
	ask_wanted=$1
	shift
	"$CHAINCHECK" handshake "127.0.0.1:$port" --format json "$@" >asked \
		2>said
	ask_got=$?
	cat asked >>said
	echo "status $ask_got" >>said
	[ $ask_got = "$ask_wanted" ]
}

# whole EXPRESSION: of the probe that offers all, as `p`.
whole() {
	json asked "(lambda p: $1)(d['probes'][0])"
}

# The alert that OpenSSL's client gets, which sends what it is given; None.
by_openssl() {
	printf 'GET / HTTP/1.0\r\n\r\n' |
		timeout 20 openssl s_client -connect "127.0.0.1:$port" \
			-ign_eof "$@" 2>&1 |
		sed -n 's/.*SSL alert number \([0-9]*\).*/\1/p' >alert
	[ -s alert ] || echo None >alert
	cat alert
}

# refused NAME ALERT CHAIN KEY AGAINST: the server sends that alert, to both;
# and that is what speaks against it.
refused() {
	ask 1 --cert "$3" --key "$4" &&
		[ "$(whole "p['received_alert']['number']")" = "$2" ] &&
		[ "$(by_openssl -cert "$3" -key "$4" -cert_chain "$3")" = \
			"$2" ] &&
		whole "p['client_certificates'][0]['against']" |
			grep -q -e "$5"
	tap $? "$1"
}

# accepted NAME OPTION...
accepted() {
	accepted_name=$1
	shift
	ask 0 "$@" &&
		[ "$(whole "p['client_certificates'][0]['sent']")" = True ] &&
		[ "$(whole "p['client_certificates'][0]['against']")" = None ]
	tap $? "$accepted_name"
}

serve() {
	start_openssl server.key -CAfile root.pem -Verify 3 \
		-verify_return_error "$@" || exit 99
}

# says WORDS OPTION...: the report of check has them.
says() {
	words=$1
	shift
	"$CHAINCHECK" check "127.0.0.1:$port" --no-system --cacert root.pem \
		--verify-hostname www.example.test --resolve "x:1:127.0.0.1" \
		"$@" >text 2>said
	status=$?
	cat text >>said
	tr '\n' ' ' <text | tr -s ' ' | grep -q -e "$words" && [ $status = 0 ]
}

# all VERSION NONE LATE: one server of that version; the alert without one.
all() {
	version=$1 none=$2 late=$3
	serve "-$version"
	ask 1 && [ "$(whole "p['received_alert']['number']")" = "$none" ] &&
		[ "$(by_openssl)" = "$none" ] &&
		[ "$(whole "p['code']")" = tls.client-certificate ]
	tap $? "$version: none"
	[ "$(whole "p['client_certificate_request']['issuers']")" = \
		"['CN=Test Root,O=Test']" ]
	tap $? "$version: the list of CAs"
	# What OpenSSL's client was told.
	openssl s_client -connect "127.0.0.1:$port" </dev/null 2>&1 |
		grep -A1 '^Acceptable client' | grep -q 'CN = Test Root'
	tap $? "$version: as OpenSSL has it"
	says "the server asked for a client certificate issued by «Test Root» \
and got none: it ended the handshake with the alert [a-z_]* ($none)$late "
	tap $? "$version: none, in a sentence"
	valid "$version: the schema" handshake.schema.json asked
	accepted "$version: the right one" --cert alice-chain.pem \
		--key alice.key
	[ "$(by_openssl -cert alice.pem -key alice.key -cert_chain \
		intermediate.pem)" = None ]
	tap $? "$version: which OpenSSL's client may use as well"
	accepted "$version: an RSA key" --cert rsa-chain.pem --key rsa.key
	accepted "$version: PKCS #12" --cert alice.p12 --pass pass:secret
	accepted "$version: one file" -E one-file.pem
	accepted "$version: PKCS #8, encrypted" -E alice-chain.pem \
		--key sealed.key --pass pass:secret
	accepted "$version: the older form, encrypted" -E alice-chain.pem \
		--key old.key --pass pass:secret
	says 'and did not refuse «alice»' -E one-file.pem
	tap $? "$version: in a sentence"
	refused "$version: another CA" 48 stranger.pem stranger.key \
		'from «Unrelated», which is not listed'
	says "and refused «stranger» with the alert unknown_ca (48)$late: it \
is from «Unrelated», which is not listed" -E stranger.pem --key stranger.key
	tap $? "$version: another CA, in a sentence"
	refused "$version: without the intermediate" 48 alice.pem alice.key \
		'its certificate must be sent as well'
	refused "$version: expired" 45 past-chain.pem past.key 'it expired on'
	refused "$version: for servers" 43 server-only-chain.pem \
		server-only.key 'serverAuth, lacks clientAuth'
	ask 1 --cert alice-chain.pem --key rsa.key &&
		[ "$(whole "p['client_certificates'][0]['sent']")" = False ] &&
		whole "p['client_certificates'][0]['against']" |
			grep -q 'key belongs to another certificate' &&
		[ "$(whole "p['received_alert']['number']")" = "$none" ]
	tap $? "$version: a key of another certificate is not used"
	ask 0 -E stranger.pem --key stranger.key -E alice.p12 \
		-E direct.pem --key direct.key --pass pass:secret &&
		[ "$(whole "[c['sent'] for c in p['client_certificates']]")" = \
			'[False, True, False]' ]
	tap $? "$version: of several the first that fits"
	stop_peer
}

echo 1..87
cp www.key server.key
chain_of www intermediate
all tls1_2 40 ''
all tls1_3 116 ', reported after the handshake, as TLS 1.3 does'

# Only keys of one kind, and only signatures of one kind, are wanted.
serve -tls1_2 -client_sigalgs ECDSA+SHA256
ask 1 -E rsa-chain.pem --key rsa.key &&
	[ "$(whole "p['client_certificates'][0]['sent']")" = False ] &&
	whole "p['client_certificates'][0]['against']" |
		grep -q 'takes no signature that an RSA key makes'
tap $? 'a key that signs in no wanted way is not used'
accepted 'one that does is' -E alice-chain.pem --key alice.key
stop_peer
serve -tls1_3 -client_sigalgs RSA-PSS+SHA256:ECDSA+SHA384
ask 1 -E alice-chain.pem --key alice.key &&
	whole "p['client_certificates'][0]['against']" |
		grep -q 'takes no signature that a key of this curve makes'
tap $? 'in TLS 1.3 a curve goes with its hash'
stop_peer

# A server that asks and goes on.
start_openssl server.key -CAfile root.pem -verify 3 || exit 99
ask 0 && says 'asked for a client certificate issued by «Test Root», and we'\
'nt on without one'
tap $? 'asked for, and not needed'
stop_peer
start_openssl server.key || exit 99
ask 0 -E one-file.pem &&
	[ "$(whole "p['client_certificate_request']")" = None ] &&
	says 'did not ask for a client certificate, and none was sent' \
		-E one-file.pem
tap $? 'not asked for'

# What is no certificate, no key, or takes a password.
complains() {
	name=$1 wanted=$2 words=$3
	shift 3
	timeout 20 "$CHAINCHECK" handshake "127.0.0.1:$port" "$@" >said 2>&1
	[ $? = "$wanted" ] && grep -q -e "$words" said &&
		! grep -q -e secret said
	tap $? "$name"
}
head -c 300 alice.p12 >cut.p12
sed '4s/./*/' alice-chain.pem >damaged.pem
sed '3d' alice.key >damaged.key
mkfifo fifo
: >empty
head -c 2000000 /dev/zero >zeros
for _ in $(seq 33); do cat intermediate.pem; done >many.pem
openssl pkcs12 -export -nokeys -in alice.pem -passout pass:secret \
	-out nokey.p12
complains 'half a PKCS #12 file' 3 'nor a PKCS #12 file' -E cut.p12 \
	--pass pass:secret
complains 'a PKCS #12 file with another password' 3 'does not fit' \
	-E alice.p12 --pass pass:other
complains 'and with none' 3 'needed.*--pass' -E alice.p12
complains 'a PKCS #12 file without a key' 3 'no certificate with its priva' \
	-E nokey.p12 --pass pass:secret
complains 'a damaged certificate' 3 'damaged.pem:1: the certificate is dama' \
	-E damaged.pem --key alice.key
complains 'a damaged key' 3 'private key cannot be read' -E alice.pem \
	--key damaged.key
complains 'a key with another password' 3 'does not fit' -E alice.pem \
	--key sealed.key --pass pass:other
complains 'and with none' 3 'needed.*--pass' -E alice.pem --key sealed.key
complains 'an older key with another password' 3 'does not fit' \
	-E alice.pem --key old.key --pass pass:other
complains 'a FIFO' 3 'not a regular file' -E fifo
complains 'a FIFO as the key' 3 'not a regular file' -E alice.pem --key fifo
complains 'nothing' 3 'the file is empty' -E empty
complains 'zeros' 3 'has 2000000 bytes' -E zeros
complains 'a bundle' 3 'more than 32 certificates' -E many.pem
complains 'a certificate without its key' 3 'no private key in it' \
	-E alice.pem
complains 'a key without its certificate' 2 'without a --cert' --key alice.key
stop_peer

module=$(ls /usr/lib/softhsm/libsofthsm2.so /usr/lib64/pkcs11/libsofthsm2.so \
	/usr/lib64/softhsm/libsofthsm2.so 2>/dev/null | head -n 1)
if [ -n "$module" ] && command -v softhsm2-util >/dev/null &&
	command -v p11tool >/dev/null; then
	mkdir tokens
	printf 'directories.tokendir = %s/tokens\nobjectstore.backend = file\n' \
		"$work" >softhsm.conf
	SOFTHSM2_CONF=$work/softhsm.conf
	export SOFTHSM2_CONF
	softhsm2-util --init-token --free --label lab --pin 1234 \
		--so-pin 567890 >/dev/null
	openssl pkcs8 -topk8 -nocrypt -in alice.key -out alice.p8
	softhsm2-util --import alice.p8 --token lab --label alice --id a1 \
		--pin 1234 >/dev/null
	for name in alice intermediate; do
		GNUTLS_PIN=1234 p11tool --provider "$module" --login --write \
			--batch --load-certificate "$name.pem" \
			--label "$name" pkcs11:token=lab >/dev/null 2>&1
	done
	set -- --module "$module"
	for version in tls1_2 tls1_3; do
		serve "-$version"
		accepted "$version: a token, its intermediate too" "$@" \
			-E 'pkcs11:token=lab;object=alice;type=cert' \
			--pass pass:1234
		accepted "$version: the key alone on a token" "$@" \
			-E alice-chain.pem \
			--key 'pkcs11:token=lab;object=alice' --pass pass:1234
		stop_peer
	done
	start_openssl server.key || exit 99
	complains 'a wrong PIN' 3 'PIN is wrong; it was tried once' "$@" \
		-E 'pkcs11:token=lab;object=alice' --pass pass:4321
	complains 'no PIN' 3 'wants a PIN.*--pass' "$@" \
		-E 'pkcs11:token=lab;object=alice'
	complains 'nothing of this name' 3 'no certificate of this URI' "$@" \
		-E 'pkcs11:token=lab;object=nobody' --pass pass:1234
	stop_peer
else
	for name in 'tls1_2: a token' 'tls1_2: a key' 'tls1_3: a token' \
		'tls1_3: a key' 'a wrong PIN' 'no PIN' 'no such object'; do
		tap_skip "$name" 'no SoftHSM or p11tool'
	done
fi

# Other servers: the same alert as OpenSSL's client gets, whichever it is.
# like_openssl NAME STATUS [CHAIN KEY]
like_openssl() {
	name=$1 wanted=$2
	shift 2
	if [ $# = 0 ]; then
		ask "$wanted" && by_openssl >/dev/null
	else
		ask "$wanted" -E "$1" --key "$2" &&
			by_openssl -cert "$1" -key "$2" -cert_chain "$1" \
				>/dev/null
	fi && [ "$(whole "(p['received_alert'] or {}).get('number')")" = \
		"$(cat alert)" ]
	good=$?
	echo "OpenSSL: $(cat alert)" >>said
	tap $good "$name"
}

# like_all SERVER: with none, the right one and two wrong ones.
like_all() {
	like_openssl "$1: none" 1
	like_openssl "$1: the right one" 0 alice-chain.pem alice.key
	like_openssl "$1: another CA" 1 stranger.pem stranger.key
	like_openssl "$1: expired" 1 past-chain.pem past.key
}

cat www.pem intermediate.pem >chain.pem
if command -v gnutls-serv >/dev/null; then
	for version in 1.2 1.3; do
		for _ in 1 2 3; do
			port=$(a_port)
			new_log
			gnutls-serv --port "$port" --http \
				--require-client-cert --verify-client-cert \
				--x509cafile root.pem --x509keyfile server.key \
				--x509certfile chain.pem --priority \
				"NORMAL:-VERS-ALL:+VERS-TLS$version" \
				</dev/null >peer.log 2>&1 &
			peer=$!
			peers="$peers $peer"
			wait_for peer.log 'IPv4.*done' "$peer" && break
		done
		like_all "gnutls-serv, $version"
		stop_peer
	done
else
	for _ in 1 2 3 4 5 6 7 8; do
		tap_skip 'GnuTLS as the server' 'no gnutls-serv'
	done
fi

if command -v java >/dev/null && command -v keytool >/dev/null; then
	openssl pkcs12 -export -in www.pem -inkey server.key \
		-certfile intermediate.pem -passout pass:changeit -out keys.p12
	keytool -importcert -noprompt -alias root -file root.pem \
		-keystore trust.p12 -storetype PKCS12 -storepass changeit \
		>/dev/null 2>&1
	for version in 1.2 1.3; do
		new_log
		java "$top_srcdir/tests/support/ClientAuth.java" keys.p12 \
			trust.p12 changeit "TLSv$version" >peer.log 2>&1 &
		peer=$!
		peers="$peers $peer"
		wait_for peer.log '^port' "$peer" || exit 99
		port=$(sed -n 's/^port //p' peer.log)
		like_all "Java, $version"
		stop_peer
	done
else
	for _ in 1 2 3 4 5 6 7 8; do
		tap_skip 'Java as the server' 'no java or keytool'
	done
fi

# nginx shakes hands with everybody, and refuses in HTTP.
PATH=$PATH:/usr/sbin
if command -v nginx >/dev/null && command -v curl >/dev/null; then
	mkdir www
	for _ in 1 2 3; do
		port=$(a_port)
		cat >nginx.conf <<NGINX
daemon off; master_process off; pid $work/nginx.pid;
error_log $work/nginx.log info;
events { }
http {
	access_log off;
	client_body_temp_path $work/www; proxy_temp_path $work/www;
	fastcgi_temp_path $work/www; uwsgi_temp_path $work/www;
	scgi_temp_path $work/www;
	server {
		listen 127.0.0.1:$port ssl;
		ssl_certificate $work/chain.pem;
		ssl_certificate_key $work/server.key;
		ssl_client_certificate $work/root.pem;
		ssl_verify_client on;
		ssl_verify_depth 3;
		root $work/www;
	}
}
NGINX
		nginx -c "$work/nginx.conf" -p "$work" >peer.log 2>&1 &
		peer=$!
		peers="$peers $peer"
		for _ in $(seq 100); do
			curl -s -k "https://127.0.0.1:$port/" >page && break
			kill -0 "$peer" 2>/dev/null || break
			sleep 0.1
		done
		[ ! -s page ] || break
	done
	ask 0 && grep -q 'No required SSL certificate was sent' page &&
		says 'by «Test Root», and went on without one'
	tap $? 'nginx takes none, and says so in HTTP'
	accepted 'nginx: the right one' -E one-file.pem
	curl -s --cacert root.pem --resolve "www.example.test:$port:127.0.0.1" \
		--cert alice-chain.pem --key alice.key -o page -w '%{http_code}' \
		"https://www.example.test:$port/" >code
	grep -q '40[34]' code && ! grep -q 'SSL certificate' page
	tap $? 'which curl may use as well'
	stop_peer
else
	for _ in 1 2 3; do
		tap_skip 'nginx as the server' 'no nginx or curl'
	done
fi
