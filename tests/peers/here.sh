#!/bin/sh
# tests/peers/here.sh: what `handshake --client here` says that Java, OpenSSL
# and GnuTLS of this machine would offer is what they send, with settings of
# many kinds; and where it says that nothing is sent, nothing is.
set -u
command -v python3 >/dev/null || {
	echo '1..0 # SKIP python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
CERTS=$work
. "$top_srcdir/tests/support/pki.sh"
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS OPENSSL_CONF \
	GNUTLS_SYSTEM_PRIORITY_FILE

python3 "$top_srcdir/tests/support/read_hello.py" 0 >"$work/hellos" &
peers="$peers $!"
wait_for "$work/hellos" port $!
port=$(sed -n 's/^port //p' "$work/hellos")

cat >"$work/same.py" <<'END'
import json, sys

lines = open(sys.argv[1], encoding="utf-8").read().splitlines()
lines = [line for line in lines if not line.startswith("fault ")]
sent = dict(line.split(" ", 1) for line in lines if " " in line)
client = json.load(open(sys.argv[2], encoding="utf-8"))["clients"][0]
if client["stops"] or not lines:
    if bool(client["stops"]) != (not lines):
        print("stops:", client["stops"], "sent:", lines)
    sys.exit()
for member in ("suites", "groups", "signatures", "signatures_cert", "versions",
               "key_shares"):
    real = [word.split(":")[0] for word in sent.get(member, "").split(",")]
    said = ["%04x" % item["number"] for item in client[member]]
    if member == "versions" and not sent.get(member):
        real, said = [sent["version"]], said[:1]
    if (real if real != [""] else []) != said:
        print(member, "sent", real, "said", said)
END

# same NAME CLIENT COMMAND...: with what is in the environment.
same() {
	name=$1 client=$2
	shift 2
	before=$(wc -l <"$work/hellos")
	timeout 60 "$@" </dev/null >"$work/ran" 2>&1
	sleep 0.1
	tail -n +$((before + 1)) "$work/hellos" >"$work/hello"
	"$CHAINCHECK" handshake --client "here:$client" --format json \
		>"$work/here.json" 2>"$work/said"
	[ $? -le 1 ] && python3 "$work/same.py" "$work/hello" \
		"$work/here.json" >>"$work/said" 2>&1
	tap_nothing "$client: $name"
}

# java OPTION...: with the lines of java.security in $lines, where there are.
lines=
java() {
	set -- "$@" ${lines:+-Djava.security.properties=$work/extra}
	printf '%s\n' "$lines" >"$work/extra"
	JAVA_TOOL_OPTIONS=$*
	export JAVA_TOOL_OPTIONS
	same "$* $lines" java "$java_program" -cp "$work" TlsClient \
		"$work/root.pem" www.example.test "$port"
	unset JAVA_TOOL_OPTIONS
}
disabled() {
	lines="jdk.tls.disabledAlgorithms=$1"
	java
	lines=
}

openssl_with() {
	printf 'openssl_conf=a\n[a]\nssl_conf=b\n[b]\nsystem_default=c\n[c]\n' \
		>"$work/openssl.cnf"
	printf '%b\n' "$1" >>"$work/openssl.cnf"
	OPENSSL_CONF=$work/openssl.cnf
	export OPENSSL_CONF
	same "$1" openssl openssl s_client -connect "127.0.0.1:$port"
	unset OPENSSL_CONF
}

gnutls_with() {
	printf '%b\n' "$1" >"$work/gnutls.conf"
	GNUTLS_SYSTEM_PRIORITY_FILE=$work/gnutls.conf
	export GNUTLS_SYSTEM_PRIORITY_FILE
	same "$1" gnutls gnutls-cli --insecure -p "$port" 127.0.0.1
	unset GNUTLS_SYSTEM_PRIORITY_FILE
}

java_program=$(command -v java || echo)
if [ -n "$java_program" ] && command -v javac >/dev/null &&
	javac -d "$work" "$top_srcdir/tests/support/TlsClient.java" \
		2>"$work/said"; then
	java -Da=b
	java -Djdk.tls.client.protocols=TLSv1.2
	java -Djdk.tls.client.protocols=TLSv1.3
	java -Djdk.tls.client.protocols=TLSv1
	java -Djdk.tls.namedGroups=secp384r1,ffdhe2048
	java -Djdk.tls.client.SignatureSchemes=rsa_pkcs1_sha256,ed25519
	suites=TLS_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_CBC_SHA
	java -Djdk.tls.client.cipherSuites=$suites
	java -Djsse.enableFFDHE=false
	disabled ''
	disabled 'SSLv3, TLSv1.3, TLS_RSA_*, DH, EC keySize < 384'
	disabled 'TLSv1.2, SHA1, ECDSA'
	disabled 'DH keySize < 4096, SHA256, AES_128_CBC'
	disabled 'rsa_pkcs1_sha1 usage HandshakeSignature, ecdsa_sha1, x25519'
	disabled 'HmacSHA1, CBC, ChaCha20-Poly1305, XDH'
	lines='jdk.certpath.disabledAlgorithms=RSA, SHA384'
	java
	lines=
else
	tap_skip 'what Java sends' 'no java or javac'
fi

if openssl version 2>/dev/null | grep -q '^OpenSSL 3\.0\.'; then
	same 'as it is installed' openssl openssl s_client \
		-connect "127.0.0.1:$port"
	openssl_with 'MinProtocol=TLSv1.2\nCipherString=DEFAULT@SECLEVEL=1'
	openssl_with 'MaxProtocol=TLSv1.2\nCipherString=HIGH:!aNULL:!MD5'
	openssl_with 'CipherString=@SECLEVEL=3:kEECDH:kRSA:kEDH:!aDSS:-SHA384'
	openssl_with 'CipherString=ALL:COMPLEMENTOFALL:@SECLEVEL=0'
	openssl_with 'CipherString=DEFAULT@SECLEVEL=4'
	openssl_with 'Ciphersuites=TLS_AES_128_CCM_SHA256\nMinProtocol=TLSv1.3'
	openssl_with 'Ciphersuites='
	openssl_with 'Groups=P-384:X25519:ffdhe3072:brainpoolP256r1'
	openssl_with 'Curves=prime256v1:nonsense'
	openssl_with 'SignatureAlgorithms=RSA+SHA256:PSS+SHA384:ed25519'
	openssl_with 'Protocol=ALL,-TLSv1.3,-TLSv1.1'
	openssl_with 'MinProtocol=bogus\nMaxProtocol=TLSv1.1'
	openssl_with 'CipherString=AES128-SHA:NOSUCH:ECDHE+AESGCM'
else
	tap_skip 'what OpenSSL sends' 'no OpenSSL 3.0'
fi

if command -v gnutls-cli >/dev/null; then
	same 'as it is installed' gnutls gnutls-cli --insecure -p "$port" \
		127.0.0.1
	gnutls_with '[overrides]\ndisabled-version = tls1.0'
	gnutls_with '[overrides]\ntls-disabled-cipher = aes-128-cbc\n
tls-disabled-mac = sha1\ntls-disabled-kx = RSA'
	gnutls_with '[overrides]\ntls-disabled-group = GROUP-X25519\n
insecure-hash = sha1\ninsecure-sig = rsa-sha384'
	gnutls_with '[overrides]\ndefault-priority-string = SECURE256'
	gnutls_with '[overrides]\ndefault-priority-string = NONSENSE'
else
	tap_skip 'what GnuTLS sends' 'no gnutls-cli'
fi
echo "1..$tap_count"
