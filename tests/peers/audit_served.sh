#!/bin/sh
# tests/peers/audit_served.sh: bundles with a fault that can be mended. What
# audit --fix writes passes an audit, and nginx and openssl s_server serve it to
# curl, gnutls-cli and a JVM.
set -u
. "$top_srcdir/tests/support/peer.sh"
command -v openssl >/dev/null || {
	echo '1..0 # SKIP no openssl here'
	exit 0
}
support=$top_srcdir/tests/support
case $support in
/*) ;;
*) support=$PWD/$support ;;
esac
PATH=$PATH:/usr/sbin
. "$support/pki.sh"
signed low intermediate '/O=Test/CN=Low' "$ca_extensions"
signed deep low /CN=www "$leaf_extensions"
cd "$work" || exit 99
unset CHAINCHECK_KNOWN
XDG_DATA_HOME=$work
export XDG_DATA_HOME
chmod 600 ./*.key

# --- faults

file() {
	file_to=$1.bundle file_key=$2
	shift 2
	for file_name in "$@"; do
		cat "$file_name.pem"
	done >"$file_to"
	cat "$file_key.key" >>"$file_to"
}
file order www intermediate www
file root-first www root intermediate www
file three deep deep intermediate low
file twice www www intermediate www intermediate
file stranger www www unrelated intermediate
file rooted www www intermediate root
file missing www www
file crossed www www intermediate cross
file everything deep unrelated root low intermediate deep deep not-a-ca
{ printf %s "$(cat www.pem)"; cat intermediate.pem www.key; } >joined.bundle
{ printf '\357\273\277'; cat www.pem intermediate.pem www.key; } >bom.bundle
cat www.pem intermediate.pem www.key | sed 's/^/    /' >indented.bundle
cat www.pem intermediate.pem www.key | tr '\n' '\r' >returned.bundle
{ cat www.pem; sed 's/$/\n/' intermediate.pem; cat www.key; } >hollow.bundle
{ cat www.pem; sed '1s/$/\nX-Note: a\n/' intermediate.pem; cat www.key; } \
	>headed.bundle
{ cat www.pem intermediate.pem; sed '3s/^.../!!!/' unrelated.pem
	cat www.key; } >broken.bundle
chmod 600 ./*.bundle
cases='order root-first three twice stranger rooted missing crossed everything
joined bom indented returned hollow headed broken'

# --- mended

audit() {
	"$CHAINCHECK" audit --for file:root.pem --fail-on warning "$@"
}
for name in $cases; do
	audit "$name.bundle" >"$name.before" 2>&1
	# A root sent along is a note.
	grep -q -e '^  error' -e '^  warning' -e '^  note' "$name.before"
	tap $? "$name has a fault"
	audit --fix -o "$name.out" --untrusted intermediate.pem "$name.bundle" \
		>said 2>&1 && audit "$name.out" >said 2>&1 &&
		grep -q 'nothing found' said
	tap $? "$name is mended, and passes"
	audit --fix --split -o "$name.parts" --untrusted intermediate.pem \
		"$name.bundle" >said 2>&1 &&
		[ "$(grep -c BEGIN "$name.parts/body.pem")" = 1 ] &&
		[ "$(stat -c %a "$name.out")" = 600 ]
	tap $? "$name is split, and its key is its owner's alone"
done

# --- served

serve_by_nginx() {
	cat >nginx.conf <<END
daemon off;
pid $work/nginx.pid;
error_log stderr;
events {}
http {
	access_log off;
	client_body_temp_path $work/nginx.body;
	proxy_temp_path $work/nginx.proxy;
	fastcgi_temp_path $work/nginx.fastcgi;
	uwsgi_temp_path $work/nginx.uwsgi;
	scgi_temp_path $work/nginx.scgi;
END
	ports=
	for name in $cases; do
		port=$(a_port)
		ports="$ports $port"
		echo "server { listen 127.0.0.1:$port ssl;
			ssl_certificate $work/$name.out;
			ssl_certificate_key $work/$name.out;
			location / { return 200 'served'; } }" >>nginx.conf
	done
	echo '}' >>nginx.conf
	nginx -e stderr -c "$work/nginx.conf" >peer.log 2>&1 &
	peer=$!
	peers="$peers $peer"
	for _ in $(seq 100); do
		[ ! -s nginx.pid ] || return 0
		kill -0 "$peer" 2>/dev/null || return 1
		sleep 0.1
	done
	return 1
}

serve_by_openssl() {
	ports=
	for name in $cases; do
		sed -n '/BEGIN.*PRIVATE/,/END.*PRIVATE/p' "$name.out" >first.key
		cp "$name.parts/body.pem" first.pem
		cp "$name.parts/chain.pem" others.pem
		start_openssl "$work/first.key" || return 1
		ports="$ports $port"
	done
}

ask_curl() {
	for port in $ports; do
		curl -sS -m 20 --noproxy '*' --cacert root.pem \
			--resolve "www.example.test:$port:127.0.0.1" \
			"https://www.example.test:$port/" >/dev/null 2>why &&
			why=ok || why=$(cat why)
		echo "$port $why"
	done
}
ask_gnutls() {
	for port in $ports; do
		gnutls-cli --x509cafile root.pem -p "$port" \
			--sni-hostname www.example.test \
			--verify-hostname www.example.test 127.0.0.1 \
			</dev/null >why 2>&1 && why=ok ||
			why=$(grep -i -e status -e error why | head -n 1)
		echo "$port $why"
	done
}
ask_java() {
	# shellcheck disable=SC2086
	java "$support/AskAll.java" root.pem $ports
}

# asked SERVER CLIENT PROGRAM
asked() {
	if ! command -v "$3" >/dev/null; then
		tap_skip "all by $1 to $2" "no $3 here"
		return
	fi
	"ask_$2" >answers 2>&1
	: >said
	grep -v ' ok$' answers >said
	[ "$(wc -l <answers)" = "$(echo $cases | wc -w)" ] ||
		cat answers >>said
	tap_nothing "all by $1 to $2"
}

server() {
	for client in 'curl curl' 'gnutls gnutls-cli' 'java javac'; do
		# shellcheck disable=SC2086
		asked "$1" $client
	done
}
tries=0
if command -v nginx >/dev/null; then
	# A port may be taken by another.
	until serve_by_nginx || [ $((tries += 1)) = 5 ]; do rm -f nginx.pid; done
	server nginx
else
	tap_skip 'nginx serves them' 'no nginx here'
fi
serve_by_openssl || exit 99
server openssl

# The bundle of each as it was: what nginx makes of it, to see that it matters.
if command -v nginx >/dev/null; then
	: >refused
	for name in order root-first joined indented headed; do
		sed -e '/server {/,/} }/d' -e '/^}$/d' nginx.conf >bad.conf
		echo "server { listen 127.0.0.1:1 ssl;
			ssl_certificate $work/$name.bundle;
			ssl_certificate_key $work/$name.bundle; } }" >>bad.conf
		nginx -t -e stderr -c "$work/bad.conf" >said 2>&1
		grep -q -e SSL_CTX -e PEM_ said && echo "$name" >>refused
	done
	[ "$(wc -l <refused)" = 5 ]
	tap $? 'nginx does not start with five of them as they were'
fi
echo "1..$tap_count"
