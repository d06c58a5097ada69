#!/bin/sh
# tests/cli/crl.sh: --crlfile on what openssl's CA makes, held against openssl.
set -u
. "$top_srcdir/tests/support/tap.sh"

cat >"$work/ca.cnf" <<END
[ca]
default_ca = ca_here
[ca_here]
database = $work/index.txt
certificate = $work/ca.pem
private_key = $work/ca.key
default_md = sha256
default_crl_days = 30
[req]
distinguished_name = name
x509_extensions = root
[name]
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
END
: >"$work/index.txt"

# root NAME: a CA, always of the same subject.
root() {
	openssl req -x509 -config "$work/ca.cnf" -newkey ec -nodes \
		-pkeyopt ec_paramgen_curve:P-256 -keyout "$work/$1.key" \
		-out "$work/$1.pem" -subj '/CN=CRL test CA' -days 400
}

# leaf NAME SERIAL
leaf() {
	echo "subjectAltName = DNS:$1.test" >"$work/$1.ext"
	openssl req -new -config "$work/ca.cnf" -newkey ec -nodes \
		-pkeyopt ec_paramgen_curve:P-256 -keyout "$work/$1.key" \
		-out "$work/$1.csr" -subj "/CN=$1.test"
	openssl x509 -req -in "$work/$1.csr" -CA "$work/ca.pem" \
		-CAkey "$work/ca.key" -set_serial "$2" -days 300 \
		-extfile "$work/$1.ext" -out "$work/$1.pem"
}

{
	root ca
	root other
	leaf good 11
	leaf bad 12
	openssl ca -config "$work/ca.cnf" -revoke "$work/bad.pem" \
		-crl_reason keyCompromise
	openssl ca -config "$work/ca.cnf" -gencrl -out "$work/ca.crl"
	openssl ca -config "$work/ca.cnf" -gencrl -out "$work/other.crl" \
		-cert "$work/other.pem" -keyfile "$work/other.key"
	sed 's/,keyCompromise/,removeFromCRL/' "$work/index.txt" \
		>"$work/index.new" && mv "$work/index.new" "$work/index.txt"
	openssl ca -config "$work/ca.cnf" -gencrl -out "$work/taken.crl"
	openssl crl -in "$work/ca.crl" -outform DER -out "$work/der.crl"
} >"$work/made" 2>&1 || { cat "$work/made"; exit 99; }

# verify LEAF [OPTION...]
verify() {
	verify_leaf=$1
	shift
	"$CHAINCHECK" verify "$work/$verify_leaf.pem" --no-system \
		--cacert "$work/ca.pem" "$@"
}

# agrees NAME STATUS LEAF CRL: openssl says so, too.
agrees() {
	openssl verify -crl_check -CAfile "$work/ca.pem" \
		-CRLfile "$work/$4.crl" "$work/$3.pem" >"$work/said" 2>&1
	[ $? = "$2" ]
	tap $? "$1, says openssl"
}

echo 1..12
tap_run 'a certificate that is not listed' 0 trusted \
	verify good --crlfile "$work/ca.crl"
agrees 'not listed' 0 good ca
tap_run 'a CRL in DER' 0 trusted verify good --crlfile "$work/der.crl"
tap_run 'a certificate that is listed' 1 'cert.revoked.*' \
	verify bad --crlfile "$work/ca.crl"
agrees 'listed' 2 bad ca
tap_run 'with the reason' 1 'its key was compromised' \
	verify bad --crlfile "$work/ca.crl" -v
tap_run 'a complete CRL takes nothing off' 1 'removeFromCRL, a reason that' \
	verify bad --crlfile "$work/taken.crl" -v
tap_run 'a CRL of the same name and another key' 1 cert.revocation-unknown \
	verify good --crlfile "$work/other.crl"
agrees 'another key' 2 good other
tap_run 'no CRL' 1 'no CRL of its' verify good --crl-check
tap_run 'a CRL that is out of date' 1 'out of date' \
	verify good --crlfile "$work/ca.crl" --attime +60d
tap_run 'a file that is no CRL' 3 'no CRL' \
	verify good --crlfile "$work/good.pem"
