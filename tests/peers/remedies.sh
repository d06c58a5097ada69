#!/bin/sh
# tests/peers/remedies.sh: what a report says to do is done, to a copy where it
# would change the machine, and asked about again: chaincheck trusts then, and
# so do the programs that are here. A server has a file of its chain, which
# OpenSSL sends as it stands, and clients have their stores.
#
# Every row of remedies.tsv: what is done with it. "here": below; else why not.
# The first line that fits counts.
set -u
command -v openssl >/dev/null && command -v python3 >/dev/null || {
	echo '1..0 # SKIP openssl or python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
CERTS=$work
. "$top_srcdir/tests/support/pki.sh"
PATH=/usr/bin:/bin:$PATH
cd "$work" || exit 99

cat >table <<'TABLE'
chain.intermediate-missing server any here
chain.intermediate-missing server chain here
chain.intermediate-missing server haproxy here
chain.intermediate-missing server tomcat here
chain.intermediate-missing client any here
chain.intermediate-missing server iis no Windows here
chain.intermediate-missing server aws no such account here
chain.intermediate-missing server gcp no such account here
chain.intermediate-missing server azure no such account here
chain.intermediate-missing server * reads the file of "chain" by the same call of OpenSSL; only the line that names it differs
chain.order server any here
chain.order server chain here
chain.duplicate server any here
chain.unrelated server any here
chain.root-sent server any here
chain.issuer-key-mismatch server any here
chain.issuer-key-mismatch client any here
chain.issuer-key-mismatch server * the lines of chain.intermediate-missing, which are tried there
chain.search-limit server any tests/path/test_hostile_graph.c has such chains
cert.expired server any here
cert.expired client any here
cert.expired server * brings the new file of "any" into use
cert.expired client * the package with the CAs comes over the network
cert.not-yet-valid client any here
cert.not-yet-valid server any here
cert.not-a-ca ca any here
cert.not-a-ca server any a CA is made and installed: "trust.anchor-missing"
cert.path-length ca any here
cert.name-constraint ca any here
cert.purpose ca any here
cert.key-usage ca any here
cert.unknown-critical ca any here
cert.weak-key server any here
cert.signature-invalid server any here
cert.weak-signature ca any whether OpenSSL here makes SHA-1 depends on its configuration
cert.malformed ca any what is broken is a matter of bytes: tests/cert
cert.issuer-encoding ca any a warning: other verifiers find no path
cert.key-id-mismatch ca any a warning: other verifiers find no path
cert.policy ca any tests/path/test_policy_graph.c has both sides
cert.revoked server any tests/cli/crl.sh asks of certificates that are not
cert.staple-missing * * tests/peers/clients.sh has such a server
cert.revocation-unknown client any tests/cli/crl.sh brings the CRL
name.mismatch server any here
name.mismatch client any here
name.common-name-only server any here
trust.self-signed-leaf server any here
trust.self-signed-leaf client any here
trust.anchor-missing client debian here
trust.anchor-missing client file here
trust.anchor-missing client dir here
trust.anchor-missing client nss here
trust.anchor-missing client keystore here
trust.anchor-missing client cacerts here
trust.anchor-missing client node here
trust.anchor-missing client python here
trust.anchor-missing client java here
trust.anchor-missing client docker-debian here
trust.anchor-missing client kubernetes no cluster here; the variable it sets is that of "node"
trust.anchor-missing client pkcs11 tests/store/test_read_pkcs11.c marks one in SoftHSM
trust.anchor-missing client pid the file of tests/peers/pid.sh, by the rows "file", "node", "java"
trust.anchor-missing client none names no command
trust.anchor-missing client any a circle of CAs: tests/cases/loop-trusted.case; a root that has ended: its successor is not at hand
trust.anchor-missing server any a circle of CAs: tests/cases/loop.case; a root that has ended: tests/cli/fix.sh
trust.anchor-missing client * another system than this
trust.issuer-unknown client * as trust.anchor-missing, once the certificate is there
trust.anchor-distrusted * * what somebody refused on purpose is not turned here
trust.interception * * whether a box is meant to be there is nothing to test
store.not-marked-trusted client nss tests/cli/nss.sh marks it
store.* * * tests/cli/scenarios.sh and tests/peers/pid.sh mend the store
net.* * * not a certificate's fault
tls.* * * not a certificate's fault
TABLE
: >printed
: >applied

tool="python3 $top_srcdir/tests/support/remedies.py"

cat >serve.py <<'PYTHON'
import socket, ssl, sys
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.set_ciphers('DEFAULT:@SECLEVEL=0')  # a weak key is one of the faults
context.load_cert_chain(*sys.argv[1:])
listener = socket.create_server(('127.0.0.1', 0))
print('port', listener.getsockname()[1], flush=True)
while True:
    plain, _ = listener.accept()
    try:
        plain.settimeout(5)
        with context.wrap_socket(plain, server_side=True) as stream:
            stream.recv(4096)
            stream.sendall(b'HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok')
    except (OSError, ssl.SSLError):
        plain.close()
PYTHON

# serve COMMAND...: on $port, which the command tells.
serve() {
	new_log
	"$@" </dev/null >"$work/peer.log" 2>&1 &
	peer=$!
	peers="$peers $peer"
	wait_for "$work/peer.log" '^port ' "$peer" || {
		sed 's/^/# /' "$work/peer.log"
		exit 99
	}
	port=$(sed -n 's/^port //p' "$work/peer.log")
}

# serve_file CHAIN [KEY]: without a key, the file has it as well.
serve_file() {
	serve python3 "$work/serve.py" "$@"
}

# serve_chain NAME...: these certificates, with the key of the first.
serve_chain() {
	chain_of "$@"
	serve_file "$work/chain.pem" "$work/$1.key"
}

# ask STATUS OPTION...: of the server; the report is report.json.
ask() {
	ask_wanted=$1
	shift
	"$CHAINCHECK" check "localhost:$port" --no-system --format json "$@" \
		>report.json 2>err
	ask_got=$?
	$tool printed report.json >>printed
	[ $ask_got = "$ask_wanted" ] || {
		echo "status $ask_got, not $ask_wanted"
		sed 's/.*"sentence"/"sentence"/' report.json | head -n 9
		cat err
	} >>said
	[ $ask_got = "$ask_wanted" ]
}

# primary CODE: that is what the report acts on.
primary() {
	python3 "$top_srcdir/tests/support/expect.py" report.json \
		"primary=$1" >>said 2>&1
}

# proved CODE PARTY PLACE: the report says that it tried that one.
proved() {
	$tool printed report.json >now
	grep -q "^$1 $2 $3 proved\$" now || {
		echo "$1 $2 $3 is not said to be proved" >>said
		false
	}
}

# done_here CODE PARTY PLACE: it was applied.
done_here() {
	echo "$1 $2 $3" >>applied
}

# The programs that are here, each with a file of anchors.
by_openssl() {
	openssl s_client -connect "127.0.0.1:$port" -servername localhost \
		-verify_hostname localhost -verify_return_error \
		-no-CApath -no-CAstore -CAfile "$1" </dev/null
}
by_curl() {
	curl -s --noproxy '*' --cacert "$1" --capath /nowhere \
		"https://localhost:$port/"
}
by_gnutls() {
	gnutls-cli --x509cafile "$1" -p "$port" localhost </dev/null
}
by_python() {
	SSL_CERT_FILE=$1 SSL_CERT_DIR=/nowhere python3 - "$port" <<'PYTHON'
import socket, ssl, sys
with socket.create_connection(('127.0.0.1', int(sys.argv[1]))) as plain:
    ssl.create_default_context().wrap_socket(
        plain, server_hostname='localhost').close()
PYTHON
}

clients='openssl python'
command -v curl >/dev/null && clients="$clients curl"
command -v gnutls-cli >/dev/null && clients="$clients gnutls"

# trusts YES|NO FILE: every one of them does, or none.
trusts() {
	trusts_ok=0
	for client in $clients; do
		if "by_$client" "$2" >client.log 2>&1; then got=YES; else got=NO; fi
		[ $got = "$1" ] || {
			echo "$client with $2: $got, not $1"
			tail -n 5 client.log
			trusts_ok=1
		} >>said
	done
	return $trusts_ok
}

# case_of NAME, then `end`: what is said in between is shown if it failed.
case_of() {
	case_name=$1 ok=0
	: >said
}
must() {
	"$@" || ok=1
}
end() {
	tap $ok "$case_name"
}

leaf='subjectAltName=DNS:localhost
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
signed here intermediate /CN=here "$leaf"

# --- The server sends too little, or too much.

case_of 'an intermediate is missing: the chain of --fix'
serve_chain here
must ask 1 --cacert root.pem --other intermediate.pem --fix fix
must primary chain.intermediate-missing
must proved chain.intermediate-missing server any
must trusts NO root.pem
stop_peer
serve_file fix/fullchain.pem here.key
must ask 0 --cacert root.pem
must trusts YES root.pem
done_here chain.intermediate-missing server any
end

case_of 'an intermediate is missing: the line that makes the file'
stop_peer
serve_chain here
must ask 1 --cacert root.pem --other intermediate.pem
$tool lines report.json chain.intermediate-missing chain >lines.sh
$tool lines report.json chain.intermediate-missing haproxy |
	sed '/^haproxy/d' >haproxy.sh
$tool lines report.json chain.intermediate-missing tomcat >tomcat.sh
mkdir at-server
cp here.pem at-server/server.crt
cp here.key at-server/server.key
cp intermediate.pem at-server/intermediate.crt
(cd at-server && sh -e ../lines.sh) >>said 2>&1 || ok=1
stop_peer
serve_file at-server/fullchain.pem here.key
must ask 0 --cacert root.pem
must trusts YES root.pem
done_here chain.intermediate-missing server chain
end

case_of 'an intermediate is missing: the line for HAProxy'
(cd at-server && sh -e ../haproxy.sh) >>said 2>&1 || ok=1
stop_peer
serve_file at-server/server.pem
must ask 0 --cacert root.pem
must trusts YES root.pem
done_here chain.intermediate-missing server haproxy
end

cat >Serve.java <<'JAVA'
import java.io.*;
import java.security.KeyStore;
import javax.net.ssl.*;
public class Serve {
	public static void main(String[] a) throws Exception {
		char[] pass = "changeit".toCharArray();
		KeyStore store = KeyStore.getInstance(new File(a[0]), pass);
		KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
		keys.init(store, pass);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		SSLServerSocket listener = (SSLServerSocket) context
			.getServerSocketFactory().createServerSocket(0);
		System.out.println("port " + listener.getLocalPort());
		while (true) {
			try (java.net.Socket s = listener.accept()) {
				s.setSoTimeout(5000);
				s.getInputStream().read(new byte[4096]);
				s.getOutputStream().write(("HTTP/1.0 200 OK\r\n"
					+ "Content-Length: 2\r\n\r\nok").getBytes());
			} catch (IOException e) { }
		}
	}
}
JAVA
cat >Ask.java <<'JAVA'
import javax.net.ssl.*;
public class Ask {
	public static void main(String[] a) throws Exception {
		SSLSocket socket = (SSLSocket) SSLSocketFactory.getDefault()
			.createSocket("localhost", Integer.parseInt(a[0]));
		SSLParameters how = socket.getSSLParameters();
		how.setEndpointIdentificationAlgorithm("HTTPS");
		socket.setSSLParameters(how);
		socket.startHandshake();
	}
}
JAVA
has_java=
command -v java >/dev/null && command -v keytool >/dev/null &&
	java -version 2>&1 | grep -q -E 'version "(1[1-9]|[2-9][0-9])' &&
	has_java=yes

# skip NAME WHY CODE PARTY PLACE: it counts as done where it can be done.
skip() {
	tap_skip "$1" "$2"
	done_here "$3" "$4" "$5"
}

if [ -n "$has_java" ]; then
	case_of 'an intermediate is missing: the line for Tomcat, in a JVM'
	sed 's/ -out keystore/ -passout pass:changeit&/' tomcat.sh >lines.sh
	(cd at-server && sh -e ../lines.sh) >>said 2>&1 || ok=1
	stop_peer
	serve java Serve.java at-server/keystore.p12
	must ask 0 --cacert root.pem
	must trusts YES root.pem
	done_here chain.intermediate-missing server tomcat
	end
else
	skip 'an intermediate is missing: the line for Tomcat, in a JVM' \
		'no JVM' chain.intermediate-missing server tomcat
fi

case_of 'an intermediate is missing: the stop-gap of this client'
stop_peer
serve_chain here
must ask 1 --cacert root.pem --other intermediate.pem
must proved chain.intermediate-missing client any
must ask 0 --cacert root.pem --untrusted intermediate.pem
done_here chain.intermediate-missing client any
end

# sent_wrongly CODE PLACE NAME...: --fix sends it right, and nobody complains.
sent_wrongly() {
	code=$1 place=$2
	shift 2
	case_of "$code: the chain of --fix"
	stop_peer
	serve_chain "$@"
	must ask 0 --cacert root.pem --fix fix
	grep -q "\"code\": *\"$code\"" report.json || ok=1
	must proved "$code" server "$place"
	stop_peer
	serve_file fix/fullchain.pem here.key
	must ask 0 --cacert root.pem
	grep "\"code\": *\"chain" report.json >>said && ok=1
	must trusts YES root.pem
	done_here "$code" server "$place"
	end
}
sent_wrongly chain.order any here unrelated root intermediate
sent_wrongly chain.duplicate any here intermediate here
sent_wrongly chain.unrelated any here unrelated intermediate
sent_wrongly chain.root-sent any here intermediate root

case_of 'chain.order: its line'
stop_peer
serve_chain here root intermediate
must ask 0 --cacert root.pem
$tool lines report.json chain.order chain >lines.sh
rm -f at-server/fullchain.pem
(cd at-server && sh -e ../lines.sh) >>said 2>&1 || ok=1
stop_peer
serve_file at-server/fullchain.pem here.key
must ask 0 --cacert root.pem
grep '"code": *"chain' report.json >>said && ok=1
done_here chain.order server chain
end

# --- The client lacks the root. The server sends it, so that it is at hand.

stop_peer
serve_chain here intermediate root
cp unrelated.pem client.pem

# The certificate of missing-ca.crt, without the comments.
openssl_pem() {
	openssl x509 -in fix/missing-ca.crt -out got.pem
}
# lines_of PLACE [SED-SCRIPT]: run in the folder of --fix.
lines_of() {
	$tool lines report.json trust.anchor-missing "$1" |
		sed -e "${2:-}" >lines.sh
	[ -s lines.sh ] || ok=1
	(cd fix && sh -e ../lines.sh) >>said 2>&1 || ok=1
}

case_of 'a root is missing: the file of --fix is that root'
must ask 1 --cacert client.pem --fix fix
must primary trust.anchor-missing
must openssl_pem
must cmp -s "$work/root.pem" got.pem
must trusts NO client.pem
end

case_of 'a root is missing: appended to the file that the client reads'
must ask 1 --cacert client.pem
must proved trust.anchor-missing client file
cat fix/missing-ca.crt >>client.pem
must ask 0 --cacert client.pem
must trusts YES client.pem
done_here trust.anchor-missing client file
end

case_of 'a root is missing: into the directory that the client reads'
mkdir anchors
cp unrelated.pem anchors/unrelated.crt
openssl rehash anchors
must ask 1 --capath anchors
must proved trust.anchor-missing client dir
cp fix/missing-ca.crt anchors/
openssl rehash anchors 2>>said || ok=1
must ask 0 --capath anchors
openssl s_client -connect "127.0.0.1:$port" -verify_return_error \
	-no-CAfile -no-CAstore -CApath anchors </dev/null >>said 2>&1 || ok=1
done_here trust.anchor-missing client dir
end

# Debian's own tool on a copy. /usr/local and the tool are named anew.
debian_root() {
	rm -rf debian
	mkdir -p debian/local debian/etc debian/shipped debian/hooks
	cp unrelated.pem debian/shipped/unrelated.crt
	echo unrelated.crt >debian/ca-certificates.conf
	sh -c "$update" >>said 2>&1
}
update="/usr/sbin/update-ca-certificates \
--certsconf $work/debian/ca-certificates.conf \
--certsdir $work/debian/shipped --localcertsdir $work/debian/local \
--etccertsdir $work/debian/etc --hooksdir $work/debian/hooks"
on_copy="s|/usr/local/share/ca-certificates|$work/debian/local|
s|^update-ca-certificates|$update|"
dockerfile="/^#/d
s|^COPY|cp|
s|^RUN apt-get.*&& update|RUN update|
s|^RUN ||
$on_copy"
bundle=debian/etc/ca-certificates.crt
"$CHAINCHECK" check "localhost:$port" --format json >report.json 2>err
if [ -x /usr/sbin/update-ca-certificates ] &&
	$tool lines report.json trust.anchor-missing debian >/dev/null; then
	for place in debian docker-debian; do
		case_of "a root is missing: the lines for $place"
		debian_root
		must trusts NO $bundle
		"$CHAINCHECK" check "localhost:$port" --format json \
			>report.json 2>err
		$tool printed report.json >>printed
		must proved trust.anchor-missing client $place
		script=$on_copy
		[ $place = debian ] || script=$dockerfile
		lines_of $place "$script"
		must ask 0 --cacert $bundle
		must trusts YES $bundle
		done_here trust.anchor-missing client $place
		end
	done
else
	for place in debian docker-debian; do
		skip "a root is missing: the lines for $place" 'no Debian' \
			trust.anchor-missing client $place
	done
fi

if command -v certutil >/dev/null; then
	case_of 'a root is missing: the lines for NSS'
	mkdir nss
	certutil -N -d sql:nss --empty-password
	certutil -A -d sql:nss -n unrelated -t C,, -a -i unrelated.pem
	must ask 1 --trust "nss:$work/nss"
	must proved trust.anchor-missing client nss
	lines_of nss 's/NICKNAME/missing/'
	must ask 0 --trust "nss:$work/nss"
	certutil -V -n missing -u L -d sql:nss >>said 2>&1 || ok=1
	done_here trust.anchor-missing client nss
	end
else
	skip 'a root is missing: the lines for NSS' 'no certutil' \
		trust.anchor-missing client nss
fi

# What keytool asks is answered; "-noprompt" stands for the comparison.
quiet_keytool='s/^keytool -importcert/& -noprompt/'
java_asks() {
	java "-Djavax.net.ssl.trustStore=$1" \
		-Djavax.net.ssl.trustStorePassword=changeit Ask.java "$port" \
		>>client.log 2>&1
}
new_keystore() {
	keytool -importcert -noprompt -alias one -file unrelated.pem \
		-keystore "$1" -storetype "$2" -storepass changeit >>said 2>&1
}

# keytool_lines NAME PLACE KEYSTORE SPEC [SED-SCRIPT]
keytool_lines() {
	case_of "$1"
	must ask 1 --trust "$4"
	must proved trust.anchor-missing client "$2"
	java_asks "$3" && ok=1
	lines_of "$2" "$quiet_keytool
${5:-}"
	must ask 0 --trust "$4"
	java_asks "$3" || {
		tail -n 5 client.log >>said
		ok=1
	}
	done_here trust.anchor-missing client "$2"
	end
}
if [ -n "$has_java" ]; then
	password='/importcert/s/$/ -storepass changeit/'
	new_keystore client.jks JKS
	keytool_lines 'a root is missing: the lines for a JKS' keystore \
		client.jks "jks:$work/client.jks" "$password"
	new_keystore client.p12 PKCS12
	keytool_lines 'a root is missing: the lines for a PKCS #12' keystore \
		client.p12 "p12:$work/client.p12" "$password"
	home=$(java -XshowSettings:properties -version 2>&1 |
		sed -n 's/^ *java.home = //p')
	for jdk in jdk jdk2; do
		mkdir -p $jdk/lib/security
		cp "$home/lib/security/cacerts" $jdk/lib/security/
		chmod u+w $jdk/lib/security/cacerts
	done
	keytool_lines "a root is missing: the lines for a JVM's own store" \
		cacerts jdk/lib/security/cacerts "java:$work/jdk"
	keytool_lines "a root is missing: the lines for keytool's own JVM" \
		java jdk2/lib/security/cacerts "java:$work/jdk2" \
		"s|-cacerts|-keystore $work/jdk2/lib/security/cacerts|"
else
	for place in keystore cacerts java; do
		skip "a root is missing: the lines for $place" 'no JVM' \
			trust.anchor-missing client $place
	done
fi

cat >ask.js <<'NODE'
require('tls').connect({ port: process.argv[2], host: '127.0.0.1',
			 servername: 'localhost' }, () => process.exit(0))
	.on('error', () => process.exit(1));
NODE
if command -v node >/dev/null; then
	case_of 'a root is missing: the lines for Node.js'
	must ask 1 --cacert unrelated.pem
	must proved trust.anchor-missing client node
	node ask.js "$port" && ok=1
	$tool lines report.json trust.anchor-missing node >lines.sh
	echo "node ../ask.js $port" >>lines.sh
	(cd fix && sh -e ../lines.sh) >>said 2>&1 || ok=1
	done_here trust.anchor-missing client node
	end
else
	skip 'a root is missing: the lines for Node.js' 'no node' \
		trust.anchor-missing client node
fi

if python3 -m certifi >/dev/null 2>&1 &&
	python3 -c 'import requests' 2>/dev/null; then
	case_of 'a root is missing: the lines for Python'
	echo "import requests; requests.get('https://localhost:$port/')" \
		>ask.py
	must ask 1 --cacert unrelated.pem
	must proved trust.anchor-missing client python
	python3 ask.py 2>/dev/null && ok=1
	$tool lines report.json trust.anchor-missing python >lines.sh
	echo 'python3 ../ask.py' >>lines.sh
	(cd fix && sh -e ../lines.sh) >>said 2>&1 || ok=1
	must ask 0 --cacert fix/with-missing-ca.crt
	rm -f fix/with-missing-ca.crt
	done_here trust.anchor-missing client python
	end
else
	skip 'a root is missing: the lines for Python' 'no requests' \
		trust.anchor-missing client python
fi

# --- Certificates that have to be others.

# signed_anew TO FROM ISSUER SUBJECT EXTENSIONS: with the key of FROM.
signed_anew() {
	cp "$2.key" "$1.key"
	printf '%s\n' "$5" >"$1.ext"
	openssl req -new -key "$1.key" -subj "$4" |
		openssl x509 -req -days 300 -extfile "$1.ext" -CA "$3.pem" \
			-CAkey "$3.key" -out "$1.pem" 2>/dev/null
}

# turned NAME CODE PARTY "BEFORE" "AFTER" [OPTION...]: the server has the one
# chain, then the other.
turned() {
	turned_code=$2 turned_party=$3 before=$4 after=$5
	case_of "$1"
	shift 5
	stop_peer
	# shellcheck disable=SC2086
	serve_chain $before
	must ask 1 --cacert root.pem "$@"
	must primary "$turned_code"
	stop_peer
	# shellcheck disable=SC2086
	serve_chain $after
	must ask 0 --cacert root.pem "$@"
	must trusts YES root.pem
	done_here "$turned_code" "$turned_party" any
	end
}

# dated NAME SUBJECT FROM UNTIL OPTION...: of `openssl ca`, which takes dates.
cat >dated.cnf <<'CNF'
[ca]
default_ca = c
[c]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = p
unique_subject = no
[p]
organizationName = optional
commonName = supplied
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[leaf]
subjectAltName = DNS:localhost
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
CNF
: >index
echo 01 >serial
dated() {
	dated_name=$1 dated_subject=$2 from=$3 until=$4
	shift 4
	[ -f "$dated_name.key" ] || make_key "$dated_name"
	openssl req -new -key "$dated_name.key" -subj "$dated_subject" \
		-out "$dated_name.csr" &&
		openssl ca -batch -config dated.cnf -notext -startdate "$from" \
			-enddate "$until" -in "$dated_name.csr" \
			-out "$dated_name.pem" "$@" 2>ca.log || exit 99
}

dated old /CN=here 20200101000000Z 20210101000000Z -extensions leaf \
	-cert intermediate.pem -keyfile intermediate.key
dated young /CN=here 20900101000000Z 20910101000000Z -extensions leaf \
	-cert intermediate.pem -keyfile intermediate.key
turned 'a certificate of times to come: the previous one' cert.not-yet-valid \
	server 'young intermediate' 'here intermediate'
signed_anew renewed old intermediate /CN=here "$leaf"
turned 'an expired certificate is renewed' cert.expired server \
	'old intermediate' 'renewed intermediate'
signed below-old expired-ca /CN=here "$leaf"
signed_anew renewed-ca expired-ca root '/O=Test/CN=Expired CA' "$ca_extensions"
turned 'an expired intermediate is renewed' cert.expired server \
	'below-old expired-ca' 'below-old renewed-ca'
signed below-no-ca not-a-ca /CN=here "$leaf"
turned 'no CA: issued again by one' cert.not-a-ca ca \
	'below-no-ca not-a-ca' 'here intermediate'
signed below-deep too-deep /CN=here "$leaf"
signed_anew longer short root /CN=Short "$ca_extensions"
turned 'a path too long: a longer path length' cert.path-length ca \
	'below-deep too-deep short' 'below-deep too-deep longer'
signed in-corp corp /CN=here "$leaf"
turned 'a name constraint: by a CA without it' cert.name-constraint ca \
	'in-corp corp' 'here intermediate'
signed for-clients intermediate /CN=here 'subjectAltName=DNS:localhost
extendedKeyUsage=clientAuth
authorityKeyIdentifier=keyid'
turned 'another usage: issued again for servers' cert.purpose ca \
	'for-clients intermediate' 'here intermediate'
signed no-sign root '/O=Test/CN=No Sign' 'basicConstraints=critical,CA:TRUE
keyUsage=critical,digitalSignature
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
signed below-no-sign no-sign /CN=here "$leaf"
signed_anew may-sign no-sign root '/O=Test/CN=No Sign' "$ca_extensions"
turned 'a CA that may not sign: issued again' cert.key-usage ca \
	'below-no-sign no-sign' 'below-no-sign may-sign'
signed odd intermediate /CN=here "$leaf
1.2.3.4=critical,ASN1:NULL"
turned 'an unknown critical extension: issued again' cert.unknown-critical ca \
	'odd intermediate' 'here intermediate'
signed elsewhere intermediate /CN=here 'subjectAltName=DNS:other.test
extendedKeyUsage=serverAuth
authorityKeyIdentifier=keyid'
turned 'another name: issued again with it' name.mismatch server \
	'elsewhere intermediate' 'here intermediate'
signed bare intermediate /CN=localhost 'extendedKeyUsage=serverAuth
authorityKeyIdentifier=keyid'
turned 'a Common Name alone: issued again' name.common-name-only server \
	'bare intermediate' 'here intermediate'
self_signed alone /CN=localhost -addext basicConstraints=critical,CA:FALSE \
	-addext subjectAltName=DNS:localhost
turned 'self-signed: issued by a CA' trust.self-signed-leaf server \
	'alone' 'here intermediate'
signed wrong root '/O=Test/CN=Test Intermediate' "$ca_extensions"
turned 'another key: the issuer that signed' chain.issuer-key-mismatch server \
	'here wrong' 'here intermediate'
openssl x509 -in here.pem -outform DER -out broken.der
last=$(tail -c 1 broken.der | od -An -tu1)
printf "\\$(printf %03o $((255 - last)))" | dd of=broken.der bs=1 conv=notrunc \
	seek=$(($(wc -c <broken.der) - 1)) 2>/dev/null
openssl x509 -inform DER -in broken.der -out broken.pem
cp here.key broken.key
turned 'a broken signature: an undamaged copy' cert.signature-invalid server \
	'broken intermediate' 'here intermediate'
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 \
	-out short-key.key 2>/dev/null
signed_anew weak short-key intermediate /CN=here "$leaf"
turned 'a weak key: issued for another one' cert.weak-key server \
	'weak intermediate' 'here intermediate'

# --- Clients that have the wrong thing, or ask for it.

case_of 'another key: the root that the CA has now'
must ask 1 --cacert root-other-key.pem
must primary chain.issuer-key-mismatch
must trusts NO root-other-key.pem
must ask 0 --cacert root.pem
must trusts YES root.pem
done_here chain.issuer-key-mismatch client any
end

case_of 'a root that has expired: its successor'
cp root.key dead.key
dated dead "$root" 20200101000000Z 20210101000000Z -extensions root \
	-selfsign -keyfile dead.key
dated lasting-ca '/O=Test/CN=Lasting CA' 20200101000000Z 20900101000000Z \
	-extensions root -cert dead.pem -keyfile dead.key
dated lasting /CN=here 20200101000000Z 20900101000000Z -extensions leaf \
	-cert lasting-ca.pem -keyfile lasting-ca.key
stop_peer
serve_chain lasting lasting-ca
must ask 1 --cacert dead.pem
must primary cert.expired
must proved cert.expired client any
must trusts NO dead.pem
must ask 0 --cacert root.pem
must trusts YES root.pem
done_here cert.expired client any
end

case_of 'a clock that is late'
must ask 1 --cacert root.pem --attime -2d
must primary cert.not-yet-valid
must proved cert.not-yet-valid client any
must ask 0 --cacert root.pem
done_here cert.not-yet-valid client any
end

case_of 'another name: one that the certificate has'
stop_peer
serve_chain elsewhere intermediate
must ask 1 --cacert root.pem
must primary name.mismatch
must ask 0 --cacert root.pem --verify-hostname other.test
curl -s --noproxy '*' --cacert root.pem --resolve "other.test:$port:127.0.0.1" \
	"https://other.test:$port/" >>said 2>&1 || ! command -v curl >/dev/null ||
	ok=1
done_here name.mismatch client any
end

case_of 'self-signed: the pin, as a stop-gap'
stop_peer
serve_chain alone
must ask 1 --cacert root.pem
must proved trust.self-signed-leaf client any
must trusts NO root.pem
must ask 0 --cacert alone.pem
must trusts YES alone.pem
done_here trust.self-signed-leaf client any
end

$tool account table "$top_srcdir/lib/data/remedies.tsv" printed applied >said
tap $? 'every remedy there is has been applied, or the table says why not'
echo "1..$tap_count"
