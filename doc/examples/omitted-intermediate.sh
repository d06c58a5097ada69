#!/bin/sh
# doc/examples/omitted-intermediate.sh CHAINCHECK: a server on loopback that
# does not send its intermediate, and what chaincheck says of it. Status 0
# when the diagnosis is the expected one.
set -eu
chaincheck=$1
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

make_key() {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
		-out "$work/$1.key" 2>/dev/null
}

# sign NAME ISSUER SUBJECT EXTENSIONS
sign() {
	make_key "$1"
	printf '%s\n' "$4" >"$work/$1.ext"
	openssl req -new -key "$work/$1.key" -subj "$3" |
		openssl x509 -req -days 30 -extfile "$work/$1.ext" \
			-CA "$work/$2.pem" -CAkey "$work/$2.key" \
			-out "$work/$1.pem" 2>/dev/null
}

make_key root
openssl req -x509 -new -key "$work/root.key" -subj '/CN=Example Root' -days 30 \
	-addext keyUsage=critical,keyCertSign -out "$work/root.pem"
sign intermediate root '/CN=Example Intermediate' \
	"basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid"
sign server intermediate '/CN=localhost' "subjectAltName=DNS:localhost
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid"

port=$((20000 + $(od -An -N2 -tu2 /dev/urandom) % 40000))
openssl s_server -accept "127.0.0.1:$port" -cert "$work/server.pem" \
	-key "$work/server.key" -www </dev/null >"$work/log" 2>&1 &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
	grep -q ACCEPT "$work/log" && break
	sleep 0.2
done

echo '$ chaincheck' "localhost:$port --cacert root.pem"
"$chaincheck" "localhost:$port" -4 --cacert "$work/root.pem" \
	>"$work/report" || true
cat "$work/report"
grep -q 'chain.intermediate-missing' "$work/report" || {
	echo 'This is not the diagnosis that was expected.' >&2
	exit 1
}
