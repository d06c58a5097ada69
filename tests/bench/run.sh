#!/bin/sh
# tests/bench/run.sh CHAINCHECK DIR: run the benchmarks of DIR, that of a whole
# run on an RSA-2048 chain of three beside the system's store.
set -eu
chaincheck=$1 dir=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
store=${BENCH_STORE:-/etc/ssl/certs/ca-certificates.crt}

make_key() {
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 \
		-out "$work/$1.key" 2>/dev/null
}
# sign NAME ISSUER EXTENSIONS
sign() {
	make_key "$1"
	printf '%s\n' "$3" >"$work/$1.ext"
	openssl req -new -key "$work/$1.key" -subj "/CN=Bench $1" |
		openssl x509 -req -days 30 -extfile "$work/$1.ext" \
			-CA "$work/$2.pem" -CAkey "$work/$2.key" \
			-out "$work/$1.pem" 2>/dev/null
}
make_key root
openssl req -x509 -new -key "$work/root.key" -subj '/CN=Bench root' -days 30 \
	-addext keyUsage=critical,keyCertSign -out "$work/root.pem"
sign intermediate root 'basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
sign leaf intermediate 'subjectAltName=DNS:www.example.test
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
cat "$store" "$work/root.pem" >"$work/store.pem"
cat "$work/leaf.pem" "$work/intermediate.pem" >"$work/chain.pem"
cat "$work/chain.pem" "$work/root.pem" >"$work/whole.pem"

status=0
"$dir/start" "$chaincheck" "$work/store.pem" "$work/chain.pem" \
	"$work/leaf.pem" "$work/intermediate.pem" "$work/whole.pem" || status=1
"$dir/peers" || status=1
"$dir/growth" || status=1
"$dir/again" || status=1
"$dir/corpus" "$chaincheck" "$work" || status=1
# Debian's, where Java is installed; other keystores by BENCH_KEYSTORE.
keystore=${BENCH_KEYSTORE:-/etc/ssl/certs/java/cacerts}
[ ! -r "$keystore" ] || "$dir/keystore" "$keystore" || status=1
exit $status
