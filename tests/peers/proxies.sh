#!/bin/sh
# tests/peers/proxies.sh: through tinyproxy (HTTP CONNECT) and danted (SOCKS),
# where they are here, to openssl s_server: the same chain as without; and what
# is said, and who acts, where the proxy makes no connection.
set -u
for tool in python3 openssl setsid; do
	command -v "$tool" >/dev/null || {
		echo "1..0 # SKIP $tool is missing"
		exit 0
	}
done
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/daemons.sh"
chmod 755 "$work"
chain_of www intermediate
# What the environment says of proxies is not ours.
https_proxy=http://127.0.0.1:1 http_proxy=$https_proxy ALL_PROXY=$https_proxy
no_proxy=127.0.0.1
export https_proxy http_proxy ALL_PROXY no_proxy
start_openssl "$top_srcdir/certs/keys/leaf.pem" || exit 99
server=127.0.0.1:$port

# ask HOST ARGUMENT...
ask() {
	host=$1
	shift
	"$CHAINCHECK" check "$host" --no-system --cacert "$CERTS/root.pem" \
		--verify-hostname www.example.test --max-time 8 \
		--format json "$@" >"$work/report.json" 2>"$work/said"
	status=$?
}

# is NAME STATUS WORDS FIELD...: of the last report.
is() {
	name=$1 wanted=$2 words=$3
	shift 3
	python3 "$top_srcdir/tests/support/expect.py" "$work/report.json" \
		"$@" >>"$work/said" 2>&1 &&
		grep -q -e "$words" "$work/report.json" &&
		[ "$status" = "$wanted" ]
	ok=$?
	[ $ok = 0 ] || {
		echo "status $status"
		cat "$work/report.json"
	} >>"$work/said"
	tap $ok "$name"
}

# through NAME URL ARGUMENT...
through() {
	name=$1 url=$2
	shift 2
	ask "$server" --proxy "$url" "$@"
	is "$name" 0 www.example.test verdict=trusted
}

# fails NAME PARTY WORDS HOST ARGUMENT...
fails() {
	name=$1 party=$2 words=$3
	shift 3
	ask "$@"
	is "$name" 3 "$words" verdict=undecided primary=net.proxy \
		"party=$party"
}

# skipped COUNT NAME: what start_NAME could not be started for.
skipped() {
	for _ in $(seq "$1"); do
		if [ "$why" ]; then
			tap_skip "$2" "$why"
		else
			cp "$work/daemon.log" "$work/said"
			tap 1 "$2 does not start"
		fi
	done
}

nobody=127.0.0.1:$(a_port)
ask "$server"
is 'without a proxy, whatever the environment says' 0 . verdict=trusted
fails 'a proxy that is not there' client 'does not answer' "$server" \
	-x "http://$nobody"
fails 'a SOCKS proxy that is not there' client 'does not answer' "$server" \
	-x "socks5h://$nobody"
fails 'a proxy without address' client 'has no address' "$server" \
	-x http://no-such.invalid
cp "$top_srcdir/certs/keys/leaf.pem" "$work/key.pem"
fake smtp
fails 'an SMTP server is no SOCKS proxy' client 'does not speak this version' \
	"$server" -x "socks5h://127.0.0.1:$port"

if start tinyproxy; then
	proxy=127.0.0.1:$port
	through 'HTTP CONNECT' "http://$proxy"
	through 'HTTP CONNECT, where no scheme is said' "$proxy"
	fails 'HTTP CONNECT to where nobody listens' network \
		'to CONNECT: it could not connect' "$nobody" -x "$proxy"
	"$CHAINCHECK" handshake "$server" -x "$proxy" >"$work/said" 2>&1 &&
		grep -q "through  *the proxy $proxy" "$work/said"
	tap $? 'the handshake says through which proxy it goes'
else
	skipped 4 tinyproxy
fi
if start tinyproxy 'BasicAuth joe secret7'; then
	proxy=127.0.0.1:$port
	fails 'CONNECT answered 407' client 'answered 407 to CONNECT' \
		"$server" -x "$proxy"
	fails 'a wrong password' client . "$server" -x "$proxy" -U joe:wrong
	! grep -q -e wrong -e joe "$work/report.json"
	tap $? '... which is not printed'
	through 'name and password' "$proxy" --proxy-user joe:secret7
	through 'name and password in the URL' "joe:secret7@$proxy"
	for client in curl python3; do
		case $client in
		curl) curl -sS -x "http://$proxy" --noproxy '' \
			"https://$server/" ;;
		*) https_proxy=http://$proxy no_proxy='' python3 -c \
			'import sys, urllib.request
urllib.request.urlopen(sys.argv[1])' "https://$server/" ;;
		esac 2>&1 | "$CHAINCHECK" explain - >"$work/said" 2>&1
		grep -q net.proxy "$work/said"
		tap $? "what $client prints of a 407 is explained"
	done
else
	skipped 7 tinyproxy
fi
if start danted; then
	proxy=127.0.0.1:$port
	through SOCKS5 "socks5://$proxy"
	through 'SOCKS5 with the name looked up there' "socks5h://$proxy"
	fails 'SOCKS5 that does not allow it' network 'does not allow' \
		127.0.0.1:9 -x "socks5h://$proxy"
	fails 'SOCKS5 to where nobody listens' network 'a connection there' \
		"$nobody" -x "socks5h://$proxy"
else
	skipped 4 danted
fi
echo "1..$tap_count"
