#!/bin/sh
# tests/peers/faults.sh: each fault on a real server, openssl s_server and
# gnutls-serv, TLS 1.2 and 1.3, and the same through `verify`.
set -u
command -v openssl >/dev/null && command -v gnutls-serv >/dev/null &&
	command -v python3 >/dev/null || {
	echo '1..0 # SKIP openssl, gnutls-serv or python3 is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
CERTS=$work
. "$top_srcdir/tests/support/pki.sh"

# judge STATUS WANTED NAME EXPECTATION...: of report.json
judge() {
	got=$1 wanted=$2 name=$3
	shift 3
	python3 "$top_srcdir/tests/support/expect.py" "$work/report.json" "$@" \
		>"$work/said" 2>&1
	bad=$?
	[ "$got" = "$wanted" ] || {
		echo "exit status $got, not $wanted" >>"$work/said"
		bad=1
	}
	tap "$bad" "$name"
}

ask() {
	"$CHAINCHECK" check "$host:$port" --resolve "$host:$port:127.0.0.1" \
		--no-system --cacert "$work/$store.pem" --format json \
		>"$work/report.json" 2>"$work/said"
}

# fault NAME "CHAIN" STORE HOST STATUS EXPECTATION...
fault() {
	fault=$1 chain=$2 store=$3 host=$4 status=$5
	shift 5
	# shellcheck disable=SC2086
	chain_of $chain
	key=$work/${chain%% *}.key
	"$CHAINCHECK" verify "$work/chain.pem" --no-system \
		--cacert "$work/$store.pem" --verify-hostname "$host" \
		--format json >"$work/report.json" 2>"$work/said"
	judge $? "$status" "$fault, verify" "$@"
	for version in 2 3; do
		start_openssl "$key" "-tls1_$version" || exit 99
		ask
		judge $? "$status" "$fault, openssl, TLS 1.$version" "$@"
		stop_peer
		[ -z "$as_it_stands" ] || continue
		start_gnutls "$key" "NORMAL:-VERS-ALL:+VERS-TLS1.$version" ||
			exit 99
		ask
		judge $? "$status" "$fault, gnutls, TLS 1.$version" "$@"
		stop_peer
	done
}

www=www.example.test
int='Test Intermediate'
id=$(openssl x509 -in "$work/intermediate.pem" -noout -ext subjectKeyIdentifier |
	tail -n 1 | tr -d ' :' | tr A-F a-f)

as_it_stands=
echo 1..98
fault 'a good chain' 'www intermediate' root $www 0 verdict=trusted primary=none
fault 'a missing intermediate' www root $www 1 verdict=untrusted \
	primary=chain.intermediate-missing party=server "subject=$int" \
	"key_id=$id" "missing=$int"
fault 'a missing root' 'www intermediate' unrelated $www 1 verdict=untrusted \
	primary=trust.anchor-missing party=client 'subject=Test Root'
fault 'a root of the same name' 'www intermediate' root-other-key $www 1 \
	verdict=untrusted primary=chain.issuer-key-mismatch party=client \
	rejected=issuer-key-mismatch
fault 'self-signed' self-signed root $www 1 verdict=untrusted \
	primary=trust.self-signed-leaf party=server
fault 'an expired leaf' 'expired intermediate' root $www 1 verdict=untrusted \
	primary=cert.expired party=server
fault 'an expired intermediate' 'below-expired expired-ca' root $www 1 \
	verdict=untrusted primary=cert.expired 'subject=Expired CA'
fault 'a wrong name' 'www intermediate' root other.test 1 verdict=untrusted \
	primary=name.mismatch
fault 'a wildcard' 'www intermediate' root a.wild.test 0 verdict=trusted
fault 'a wildcard one label too deep' 'www intermediate' root a.b.wild.test 1 \
	verdict=untrusted primary=name.mismatch
fault 'an issuer that is no CA' 'below-not-a-ca not-a-ca' root $www 1 \
	verdict=untrusted primary=cert.not-a-ca party=ca 'subject=Not A CA'
fault 'a path too long' 'below-too-deep too-deep short' root $www 1 \
	verdict=untrusted primary=cert.path-length party=ca subject=Short
fault 'a name constraint' 'below-corp corp' root $www 1 verdict=untrusted \
	primary=cert.name-constraint party=ca
fault 'a usage without serverAuth' 'client intermediate' root $www 1 \
	verdict=untrusted primary=cert.purpose
fault 'an unknown critical extension' 'critical intermediate' root $www 1 \
	verdict=untrusted primary=cert.unknown-critical
fault 'only the intermediate is trusted' 'www intermediate' intermediate $www 0 \
	verdict=trusted
# gnutls-serv mends the chain that it is given; openssl sends it as it stands.
as_it_stands=yes
fault 'a wrong order' 'www root intermediate' root $www 0 verdict=trusted \
	severity=chain.order:warning
fault 'an unrelated certificate' 'www intermediate unrelated' root $www 0 \
	verdict=trusted severity=chain.unrelated:warning
fault 'a leaf sent twice' 'www www intermediate' root $www 0 verdict=trusted \
	finding=chain.duplicate
fault 'an expired cross-sign' 'www cross intermediate' both-roots $www 0 \
	verdict=trusted rejected=expired
fault 'a root sent' 'www intermediate root' root $www 0 verdict=trusted \
	severity=chain.root-sent:note
fault 'a root sent and not trusted' 'www intermediate root' unrelated $www 1 \
	verdict=untrusted primary=trust.anchor-missing party=client proved=yes
[ "$tap_count" = 98 ] || exit 1
