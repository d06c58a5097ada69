#!/bin/sh
# tests/peers/handshake.sh: the handshake with real servers step by step, and
# what differs from address to address and from one change to the next.
set -u
command -v openssl >/dev/null && command -v python3 >/dev/null || {
	echo '1..0 # SKIP openssl or python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/schema.sh"
key=$top_srcdir/certs/keys/leaf.pem
site=www.example.test

# shake STATUS WORDS OPTION...: words on one line, so that they may be far apart
shake() {
	wanted=$1 words=$2
	shift 2
	"$CHAINCHECK" handshake "$site:$port" \
		--resolve "$site:$port:${addresses:-127.0.0.1}" "$@" \
		>"$work/text" 2>"$work/said"
	status=$?
	cat "$work/text" >>"$work/said"
	echo "status $status" >>"$work/said"
	tr '\n' ' ' <"$work/text" | tr -s ' ' | grep -q -e "$words" &&
		[ $status = "$wanted" ]
}

# second ARGUMENT...: another server, on the same port of 127.0.0.2
second() {
	: >"$work/second.log"
	openssl s_server -accept "127.0.0.2:$port" -key "$key" \
		-cert "$work/first.pem" -www "$@" </dev/null \
		>"$work/second.log" 2>&1 &
	other=$!
	peers="$peers $other"
	wait_for "$work/second.log" ACCEPT "$other" || exit 99
}

stop_second() {
	kill "$other" 2>/dev/null
	wait "$other" 2>/dev/null
}

echo 1..31
chain_of www intermediate
start_openssl "$key" || exit 99
shake 0 "^COMPLETE: $site:$port completes the handshake"
tap $? 'a server that answers everything alike'
! grep -q 'differs' "$work/text"
tap $? 'of which nothing else is said'
shake 0 "connected 127.0.0.1:$port .*offered TLS 1.3, TLS 1.2,.*server name \
$site.*chosen TLS 1.3, .*certificates 2: «$site», «Chaincheck Test Interm\
ediate».*finished by both sides"
tap $? 'the steps stand in the order in which they came'
# What another client sees.
openssl s_client -connect "127.0.0.1:$port" -servername "$site" </dev/null \
	2>/dev/null | grep -q '^New, TLSv1.3'
tap $? 'openssl agrees on TLS 1.3 as well'
shake 0 'offered TLS 1.2, TLS 1.1, TLS 1.0; .*chosen TLS 1.2' --tls-max 1.2
tap $? 'no more is offered than is asked for'
! expand "$work/text" | LC_ALL=C sed 's/[\200-\277]//g' | grep -q '.\{81\}'
tap $? 'it fits 80 columns'
shake 0 '"outcome": "alike"' --format json
tap $? 'as JSON'
valid 'which fits its schema' handshake.schema.json "$work/text"
[ "$(json "$work/text" "[p['probe'] for p in d['probes']]")" = \
	"['whole', 'without-sni', 'tls1.2', 'tls1.3']" ]
tap $? 'four handshakes with an address'
[ "$(json "$work/text" "[p['version'] for p in d['probes']]")" = \
	"['TLS1.3', 'TLS1.3', 'TLS1.2', 'TLS1.3']" ]
tap $? 'each with the version that it asks for'
[ "$(json "$work/text" "d['probes'][1]['server_name']")" = None ]
tap $? 'and one without SNI'

addresses=127.0.0.1,127.0.0.2
shake 1 "1 of 2 addresses (127.0.0.2) refuses the connection; the other complet\
es the handshake"
tap $? 'nobody listens on one of the addresses'
second -tls1_2
shake 1 "^DIFFERENT: .*1 of 2 addresses (127.0.0.2) sends only its own certific\
ate; the other sends 2 certificates"
tap $? 'one address omits the intermediate'
shake 1 "at 127.0.0.2: TLS 1.3 is refused with alert 70 (protocol_version); TLS\
 1.2 works"
tap $? 'and takes no TLS 1.3'
shake 1 '^DIFFERENT: .*alike[^a-z]*$' -q
tap $? 'in one sentence'
shake 1 '' --format json
valid 'differences fit the schema' handshake.schema.json "$work/text"
stop_second
addresses=127.0.0.1
stop_peer
shake 3 '^UNDECIDED: .* 127.0.0.1:[0-9]* refused the connection'
tap $? 'where nobody listens at all it is undecided'
shake 3 '' --format json
valid 'which fits the schema too' handshake.schema.json "$work/text"

start_openssl "$key" -tls1_2 || exit 99
shake 0 '  *TLS 1.3 is refused with alert 70 (protocol_version); TLS 1.2 works'
tap $? 'a server of TLS 1.2 alone'
stop_peer
start_openssl "$key" -tls1_3 || exit 99
shake 0 'TLS 1.2 is refused with alert 70 (protocol_version); TLS 1.3 works'
tap $? 'a server of TLS 1.3 alone'
stop_peer

start_openssl "$key" -servername "$site" -cert2 "$CERTS/other-name.pem" \
	-key2 "$key" || exit 99
shake 0 'without SNI another certificate is sent: «'
tap $? 'another certificate without SNI'
openssl s_client -connect "127.0.0.1:$port" -noservername </dev/null \
	2>/dev/null | openssl x509 -noout -fingerprint -sha256 \
	>"$work/without" 2>"$work/said"
shake 0 '' --format json
[ "$(json "$work/text" "d['probes'][1]['certificates'][0]['sha256']")" = \
	"$(sed 's/.*=//; s/://g' "$work/without" | tr 'A-F' 'a-f')" ]
tap $? 'the one that openssl gets without SNI'
stop_peer

start_openssl "$key" -tls1_2 -Verify 1 || exit 99
shake 1 "asked for a client certificate; this side sent none broken the server \
sent alert 40 (handshake_failure)"
tap $? 'a client certificate that TLS 1.2 needs'
stop_peer
start_openssl "$key" -tls1_3 -Verify 1 || exit 99
shake 1 'this side sent none broken the server sent alert 116 (certificate_req'
tap $? 'and TLS 1.3, behind the end'
shake 1 '"code": "tls.client-certificate"' --format json
tap $? 'with the code to read on'
stop_peer

: >"$work/port"
python3 "$top_srcdir/tests/support/bad_peer.py" http >"$work/port" &
peer=$!
peers="$peers $peer"
wait_for "$work/port" '[0-9]' "$peer" || exit 99
port=$(cat "$work/port")
shake 1 '^FAILED: .* does not speak TLS but HTTP'
tap $? 'plain HTTP'
stop_peer
: >"$work/port"
python3 "$top_srcdir/tests/support/bad_peer.py" silent >"$work/port" &
peer=$!
peers="$peers $peer"
wait_for "$work/port" '[0-9]' "$peer" || exit 99
port=$(cat "$work/port")
start=$(date +%s)
shake 1 'no answer to the ClientHello' --max-time 2 &&
	[ $(($(date +%s) - start)) -le 4 ]
tap $? 'silence ends with the time'
stop_peer

# Sixteen handshakes, which wait for one another.
: >"$work/port"
python3 "$top_srcdir/tests/support/gate_peer.py" 4 127.0.0.1 127.0.0.2 \
	127.0.0.3 127.0.0.4 >"$work/port" &
peer=$!
peers="$peers $peer"
wait_for "$work/port" '[0-9]' "$peer" || exit 99
port=$(head -n 1 "$work/port")
addresses=127.0.0.1,127.0.0.2,127.0.0.3,127.0.0.4
shake 1 '' --format json --no-probes
[ "$(json "$work/text" "' '.join(p['address'][-1] + p['probe'] + str(
	p['received_alert']['number']) for p in d['probes'])")" = \
	"$(for at in 1 2 3 4; do
		for how in whole without-sni tls1.2 tls1.3; do
			echo "$at${how}40"
		done
	done | paste -s -d ' ')" ]
tap $? 'four addresses, each in four ways, in order'
[ "$(tail -n 1 "$work/port")" = 'at once 4' ]
tap $? 'with four connections at once, and never more'
stop_peer
addresses=127.0.0.1

if command -v gnutls-serv >/dev/null; then
	start_gnutls "$key" NORMAL:-VERS-ALL:+VERS-TLS1.2 || exit 99
	shake 0 'TLS 1.3 is refused with alert [47]0 (.*); TLS 1.2 works'
	tap $? 'GnuTLS as the server'
	stop_peer
	start_gnutls "$key" 'NORMAL:-GROUP-ALL:+GROUP-X25519' || exit 99
	shake 0 'chosen TLS 1.3, [A-Z0-9-]*, group X25519'
	tap $? 'the group that it is left with'
else
	tap_skip 'GnuTLS as the server' 'no gnutls-serv'
	tap_skip 'the group that it is left with' 'no gnutls-serv'
fi
