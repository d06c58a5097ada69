#!/bin/sh
# tests/path/signatures/make.sh: the certificates beside it, by openssl 3. Each
# is signed by its own key. They are kept, not made at every build, so that the
# tests hold GnuTLS's answers against openssl's signatures. Keys are not kept.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

key() { # key NAME genpkey-options
	name=$1; shift
	openssl genpkey -out "$work/$name" "$@" 2>/dev/null
}

sign() { # sign FILE KEY req-options
	file=$1 name=$2; shift 2
	openssl req -x509 -new -key "$work/$name" -subj "/CN=$file" -days 3650 \
		-provider default -provider legacy "$@" 2>/dev/null |
		openssl x509 -outform PEM > "$file.pem"
}

key rsa -algorithm rsa -pkeyopt rsa_keygen_bits:2048
key pss -algorithm rsa-pss -pkeyopt rsa_keygen_bits:2048 \
	-pkeyopt rsa_pss_keygen_md:sha256 \
	-pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32
key p256 -algorithm ec -pkeyopt ec_paramgen_curve:P-256
key p384 -algorithm ec -pkeyopt ec_paramgen_curve:P-384
key p521 -algorithm ec -pkeyopt ec_paramgen_curve:P-521
key k256 -algorithm ec -pkeyopt ec_paramgen_curve:secp256k1
key ed25519 -algorithm ed25519
key ed448 -algorithm ed448
openssl dsaparam -out "$work/parameters" 2048 2>/dev/null
openssl gendsa -out "$work/dsa" "$work/parameters" 2>/dev/null

sign rsa-sha256 rsa -sha256
sign rsa-sha384 rsa -sha384
sign rsa-sha512 rsa -sha512
sign rsa-sha224 rsa -sha224
sign rsa-sha1 rsa -sha1
sign rsa-md5 rsa -md5
sign rsa-ripemd160 rsa -ripemd160
sign pss-sha256 rsa -sha256 -sigopt rsa_padding_mode:pss \
	-sigopt rsa_pss_saltlen:32
sign pss-sha512-salt20 rsa -sha512 -sigopt rsa_padding_mode:pss \
	-sigopt rsa_pss_saltlen:20
sign pss-sha1 rsa -sha1 -sigopt rsa_padding_mode:pss \
	-sigopt rsa_pss_saltlen:20
sign pss-mgf1-sha1 rsa -sha256 -sigopt rsa_padding_mode:pss \
	-sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha1
sign pss-key pss -sha256 -sigopt rsa_pss_saltlen:32
sign p256-sha256 p256 -sha256
sign p256-sha1 p256 -sha1
sign p384-sha384 p384 -sha384
sign p521-sha512 p521 -sha512
sign secp256k1 k256 -sha256
sign ed25519 ed25519
sign ed448 ed448
sign dsa-sha256 dsa -sha256
