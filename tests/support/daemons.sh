# tests/support/daemons.sh: servers of Debian, each with a configuration of its
# own in $work on loopback; sourced after peer.sh. None is a service here: what is
# started is stopped when the test ends.
#
# Every start_NAME needs $work/chain.pem and $work/key.pem, sets $port, and fails
# where the server cannot run: it is missing, or wants a root that we are not.

PATH=$PATH:/usr/sbin:/sbin
for bin in /usr/lib/postgresql/*/bin; do
	PATH=$PATH:$bin
done

# InspIRCd asks for a core as large as it may be, and leaves one when stopped.
ulimit -c 0

# listens PORT PID: until somebody listens there.
listens() {
	for _ in $(seq 300); do
		python3 -c 'import socket, sys
socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5)' "$1" \
			2>/dev/null && return 0
		kill -0 "$2" 2>/dev/null || return 1
		sleep 0.05
	done
	return 1
}

# run PORT COMMAND...: in the background, in a group of its own that goes whole.
run() {
	run_port=$1
	shift
	setsid "$@" </dev/null >"$work/daemon.log" 2>&1 &
	daemon=$!
	sessions="$sessions $daemon"
	listens "$run_port" "$daemon"
}

sessions=
# Servers that have children get them all; what asks for time has some.
stop_daemons() {
	for session in $sessions; do
		kill -TERM "-$session" 2>/dev/null
	done
	for _ in $(seq 40); do
		alive=
		for session in $sessions; do
			kill -0 "-$session" 2>/dev/null && alive=yes
		done
		[ "$alive" ] || break
		sleep 0.05
	done
	for session in $sessions; do
		kill -KILL "-$session" 2>/dev/null
	done
	sessions=
}
trap 'stop_daemons; kill $peers 2>/dev/null; rm -rf "$work"' EXIT

# missing COMMAND... [root]: says in $why what keeps it from running.
missing() {
	for need in "$@"; do
		if [ "$need" = root ]; then
			[ "$(id -u)" = 0 ] || why='it runs as root alone'
		else
			command -v "$need" >/dev/null || why="$need is missing"
		fi
		[ -z "$why" ] || return 0
	done
	return 1
}

# start NAME ARGUMENT...: start_NAME, up to three times where it could run: the
# port that was free may be another's by then. False, and $why, or none.
start() {
	start_name=$1 why=
	shift
	for _ in 1 2 3; do
		"start_$start_name" "$@" && return 0
		[ -z "$why" ] || return 1
	done
	return 1
}

# A user of a server reads what is below $work, and owns its own directory.
own() {
	mkdir -p "$work/$1"
	[ "$(id -u)" != 0 ] || chown -R "$2" "$work/$1"
}

# as USER COMMAND...: where we are root.
as() {
	as_user=$1
	shift
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid "$as_user" --regid "$as_user" --init-groups "$@"
	else
		"$@"
	fi
}

start_postfix() {
	missing postfix root && return 1
	port=$(a_port)
	dir=$work/postfix
	mkdir -p "$dir/etc" "$dir/spool" "$dir/data"
	chown postfix "$dir/data"
	cat >"$dir/etc/main.cf" <<CONF
compatibility_level = 3.6
queue_directory = $dir/spool
data_directory = $dir/data
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.test
mydestination =
local_recipient_maps =
alias_maps =
maillog_file_prefixes = $dir
maillog_file = $dir/log
smtpd_tls_security_level = ${1:-may}
smtpd_tls_chain_files = $dir/key-and-chain.pem
CONF
	cat "$work/key.pem" "$work/chain.pem" >"$dir/key-and-chain.pem"
	chmod 600 "$dir/key-and-chain.pem"
	cat >"$dir/etc/master.cf" <<CONF
127.0.0.1:$port inet n - n - - smtpd
tlsmgr unix - - n 1000? 1 tlsmgr
anvil unix - - n - 1 anvil
rewrite unix - - n - - trivial-rewrite
postlog unix-dgram n - n - 1 postlogd
CONF
	for part in active bounce corrupt defer deferred flush hold incoming \
		maildrop pid private public saved trace; do
		mkdir -p "$dir/spool/$part"
	done
	chown -R postfix "$dir/spool"
	chown root "$dir/spool" "$dir/spool/pid"
	# -d: in the foreground, without what `postfix start` checks.
	run "$port" "$(postconf -h -c "$dir/etc" daemon_directory)/master" \
		-c "$dir/etc" -d
}

# start_dovecot: $imap $pop3 $lmtp $sieve are its ports, $lmtp_socket a socket.
start_dovecot() {
	missing dovecot root && return 1
	imap=$(a_port) pop3=$(a_port) lmtp=$(a_port) sieve=$(a_port)
	dir=$work/dovecot
	mkdir -p "$dir/run"
	lmtp_socket=$dir/run/lmtp-here
	cat >"$dir/dovecot.conf" <<CONF
base_dir = $dir/run
log_path = $dir/log
passdb {
  driver = static
  args = nopassword=y
}
listen = 127.0.0.1
protocols = imap pop3 lmtp sieve
ssl = yes
ssl_cert = <$work/chain.pem
ssl_key = <$work/key.pem
mail_location = maildir:$dir/mail
service imap-login {
  inet_listener imap {
    port = $imap
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  inet_listener pop3 {
    port = $pop3
  }
  inet_listener pop3s {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = $lmtp
  }
  unix_listener lmtp-here {
    mode = 0666
  }
}
service managesieve-login {
  inet_listener sieve {
    port = $sieve
  }
}
CONF
	run "$imap" dovecot -F -c "$dir/dovecot.conf"
}

start_proftpd() {
	missing proftpd root && return 1
	[ -f /usr/lib/proftpd/mod_tls.so ] || {
		why='proftpd-mod-crypto is missing'
		return 1
	}
	port=$(a_port)
	mkdir -p "$work/proftpd"
	cat >"$work/proftpd/conf" <<CONF
LoadModule mod_tls.c
ServerType standalone
ServerName ftp.example.test
DefaultAddress 127.0.0.1
Port $port
PidFile $work/proftpd/pid
ScoreboardFile $work/proftpd/scoreboard
DelayTable none
UseIPv6 off
UseReverseDNS off
SystemLog $work/proftpd/log
TLSEngine on
TLSRSACertificateFile $work/www.pem
TLSRSACertificateKeyFile $work/proftpd/key.pem
TLSCertificateChainFile $work/chain.pem
CONF
	cp "$work/key.pem" "$work/proftpd/key.pem"
	chmod 600 "$work/proftpd/key.pem"
	run "$port" proftpd -n -c "$work/proftpd/conf"
}

start_slapd() {
	missing slapd && return 1
	port=$(a_port)
	mkdir -p "$work/slapd"
	cat >"$work/slapd/conf" <<CONF
pidfile $work/slapd/pid
TLSCertificateFile $work/chain.pem
TLSCertificateKeyFile $work/key.pem
CONF
	run "$port" slapd -d 0 -h "ldap://127.0.0.1:$port" -f "$work/slapd/conf"
}

# start_prosody: $c2s and $s2s are its ports.
start_prosody() {
	missing prosody && return 1
	c2s=$(a_port) s2s=$(a_port)
	mkdir -p "$work/prosody"
	cat >"$work/prosody/prosody.cfg.lua" <<CONF
run_as_root = true
pidfile = "$work/prosody/pid"
data_path = "$work/prosody"
log = { info = "$work/prosody/log" }
interfaces = { "127.0.0.1" }
c2s_ports = { $c2s }
s2s_ports = { $s2s }
modules_enabled = { "tls", "saslauth", "dialback", "disco" }
modules_disabled = { "http" }
ssl = { key = "$work/key.pem", certificate = "$work/chain.pem" }
VirtualHost "www.example.test"
CONF
	run "$c2s" prosody -F --config "$work/prosody/prosody.cfg.lua"
}

# start_postgres: $pg_socket is the folder of its socket.
start_postgres() {
	missing initdb postgres && return 1
	port=$(a_port)
	dir=$work/postgres
	pg_socket=$dir
	rm -rf "$dir"
	own postgres postgres
	as postgres initdb -A trust -D "$dir/data" --no-sync \
		>"$work/daemon.log" 2>&1 || {
		why='initdb failed'
		return 1
	}
	cp "$work/chain.pem" "$work/key.pem" "$dir"
	[ "$(id -u)" != 0 ] || chown postgres "$dir"/*.pem
	chmod 600 "$dir/key.pem"
	run "$port" setpriv $(as_postgres) postgres -D "$dir/data" -k "$dir" \
		-h 127.0.0.1 -p "$port" -c ssl="${1:-on}" -c fsync=off \
		-c ssl_cert_file="$dir/chain.pem" \
		-c ssl_key_file="$dir/key.pem"
}

as_postgres() {
	[ "$(id -u)" != 0 ] || echo --reuid postgres --regid postgres \
		--init-groups
}

# start_mariadb: $mysql_socket is its socket. No tables: nobody logs in.
start_mariadb() {
	missing mariadbd && return 1
	port=$(a_port)
	dir=$work/mariadb
	mysql_socket=$dir/socket
	own mariadb mysql
	mkdir -p "$dir/data"
	cp "$work/chain.pem" "$work/key.pem" "$dir"
	[ "$(id -u)" != 0 ] || chown -R mysql "$dir"
	run "$port" mariadbd --no-defaults --datadir="$dir/data" --user=mysql \
		--skip-grant-tables --innodb-fast-shutdown=2 \
		--innodb-log-file-size=4M --innodb-buffer-pool-size=8M \
		--bind-address=127.0.0.1 --port="$port" \
		--skip-networking=0 --socket="$mysql_socket" \
		--pid-file="$dir/pid" --ssl-cert="$dir/chain.pem" \
		--ssl-key="$dir/key.pem" --ssl=1
}

start_inspircd() {
	missing inspircd && return 1
	port=$(a_port)
	dir=$work/inspircd
	mkdir -p "$dir"
	cat >"$dir/conf" <<CONF
<config format="xml">
<server name="irc.example.test" description="test" network="Test" id="1AA">
<admin name="a" nick="a" email="a@example.test">
<bind address="127.0.0.1" port="$port" type="clients">
<connect allow="*" resolvehostnames="no">
<pid file="$dir/pid">
<dns server="127.0.0.1" timeout="1">
<module name="ssl_gnutls">
<sslprofile name="here" provider="gnutls" certfile="$work/chain.pem"
	keyfile="$work/key.pem">
<module name="starttls">
<starttls provider="here">
CONF
	set -- inspircd --nofork --nolog --config="$dir/conf"
	[ "$(id -u)" != 0 ] || set -- "$@" --runasroot
	run "$port" "$@"
}

start_tinyproxy() {
	missing tinyproxy && return 1
	port=$(a_port)
	cat >"$work/tinyproxy.conf" <<CONF
Port $port
Listen 127.0.0.1
Timeout 10
Allow 127.0.0.1
$*
CONF
	run "$port" tinyproxy -d -c "$work/tinyproxy.conf"
}

# start_danted: port 9 of loopback is not allowed.
start_danted() {
	missing danted && return 1
	port=$(a_port)
	cat >"$work/danted.conf" <<CONF
logoutput: $work/danted.log
internal: 127.0.0.1 port = $port
external: lo
socksmethod: ${1:-none}
clientmethod: none
user.privileged: $(id -un)
user.unprivileged: $(id -un)
client pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
socks block { from: 127.0.0.0/8 to: 127.0.0.0/8 port = 9 }
socks pass { from: 127.0.0.0/8 to: 0.0.0.0/0 }
CONF
	run "$port" danted -f "$work/danted.conf" -p "$work/danted.pid"
}

# fake KIND: clear_peer.py on $port.
fake() {
	: >"$work/fake.port"
	python3 "$top_srcdir/tests/support/clear_peer.py" "$1" \
		"$work/chain.pem" "$work/key.pem" >"$work/fake.port" \
		2>"$work/fake.log" &
	peer=$!
	peers="$peers $peer"
	wait_for "$work/fake.port" port "$peer" || exit 99
	port=$(sed 's/port //' "$work/fake.port")
}
