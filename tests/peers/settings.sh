#!/bin/sh
# tests/peers/settings.sh: programs that take their trust store from a file of
# settings, caught while they wait for a server: pid:N names what they read, and
# the verdict by it is what they meet when the server answers.
set -u
for tool in openssl python3; do
	command -v "$tool" >/dev/null || {
		echo "1..0 # SKIP $tool is missing"
		exit 0
	}
done
. "$top_srcdir/tests/support/peer.sh"
count=0
home=$work/home
mkdir "$home" "$work/hashed"
ca=$work/ca.pem other=$CERTS/unrelated-root.pem
key=$top_srcdir/certs/keys/leaf.pem
cp "$CERTS/root.pem" "$ca"
cp "$ca" "$work/hashed/$(openssl x509 -in "$ca" -noout -hash).0"

skip() {
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

# begin [postgres]: a server that waits, on $slow; a home with nothing in it.
begin() {
	rm -rf "$home" "$work/go"
	mkdir "$home"
	: >"$work/slow.log"
	python3 "$top_srcdir/tests/support/slow_peer.py" "$work/go" \
		"$work/chain.pem" "$key" "$@" >"$work/slow.log" 2>&1 &
	slow_peer=$!
	peers="$peers $slow_peer"
	wait_for "$work/slow.log" port "$slow_peer"
	slow=$(sed -n 's/^port //p' "$work/slow.log")
	url=https://localhost:$slow
}

# below PID NAME: the process of that name, which PID started or one of its.
below() {
	for child in $(grep -ls "^PPid:[[:space:]]*$1\$" \
		/proc/[0-9]*/status); do
		child=${child#/proc/}
		child=${child%/status}
		case $(cat "/proc/$child/comm" 2>/dev/null) in
		$2) echo "$child" && return ;;
		esac
		below "$child" "$2" && return
	done
	return 1
}

# ask COMMAND...: it runs until it has met the server. Looked at is what it
# starts by the name $asker, where there is one, $as a library of it.
asker= as=
ask() {
	(cd "$home" && exec env -i HOME="$home" PATH=/usr/bin:/bin "$@" \
		</dev/null >"$work/log" 2>&1) &
	program=$!
	peers="$peers $program"
	wait_for "$work/slow.log" met "$slow_peer" || return 1
	child=$program
	[ -z "$asker" ] || child=$(below "$program" "$asker")
	"$CHAINCHECK" where --pid "$child$as" "localhost:$port" \
		>"$work/said" 2>&1
	status=$?
	: >"$work/go"
	wait "$slow_peer"
	kill "$program" 2>/dev/null
	wait "$program" 2>/dev/null
	echo "chaincheck: status $status" >>"$work/said"
}

# judge STATUS WANTED NAME WORDS
judge() {
	count=$((count + 1))
	if grep -q "^$2" "$work/slow.log" && [ "$status" = "$1" ] &&
		tr -s '\n ' '  ' <"$work/said" | grep -q -e "$4"; then
		echo "ok $count - $3"
		return
	fi
	echo "not ok $count - $3"
	sed 's/^/# /' "$work/said" "$work/log" "$work/slow.log"
}

# meets NAME WANTED WORDS COMMAND...: ok or fail, both of them.
meets() {
	name=$1 wanted=$2 words=$3 status=none
	shift 3
	ask "$@"
	[ "$wanted" = ok ] && judge 0 ok "$name" "$words" ||
		judge 1 fail "$name" "$words"
}

# careless NAME WORDS COMMAND...: it connects to whom its store does not trust.
careless() {
	name=$1 words=$2 status=none
	shift 2
	ask "$@"
	judge 1 ok "$name" "$words.*store.verification-off"
}

curl_cases() {
	asker=
	begin
	meets 'curl: the default' fail 'cacert is not given' \
		curl -s "$url"
	begin
	echo "cacert = \"$ca\"" >"$home/.curlrc"
	meets 'curl: .curlrc' ok 'ca.pem in .*/.curlrc is read' \
		curl -s "$url"
	begin
	echo "cacert $ca" >"$home/.curlrc"
	meets 'curl: .curlrc, and -q' fail 'cacert is not given' \
		curl -q -s "$url"
	begin
	echo "--cacert $ca" >"$home/.curlrc"
	meets 'curl: the command line comes before .curlrc' fail \
		'unrelated-root.pem is read' curl -s --cacert "$other" "$url"
	begin
	echo "cacert=$other" >"$home/.curlrc"
	meets 'curl: .curlrc comes before a variable' fail \
		'in .*/.curlrc is read' CURL_CA_BUNDLE="$ca" curl -s "$url"
	begin
	mkdir "$home/x"
	echo insecure >"$home/x/.curlrc"
	careless 'curl: insecure in .curlrc' 'x/.curlrc is given' \
		XDG_CONFIG_HOME="$home/x" curl -s "$url"
	begin
	careless 'curl: -sSk' '-k is given' curl -sSk "$url"
}

git_cases() {
	asker='git-remote-http*'
	set -- git ls-remote
	begin
	meets 'git: the default' fail 'http.sslCAInfo is not set' \
		"$@" "$url/x"
	begin
	cp "$ca" "$home/ca.pem"
	printf '[http]\n\tsslcainfo = ~/ca.pem # ours\n' >"$home/.gitconfig"
	meets 'git: http.sslCAInfo' ok '.gitconfig is read' "$@" "$url/x"
	begin
	printf '[http]\nsslCAInfo=%s\n[http "%s/x"]\nsslCAInfo=%s\n' \
		"$other" "$url" "$ca" >"$home/.gitconfig"
	meets 'git: of this URL' ok 'ca.pem in' "$@" "$url/x"
	begin
	printf '[http "%s/y"]\nsslCAInfo=%s\n[http]\nsslCAInfo=%s\n' \
		"$url" "$ca" "$other" >"$home/.gitconfig"
	meets 'git: of another URL' fail 'unrelated-root.pem in' \
		"$@" "$url/x"
	begin
	openssl x509 -in "$ca" -addtrust serverAuth -out "$work/trusted.pem"
	cat "$other" >>"$work/trusted.pem"
	meets 'git: a TRUSTED CERTIFICATE is none for GnuTLS' fail \
		store.type-mismatch GIT_SSL_CAINFO="$work/trusted.pem" \
		"$@" "$url/x"
	begin
	printf '[http]\nsslCAInfo=%s\n' "$other" >"$home/.gitconfig"
	meets 'git: the variable comes first' ok 'GIT_SSL_CAINFO=.*is read' \
		GIT_SSL_CAINFO="$ca" "$@" "$url/x"
	begin
	printf '[http]\nsslCAInfo=%s\n' "$other" >"$home/.gitconfig"
	meets 'git: -c' ok 'in GIT_CONFIG_PARAMETERS is read' \
		git -c http.sslCAInfo="$ca" ls-remote "$url/x"
	begin
	printf '[http]\nsslVerify=No\n' >"$home/.gitconfig"
	careless 'git: http.sslVerify' 'http.sslVerify=No in' "$@" "$url/x"
	begin
	careless 'git: GIT_SSL_NO_VERIFY' 'GIT_SSL_NO_VERIFY=1 is given' \
		GIT_SSL_NO_VERIFY=1 "$@" "$url/x"
}

pip_cases() {
	asker=
	set -- /usr/bin/python3 -m pip --retries 0 download --no-deps \
		--disable-pip-version-check nothing --index-url
	begin
	mkdir -p "$home/.config/pip"
	printf '[global]\ncert = %s\n' "$ca" >"$home/.config/pip/pip.conf"
	meets 'pip: pip.conf' ok 'global.cert=.*pip/pip.conf is read' \
		"$@" "$url"
	begin
	printf '[global]\n  cert: %s\n' "$other" >"$home/p.conf"
	meets 'pip: PIP_CERT comes before pip.conf' ok 'PIP_CERT=.*is read' \
		PIP_CONFIG_FILE="$home/p.conf" PIP_CERT="$ca" "$@" "$url"
	begin
	meets 'pip: REQUESTS_CA_BUNDLE' ok 'REQUESTS_CA_BUNDLE=.*is read' \
		PIP_CONFIG_FILE=/dev/null REQUESTS_CA_BUNDLE="$ca" "$@" "$url"
	begin
	meets 'pip: REQUESTS_CA_BUNDLE comes before --cert' fail \
		'REQUESTS_CA_BUNDLE=.*is read' PIP_CONFIG_FILE=/dev/null \
		REQUESTS_CA_BUNDLE="$other" "$@" "$url" --cert "$ca"
	begin
	meets 'pip: --cert' ok 'cert .*ca.pem is read' \
		PIP_CONFIG_FILE=/dev/null "$@" "$url" --cert "$ca"
	begin
	careless 'pip: --trusted-host' 'trusted-host localhost is given' \
		PIP_CONFIG_FILE=/dev/null "$@" "$url" \
		--trusted-host localhost
}

# pip builds what it installs in an environment that another pip fills.
pip_child_cases() {
	asker='python3*'
	mkdir "$work/sdist"
	printf '[build-system]\nrequires = ["nothing"]\n' \
		>"$work/sdist/pyproject.toml"
	set -- /usr/bin/python3 -m pip install "$work/sdist" --target \
		"$work/target" --retries 0 --disable-pip-version-check \
		--index-url
	begin
	meets 'pip: a child is without the --cert of its parent' fail \
		'cert is not given' \
		PIP_CONFIG_FILE=/dev/null "$@" "$url" --cert "$ca"
	begin
	meets 'pip: a child has the PIP_CERT of its parent' ok \
		'PIP_CERT=.*is read' \
		PIP_CONFIG_FILE=/dev/null PIP_CERT="$ca" "$@" "$url"
}

ldap_cases() {
	asker=
	begin
	set -- ldapsearch -x -H
	meets 'ldapsearch: the default' fail 'LDAPTLS_CACERT is not set' \
		"$@" "ldaps://127.0.0.1:$slow"
	begin
	echo "TLS_CACERT $ca" >"$home/.ldaprc"
	meets 'ldapsearch: TLS_CACERT' ok 'TLS_CACERT=.*.ldaprc is read' \
		"$@" "ldaps://127.0.0.1:$slow"
	begin
	printf 'tls_cacert %s\nTLS_CACERTDIR %s\n' "$other" "$work/hashed" \
		>"$home/ldaprc"
	meets 'ldapsearch: TLS_CACERTDIR' ok 'hashed in ldaprc is read' \
		"$@" "ldaps://127.0.0.1:$slow"
	begin
	echo "TLS_CACERT $ca" >"$home/.ldaprc"
	meets 'ldapsearch: LDAPTLS_CACERT comes first' fail \
		'LDAPTLS_CACERT=.*is read' LDAPTLS_CACERT="$other" \
		"$@" "ldaps://127.0.0.1:$slow"
	begin
	echo "TLS_CACERT $ca" >"$home/.ldaprc"
	meets 'ldapsearch: LDAPNOINIT' fail 'neither files nor variables' \
		LDAPNOINIT=1 LDAPTLS_CACERT="$ca" \
		"$@" "ldaps://127.0.0.1:$slow"
	begin
	echo 'TLS_REQCERT Never' >"$home/rc"
	careless 'ldapsearch: TLS_REQCERT never' 'TLS_REQCERT=Never in' \
		LDAPCONF="$home/rc" "$@" "ldaps://127.0.0.1:$slow"
	begin
	echo 'TLS_REQCERT never' >"$home/.ldaprc"
	meets 'ldapsearch: LDAPTLS_REQCERT comes first' fail \
		'LDAPTLS_REQCERT=demand is given' LDAPTLS_REQCERT=demand \
		"$@" "ldaps://127.0.0.1:$slow"
}

psql_cases() {
	asker=
	# Debian's psql is a script that chooses one of these.
	psql=$(ls -d /usr/lib/postgresql/*/bin/psql 2>/dev/null | tail -n 1)
	[ -n "$psql" ] || psql=psql
	begin postgres
	careless 'psql: no root.crt, and nothing is verified' \
		'prefer where nobody gives another' \
		"$psql" "host=localhost port=$slow user=u"
	begin postgres
	mkdir "$home/.postgresql"
	cp "$ca" "$home/.postgresql/root.crt"
	meets 'psql: root.crt' ok 'postgresql/root.crt is read' "$psql" \
		"host=localhost port=$slow user=u sslmode=verify-full"
	begin postgres
	mkdir "$home/.postgresql"
	cp "$other" "$home/.postgresql/root.crt"
	meets 'psql: root.crt makes require verify' fail \
		'postgresql/root.crt is read' PGSSLMODE=require "$psql" \
		"host=localhost port=$slow user=u"
	begin postgres
	careless 'psql: require without root.crt' 'below verify-ca' \
		PGSSLMODE=require "$psql" "host=localhost port=$slow user=u"
	begin postgres
	meets 'psql: PGSSLROOTCERT' ok 'PGSSLROOTCERT=.*is read' \
		PGSSLROOTCERT="$ca" "$psql" \
		"postgresql://u@localhost:$slow/?sslmode=verify-ca"
	begin postgres
	meets 'psql: sslrootcert comes first' fail 'sslrootcert=.*is read' \
		PGSSLROOTCERT="$ca" PGSSLMODE=verify-ca "$psql" \
		"host=localhost port=$slow user=u sslrootcert=$other"
	begin postgres
	meets 'psql: verify-full without root.crt' fail \
		'root.crt does not exist' PGSSLMODE=verify-full "$psql" \
		"host=localhost port=$slow user=u"
}

php_cases() {
	asker=
	php=$(readlink -f "$(command -v php)")
	code="file_get_contents('https://localhost:' . getenv('TO'));"
	begin
	meets 'PHP: the default is what OpenSSL has' ok \
		'SSL_CERT_FILE=.*is read' TO="$slow" SSL_CERT_FILE="$ca" \
		"$php" -r "$code"
	begin
	echo "openssl.cafile = \"$ca\" ; ours" >"$home/php.ini"
	meets 'PHP: openssl.cafile' ok 'openssl.cafile=.*php.ini is read' \
		TO="$slow" PHPRC="$home" "$php" -r "$code"
	begin
	echo "openssl.cafile=$other" >"$home/php.ini"
	meets 'PHP: openssl.cafile comes before SSL_CERT_FILE' fail \
		'php.ini is read' TO="$slow" SSL_CERT_FILE="$ca" \
		PHPRC="$home" "$php" -r "$code"
	begin
	echo "openssl.cafile=$other" >"$home/php.ini"
	meets 'PHP: -d' ok 'openssl.cafile=.*ca.pem is read' TO="$slow" \
		PHPRC="$home" "$php" -d "openssl.cafile=$ca" -r "$code"
	begin
	echo "openssl.capath=$work/hashed" >"$home/php.ini"
	meets 'PHP: openssl.capath' ok 'openssl.capath=.*is read' \
		TO="$slow" PHPRC="$home" "$php" -r "$code"
	if ! php -m | grep -q '^curl$'; then
		skip 'PHP: curl' 'php-curl is missing'
		return
	fi
	as=/php-curl
	code="curl_exec(curl_init('https://localhost:' . getenv('TO')));"
	begin
	printf 'openssl.cafile=%s\ncurl.cainfo=%s\n' "$ca" "$other" \
		>"$home/php.ini"
	meets 'PHP: curl takes openssl.cafile first' ok \
		'openssl.cafile=.*is read' TO="$slow" PHPRC="$home" \
		"$php" -r "$code"
	begin
	echo "curl.cainfo=$ca" >"$home/php.ini"
	meets 'PHP: curl.cainfo' ok 'curl.cainfo=.*is read' TO="$slow" \
		PHPRC="$home" "$php" -r "$code"
	as=
}

chain_of www intermediate
start_openssl "$key" || exit 99
# cases NAME TOOL: those of the function, where the tool is there.
cases() {
	if command -v "$2" >/dev/null; then "$1_cases"; else
		skip "$1" "$2 is missing"
	fi
}
cases curl curl
cases git git
if /usr/bin/python3 -c 'import pip' 2>/dev/null; then
	pip_cases
	pip_child_cases
else
	skip pip 'python3-pip is missing'
fi
cases ldap ldapsearch
cases psql psql
cases php php
echo "1..$count"
