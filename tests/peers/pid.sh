#!/bin/sh
# tests/peers/pid.sh: programs that run, each started in another way: pid:N
# names the store that it uses, and the verdict by it on a real server is what
# the program itself then meets.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
count=0
root=$CERTS/root.pem

# What waits for $work/go, connects to the port that it is given, and says ok
# or fail.
cat >"$work/plain.py" <<'PYTHON'
import os, socket, ssl, sys, time
print('ready', flush=True)
while not os.path.exists(sys.argv[1]): time.sleep(0.02)
try:
    context = ssl.create_default_context()
    with socket.create_connection(('127.0.0.1', int(sys.argv[2]))) as plain:
        context.wrap_socket(plain, server_hostname='localhost').close()
    print('ok', flush=True)
except Exception as why:
    print('fail', why, flush=True)
PYTHON
cat >"$work/package.py" <<'PYTHON'
import os, requests, sys, time
print('ready', flush=True)
while not os.path.exists(sys.argv[1]): time.sleep(0.02)
try:
    requests.get('https://localhost:' + sys.argv[2] + '/')
    print('ok', flush=True)
except Exception as why:
    print('fail', why, flush=True)
PYTHON
cat >"$work/plain.js" <<'NODE'
const fs = require('fs'), tls = require('tls');
console.log('ready');
const wait = setInterval(() => {
	if (!fs.existsSync(process.argv[2])) return;
	clearInterval(wait);
	tls.connect({ port: process.argv[3], host: '127.0.0.1',
		      servername: 'localhost' }, function () {
		console.log('ok');
		this.end();
	}).on('error', (why) => console.log('fail', why.code));
}, 20);
NODE
cat >"$work/Plain.java" <<'JAVA'
import java.io.File;
import javax.net.ssl.*;
public class Plain {
	public static void main(String[] a) throws Exception {
		System.out.println("ready");
		while (!new File(a[0]).exists()) Thread.sleep(20);
		try {
			SSLSocket socket = (SSLSocket) SSLSocketFactory
				.getDefault().createSocket("localhost",
					Integer.parseInt(a[1]));
			SSLParameters how = socket.getSSLParameters();
			how.setEndpointIdentificationAlgorithm("HTTPS");
			socket.setSSLParameters(how);
			socket.startHandshake();
			System.out.println("ok");
		} catch (Exception why) {
			System.out.println("fail " + why);
		}
	}
}
JAVA

