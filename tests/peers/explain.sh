#!/bin/sh
# tests/peers/explain.sh: what clients print when they meet a real server that
# is at fault, as `explain` has it.
set -u
command -v openssl >/dev/null && command -v python3 >/dev/null || {
	echo '1..0 # SKIP openssl or python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/schema.sh"
CERTS=$work
. "$top_srcdir/tests/support/pki.sh"

cat >"$work/ask.py" <<'EOF'
import socket, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[2])
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as plain:
    context.wrap_socket(plain, server_hostname="www.example.test")
EOF
cat >"$work/Ask.java" <<'EOF'
import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.*;
public class Ask {
	public static void main(String[] args) throws Exception {
		KeyStore store = KeyStore.getInstance("JKS");
		store.load(null, null);
		store.setCertificateEntry("a", CertificateFactory.getInstance("X.509")
			.generateCertificate(new FileInputStream(args[1])));
		TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
		trust.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		SSLSocket socket = (SSLSocket)context.getSocketFactory()
			.createSocket("127.0.0.1", Integer.parseInt(args[0]));
		SSLParameters how = socket.getSSLParameters();
		how.setEndpointIdentificationAlgorithm("HTTPS");
		how.setServerNames(java.util.List.of(
			new SNIHostName("www.example.test")));
		socket.setSSLParameters(how);
		socket.startHandshake();
	}
}
EOF
cat >"$work/ask.js" <<'EOF'
const tls = require('tls'), fs = require('fs');
tls.connect({ host: '127.0.0.1', port: +process.argv[2],
	ca: fs.readFileSync(process.argv[3]), servername: 'www.example.test' })
	.on('error', e => { console.error(e); process.exit(1); })
	.on('secureConnect', () => process.exit(0));
EOF

signed other-name intermediate /CN=www 'subjectAltName=DNS:other.test
authorityKeyIdentifier=keyid'

# Each client asks www.example.test on $port and trusts $1 alone.
by_curl() {
	curl -sS -m 10 --cacert "$1" --resolve "www.example.test:$port:127.0.0.1" \
		"https://www.example.test:$port/"
}
by_openssl() {
	openssl s_client -connect "127.0.0.1:$port" -CAfile "$1" \
		-servername www.example.test -verify_return_error \
		-verify_hostname www.example.test -no-CApath -no-CAstore \
		</dev/null
}
by_gnutls_cli() {
	gnutls-cli --x509cafile "$1" -p "$port" --sni-hostname www.example.test \
		--verify-hostname www.example.test 127.0.0.1 </dev/null
}
by_python3() {
	python3 "$work/ask.py" "$port" "$1"
}
by_java() {
	java "$work/Ask.java" "$port" "$1"
}
by_node() {
	node "$work/ask.js" "$port" "$1"
}
by_wget() {
	wget -t 1 -T 10 -O - --ca-certificate="$1" \
		"https://localhost:$port/"
}
CLIENTS='curl openssl gnutls-cli python3 java node wget'

# all NAME STORE CODE [BUT...]: every client fails, and explain says CODE; a
# client behind BUT tells no more than that it was refused, or succeeds.
all() {
	name=$1 store=$work/$2.pem code=$3
	shift 3
	for client in $CLIENTS; do
		case " $* " in *" $client "*) continue ;; esac
		command -v "$client" >/dev/null || {
			tap_skip "$name, $client" 'it is not installed'
			continue
		}
		"by_$(echo "$client" | tr - _)" "$store" >"$work/words" 2>&1
		"$CHAINCHECK" explain - <"$work/words" >"$work/said" 2>&1
		[ $? = 0 ] && grep -q "^  $code\$" "$work/said"
		good=$?
		[ $good = 0 ] || cat "$work/words" >>"$work/said"
		tap $good "$name, $client"
	done
}

served() {
	chain_of "$@"
	start_openssl "$work/$1.key" || exit 99
}

echo 1..57
served www
all 'a missing intermediate' root chain.intermediate-missing
stop_peer
served www intermediate
all 'a missing root' unrelated trust.anchor-missing
stop_peer
served self-signed
# curl, Java and the others have one text for this and for an unknown issuer.
all 'self-signed' root trust.self-signed-leaf gnutls-cli java wget
stop_peer
served expired intermediate
all 'expired' root cert.expired
stop_peer
served other-name intermediate
all 'another name' root name.mismatch java
stop_peer

served below-too-deep too-deep short
# GnuTLS knows no word for it.
all 'a path too long' root cert.path-length gnutls-cli wget
stop_peer
# A server's log, of a client that speaks no TLS.
served www intermediate
curl -s -m 5 "http://127.0.0.1:$port/" >/dev/null 2>&1
"$CHAINCHECK" explain - <"$work/peer.log" >"$work/said" 2>&1
grep -q 'A client spoke plain HTTP' "$work/said"
tap $? "a server's log of plain HTTP"
stop_peer

python3 -u -m http.server --bind 127.0.0.1 0 >"$work/http.log" 2>&1 &
peers="$peers $!"
wait_for "$work/http.log" 'port [0-9]' $! || exit 99
port=$(sed -n 's/.*port \([0-9]*\).*/\1/p' "$work/http.log" | head -n 1)
all 'plain HTTP' root tls.not-tls
stop_peer 2>/dev/null

served www
printf 'GET https://127.0.0.1:%s/\nPKIX path building failed\n' "$port" |
	"$CHAINCHECK" explain - >"$work/said"
grep -q "chaincheck check --trust java 127.0.0.1:$port$" "$work/said"
tap $? 'the host is found'
tap_run 'and asked, where it is named' 1 'NOT TRUSTED' \
	"$CHAINCHECK" explain 'PKIX path building failed' "127.0.0.1:$port"
tap_run 'which of its meanings is so' 1 'Of these meanings, this one is so of' \
	"$CHAINCHECK" explain 'unable to get local issuer certificate' \
	"127.0.0.1:$port" --cacert "$work/root.pem" --no-system \
	--verify-hostname www.example.test
grep -A1 'this one is so of' "$work/said" | grep -q chain.intermediate-missing
tap $? 'the one that openssl cannot tell from a missing root'
tap_run 'or none, where it is mended' 0 'None of these is what is found' \
	"$CHAINCHECK" explain 'PKIX path building failed' \
	"127.0.0.1:$port" --cacert "$work/root.pem" --no-system \
	--untrusted "$work/intermediate.pem" \
	--verify-hostname www.example.test
"$CHAINCHECK" explain 'PKIX path building failed' "127.0.0.1:$port" \
	--format jsonl --cacert "$work/root.pem" --no-system >"$work/both"
head -n 1 "$work/both" >"$work/meanings"
tail -n +2 "$work/both" >"$work/report"
valid 'as JSON, the meanings' explain.schema.json "$work/meanings"
valid 'and the report behind them' report.schema.json "$work/report"
"$CHAINCHECK" explain 'PKIX path building failed' --format json \
	>"$work/alone"
valid 'or the meanings alone' explain.schema.json "$work/alone"
tap_run 'a page is no JSON' 2 'text alone' "$CHAINCHECK" explain cert.expired \
	--format json
tap_run 'not against all stores at once' 2 'against one client' \
	"$CHAINCHECK" explain 'PKIX path building failed' 127.0.0.1 --trust all
tap_run 'a text of which nothing is known' 3 'Nothing of this' \
	"$CHAINCHECK" explain 'all is well'
tap_run 'what was meant for a code' 2 'no such code' "$CHAINCHECK" explain no.code
tap_run 'a code and no code' 2 'no such code' \
	"$CHAINCHECK" explain cert.expired no.code
