#!/bin/sh
# tests/peers/starttls.sh: STARTTLS of every protocol against a real server
# where Debian has one and it is here, against a fake of NNTP, RDP and TDS; the
# leaf is the one that openssl is given. And what is said where it does not work.
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
cp "$CERTS/www.pem" "$work/www.pem"
cp "$top_srcdir/certs/keys/leaf.pem" "$work/key.pem"
chmod 644 "$work"/*.pem
leaf=$(openssl x509 -in "$work/www.pem" -noout -fingerprint -sha256 |
	sed 's/.*=//; s/://g' | tr A-F a-f)
expect=$top_srcdir/tests/support/expect.py
www=www.example.test

# ask HOST ARGUMENT...
ask() {
	host=$1
	shift
	"$CHAINCHECK" check "$host" --no-system --cacert "$CERTS/root.pem" \
		--verify-hostname $www --servername $www --max-time 8 \
		--format json "$@" >"$work/report.json" 2>"$work/said"
	status=$?
}

# sees PROTOCOL PORT: trusted, and openssl's leaf where openssl speaks it.
sees() {
	ask "127.0.0.1:$2" --starttls "$1"
	python3 - "$work/report.json" "$leaf" >>"$work/said" 2>&1 <<'PYTHON'
import json
import sys
report = json.load(open(sys.argv[1]))
assert report['verdict'] == 'trusted', report['findings']
assert [c['sha256'] for c in report['presented']][0] == sys.argv[2]
PYTHON
	ok=$?
	case $1 in
	rdp | tds) ;;
	*)
		timeout 10 openssl s_client -starttls "$1" -connect \
			"127.0.0.1:$2" -xmpphost $www -servername $www \
			</dev/null 2>>"$work/said" |
			openssl x509 -noout -fingerprint -sha256 \
				2>>"$work/said" |
			sed 's/.*=//; s/://g' | tr A-F a-f >"$work/openssl"
		[ "$(cat "$work/openssl")" = "$leaf" ] || {
			echo "openssl sees '$(cat "$work/openssl")'" \
				>>"$work/said"
			ok=1
		} ;;
	esac
	tap $ok "$1: $3"
}

# server NAME PROTOCOL...: started by start_NAME; its ports are in the variables
# of the names of the protocols, or in $port.
server() {
	name=$1
	shift
	if start "$name"; then
		for protocol in "$@"; do
			case $protocol in
			imap) at=$imap ;;
			pop3) at=$pop3 ;;
			lmtp) at=$lmtp ;;
			sieve) at=$sieve ;;
			xmpp) at=$c2s ;;
			xmpp-server) at=$s2s ;;
			*) at=$port ;;
			esac
			sees "$protocol" "$at" "$name"
		done
		return 0
	fi
	for protocol in "$@"; do
		if [ "$why" ]; then
			tap_skip "$protocol: $name" "$why"
		else
			cp "$work/daemon.log" "$work/said"
			tap 1 "$protocol: $name does not start"
		fi
	done
	return 1
}

# told NAME WORDS FIELD...: the last report, and what its message says.
told() {
	name=$1 words=$2
	shift 2
	python3 "$expect" "$work/report.json" verdict=undecided \
		primary=tls.starttls "$@" >>"$work/said" 2>&1 &&
		grep -q -e "$words" "$work/report.json" && [ $status = 3 ]
	ok=$?
	[ $ok = 0 ] || {
		echo "status $status"
		cat "$work/report.json"
	} >>"$work/said"
	tap $ok "$name"
}

# refused KIND ARGUMENTS WORDS PARTY NAME
refused() {
	fake "$1"
	# shellcheck disable=SC2086
	ask "127.0.0.1:$port" $2
	told "$5" "$3" "party=$4"
	stop_peer || true # it was killed
}

# by_socket PATH PROTOCOL NAME: the same server by its Unix socket.
by_socket() {
	ask "unix:$1" --starttls "$2"
	python3 "$expect" "$work/report.json" verdict=trusted \
		>>"$work/said" 2>&1
	tap $? "$2: $3, by its socket"
}

# needs PORT PROTOCOL NAME: a port that was asked for TLS at once.
needs() {
	ask "127.0.0.1:$1"
	told "$3, asked for TLS at once, is found to need --starttls $2" \
		"ask it with --starttls $2;" party=client
}

server postfix smtp && needs "$port" smtp Postfix
if server dovecot imap pop3 lmtp sieve; then
	by_socket "$lmtp_socket" lmtp Dovecot
	needs "$imap" imap Dovecot
	needs "$pop3" pop3 Dovecot
	needs "$sieve" sieve Dovecot
	ask "127.0.0.1:$imap" --starttls smtp
	told 'an IMAP server is no SMTP server' 'which is IMAP and no SMTP' \
		party=client
fi
server proftpd ftp && needs "$port" ftp ProFTPD
server slapd ldap
server prosody xmpp xmpp-server && needs "$c2s" xmpp Prosody
if server postgres postgres; then
	# libpq's manual, section "SSL Support": none over Unix sockets.
	ask "unix:$pg_socket/.s.PGSQL.$port" --starttls postgres
	told 'PostgreSQL has no TLS on its socket' "answers 'N'" party=server
fi
if server mariadb mysql; then
	by_socket "$mysql_socket" mysql MariaDB
	needs "$port" mysql MariaDB
fi
server inspircd irc
stop_daemons
for kind in nntp rdp tds; do
	fake $kind
	sees $kind "$port" 'a fake'
	stop_peer
done
refused smtp '' 'and offers STARTTLS: ask it with --starttls smtp' client \
	'a fake of SMTP, asked for TLS at once'
command=$(python3 -c 'import json, sys
for f in json.load(open(sys.argv[1]))["findings"]:
    for r in f["remedies"]:
        print(r["command"] or "")' "$work/report.json" | head -1)
fake smtp
# shellcheck disable=SC2086
set -- $(echo "$command" | sed "s/:[0-9]* /:$port /")
[ "$1" = chaincheck ] && shift
"$CHAINCHECK" "$@" --no-system --cacert "$CERTS/root.pem" --verify-hostname \
	$www >"$work/said" 2>&1
tap $? 'the line that is shown for it leads to a verdict'
stop_peer
refused smtp-none '--starttls smtp' 'does not offer STARTTLS; what it lists' \
	server 'a server that offers no STARTTLS'
refused smtp-refuses '--starttls smtp' "'454 TLS not available'" server \
	'a server that offers STARTTLS and refuses it'
refused smtp-injects '--starttls smtp' 'bytes in clear behind its word' \
	server 'a server that goes on in clear'
refused tls '--starttls smtp' 'speaks TLS at once' client \
	'a port for TLS at once that waits for a hello'
refused tls '--starttls ldap' 'speaks TLS at once' client \
	'a port for TLS at once that answers in TLS'
echo "1..$tap_count"