skip() {
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

verdict() {
	if [ "$1" = 0 ]; then echo "ok $count - $2"; return; fi
	echo "not ok $count - $2"
	sed 's/^/# /' "$work/said" "$work/log"
}

# launch COMMAND...: in $work, with nothing in its environment but what env(1)
# is told; it runs as $program once it has said that it is ready.
launch() {
	rm -f "$work/go"
	: >"$work/log"
	(cd "$work" && exec env -i HOME="$work" PATH=/usr/bin:/bin "$@" \
		>"$work/log" 2>&1) &
	program=$!
	peers="$peers $program"
	wait_for_long "$work/log" ready "$program"
}

# A JVM that compiles its source first takes its time.
wait_for_long() {
	for _ in 1 2 3 4 5 6; do
		wait_for "$@" && return 0
		kill -0 "$3" 2>/dev/null || return 1
	done
	return 1
}

# finish NAME WANTED WORDS: the program of launch meets WANTED, ok or fail, and
# so does chaincheck, which says WORDS.
finish() {
	count=$((count + 1))
	"$CHAINCHECK" where --pid "$program" "localhost:$port" \
		>"$work/said" 2>&1
	status=$?
	: >"$work/go"
	wait "$program"
	echo "chaincheck: status $status" >>"$work/said"
	wanted=1
	[ "$2" = fail ] || wanted=0
	grep -q "^$2" "$work/log" && [ $status = $wanted ] &&
		tr -s '\n ' '  ' <"$work/said" | grep -q -e "$3"
	verdict $? "$1"
}

# meets NAME WANTED WORDS COMMAND...
meets() {
	name=$1 wanted=$2 words=$3
	shift 3
	if ! launch "$@"; then
		count=$((count + 1))
		: >"$work/said"
		verdict 1 "$name"
		return
	fi
	finish "$name" "$wanted" "$words"
}

# A program itself, and no script that a version manager puts in its place.
real() {
	for candidate in "/usr/bin/$1" "$(command -v "$1")"; do
		[ -x "$candidate" ] && echo "$candidate" && return
	done
}

cp "$root" "$work/ca.pem"
openssl x509 -in "$root" -outform DER -out "$work/ca.der"
mkdir "$work/plain" "$work/hashed"
cp "$root" "$work/plain/ca.pem"
cp "$root" "$work/hashed/$(openssl x509 -in "$root" -noout -hash).0"
broken=$(sed '2s/^./!/' "$CERTS/unrelated-root.pem")
{ cat "$root" && echo "$broken"; } >"$work/behind.pem"
{ echo "$broken" && cat "$root"; } >"$work/before.pem"
{
	printf '%s\n' '-----BEGIN CERTIFICATE-----' AAAA \
		'-----END CERTIFICATE-----'
	cat "$root"
} >"$work/none.pem"
chain_of www intermediate
start_openssl "$top_srcdir/certs/keys/leaf.pem" || exit 99

python_cases() {
	set -- "$python" plain.py "$work/go" "$port"
	meets 'Python: the default' fail 'SSL_CERT_FILE is not set' "$@"
	meets 'Python: SSL_CERT_FILE' ok 'ca.pem is read' \
		SSL_CERT_FILE="$work/ca.pem" "$@"
	meets 'Python: a relative SSL_CERT_FILE' ok 'SSL_CERT_FILE=ca.pem' \
		SSL_CERT_FILE=ca.pem "$@"
	meets 'Python: SSL_CERT_FILE that is not there' fail \
		store.file-missing SSL_CERT_FILE=/nope "$@"
	meets 'Python: SSL_CERT_FILE in DER' fail store.file-ignored \
		SSL_CERT_FILE="$work/ca.der" "$@"
	meets 'Python: a broken block spoils the file' fail 'whole file' \
		SSL_CERT_FILE="$work/behind.pem" "$@"
	meets 'Python: so does one that is no certificate' fail 'whole file' \
		SSL_CERT_FILE="$work/none.pem" "$@"
	meets 'Python: SSL_CERT_DIR without names of hashes' fail \
		'openssl rehash' SSL_CERT_DIR="$work/plain" "$@"
	meets 'Python: SSL_CERT_DIR, the second of two' ok 'hashed of SSL' \
		SSL_CERT_DIR="/nope:$work/hashed" "$@"
	launch SSL_CERT_FILE="$work/ca.pem" "$@"
	sleep 0.1
	cat "$root" >>"$work/ca.pem"
	finish 'Python: a file that changed since' ok store.stale-in-process
}

package_cases() {
	set -- "$python" package.py "$work/go" "$port"
	meets 'requests: the default' fail 'it is requests in it' "$@"
	meets 'requests: REQUESTS_CA_BUNDLE' ok 'REQUESTS_CA_BUNDLE=.*is read' \
		REQUESTS_CA_BUNDLE="$work/ca.pem" "$@"
	meets 'requests: an empty one, and CURL_CA_BUNDLE' ok \
		'CURL_CA_BUNDLE=.*is read' \
		REQUESTS_CA_BUNDLE= CURL_CA_BUNDLE="$work/ca.pem" "$@"
	meets 'requests: a directory' ok 'hashed is read' \
		REQUESTS_CA_BUNDLE="$work/hashed" "$@"
	meets 'requests: one that is not there' fail 'every connection fails' \
		REQUESTS_CA_BUNDLE=/nope "$@"
	meets 'requests: SSL_CERT_FILE' fail store.file-ignored \
		SSL_CERT_FILE="$work/ca.pem" "$@"
}

node_cases() {
	set -- plain.js "$work/go" "$port"
	number=$("$node" -p 'require("tls").rootCertificates.length')
	meets 'Node: the roots that are built in' fail \
		"$number certificates more come from the roots" \
		"$node" --use-bundled-ca "$@"
	meets 'Node: NODE_EXTRA_CA_CERTS' ok 'NODE_EXTRA_CA_CERTS=.*is read' \
		NODE_EXTRA_CA_CERTS="$work/ca.pem" "$node" "$@"
	meets 'Node: NODE_EXTRA_CA_CERTS that is not there' fail \
		store.file-missing NODE_EXTRA_CA_CERTS=/nope "$node" "$@"
	meets 'Node: a broken block behind the certificate' ok \
		'is not read.*store.file-ignored' \
		NODE_EXTRA_CA_CERTS="$work/behind.pem" "$node" "$@"
	meets 'Node: a broken block before the certificate' fail \
		store.file-ignored \
		NODE_EXTRA_CA_CERTS="$work/before.pem" "$node" "$@"
	meets 'Node: no certificate before the certificate' fail \
		store.file-ignored \
		NODE_EXTRA_CA_CERTS="$work/none.pem" "$node" "$@"
	meets 'Node: brackets around the path' fail store.file-missing \
		NODE_EXTRA_CA_CERTS="[\"$work/ca.pem\"]" "$node" "$@"
	meets 'Node: SSL_CERT_FILE and --use-bundled-ca' fail \
		store.file-ignored SSL_CERT_FILE="$work/ca.pem" \
		"$node" --use-bundled-ca "$@"
	# Debian's is built so, and nodejs.org's is not.
	if "$node" -p 'JSON.stringify(process.config)' |
		grep -q NODE_OPENSSL_CERT_STORE; then
		meets 'Node: SSL_CERT_FILE alone' ok \
			'was built to read OpenSSL' \
			SSL_CERT_FILE="$work/ca.pem" "$node" "$@"
	else
		meets 'Node: SSL_CERT_FILE alone' fail store.file-ignored \
			SSL_CERT_FILE="$work/ca.pem" "$node" "$@"
	fi
	meets 'Node: SSL_CERT_FILE with --use-openssl-ca' ok store.override \
		SSL_CERT_FILE="$work/ca.pem" "$node" --use-openssl-ca "$@"
	meets 'Node: the same in NODE_OPTIONS' ok 'given: OpenSSL' \
		NODE_OPTIONS=--use-openssl-ca SSL_CERT_FILE="$work/ca.pem" \
		"$node" "$@"
}

make_keystores() {
	keytool -importcert -noprompt -alias ca -file "$root" -storetype JKS \
		-keystore "$work/ca.jks" -storepass changeit &&
		keytool -importcert -noprompt -alias ca -file "$root" \
			-storetype PKCS12 -keystore "$work/ca.p12" \
			-storepass changeit &&
		openssl pkcs12 -export -nokeys -in "$root" -out \
			"$work/bare.p12" -passout pass:changeit
}

# A JVM finds its home by where its files really are.
copy_home() {
	home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
	cp -rs "$home" "$work/jdk" &&
		for file in bin/java lib/libjli.so lib/libjava.so \
			lib/jvm.cfg lib/server/libjvm.so; do
			rm -f "$work/jdk/$file" &&
				cp -L "$home/$file" "$work/jdk/$file"
		done && cp "$work/ca.jks" "$work/jdk/lib/security/jssecacerts"
}

java_cases() {
	set -- Plain.java "$work/go" "$port"
	store=-Djavax.net.ssl.trustStore
	meets 'Java: cacerts' fail 'lib/security/cacerts is read' java "$@"
	meets 'Java: a trustStore that is not there' fail \
		'cacerts is read' java $store=/nope "$@"
	meets 'Java: MAVEN_OPTS reaches no JVM of its own' fail \
		'cacerts is read' MAVEN_OPTS=$store="$work/ca.jks" java "$@"
	meets 'Java: a trustStore in PEM' fail 'no keystore' \
		java $store="$work/ca.pem" "$@"
	meets 'Java: trustStore=NONE is not cacerts' fail 'nobody is trusted' \
		java $store=NONE "$@"
	if "$CHAINCHECK" verify "$root" --trust "jks:$work/ca.jks" 2>&1 |
		grep -q 'not read yet'; then
		skip 'Java: keystores' 'keystores are not read yet'
		return
	fi
	meets 'Java: trustStore in JKS' ok store.override \
		java $store="$work/ca.jks" "$@"
	cp "$work/ca.jks" "$work/changed.jks"
	launch java $store="$work/changed.jks" "$@"
	sleep 0.1
	keytool -importcert -noprompt -alias again -file \
		"$CERTS/unrelated-root.pem" -keystore "$work/changed.jks" \
		-storepass changeit >"$work/said" 2>&1
	finish 'Java: a keystore that changed since' ok store.stale-in-process
	meets 'Java: the same in JAVA_TOOL_OPTIONS' ok 'in JAVA_TOOL_OPTIONS' \
		JAVA_TOOL_OPTIONS=$store="$work/ca.jks" java "$@"
	meets 'Java: PKCS #12 with its password' ok 'ca.p12 is read' \
		java $store="$work/ca.p12" ${store}Password=changeit "$@"
	meets 'Java: PKCS #12 without a password' fail 'ca.p12' \
		java $store="$work/ca.p12" "$@"
	meets 'Java: PKCS #12 by OpenSSL' fail 'bare.p12' \
		java $store="$work/bare.p12" ${store}Password=changeit "$@"
	if copy_home >"$work/said" 2>&1; then
		meets 'Java: jssecacerts' ok 'replaces cacerts' \
			"$work/jdk/bin/java" "$@"
		meets 'Java: a missing trustStore skips it' fail \
			'security/cacerts is read' \
			"$work/jdk/bin/java" $store=/nope "$@"
	else
		skip 'Java: jssecacerts' 'the JDK cannot be copied'
	fi
}

python=$(real python3) node=$(real node)
if [ -n "$python" ]; then python_cases; else
	skip 'Python' 'python3 is missing'
fi
if [ -n "$python" ] && "$python" -c 'import requests' 2>/dev/null; then
	package_cases
else
	skip 'requests' 'python3-requests is missing'
fi
if [ -n "$node" ]; then node_cases; else skip 'Node' 'nodejs is missing'; fi
if command -v java >/dev/null && make_keystores >"$work/said" 2>&1; then
	java_cases
else
	skip 'Java' 'java or keytool is missing'
fi
echo "1..$count"
