#!/bin/sh
# tests/store/keystores/make.sh: the keystores beside this script, made by
# keytool, openssl and certtool; run it there when one is to be added. Passwords
# are "changeit" but for other.*, whose is "another", and where it says so.
#
#	java.p12      keytool: One, marked, encrypted, with a MAC
#	open.p12      keytool: the same, not encrypted, without a MAC
#	key.p12       keytool: a key with its certificate Leaf, issued by One
#	legacy.p12    keytool: One, marked, encrypted with RC2-40
#	3des.p12      keytool: the same with 3DES
#	rc4.p12       keytool: the same with RC4
#	rc2-128.p12   keytool: the same with RC2-128
#	empty.p12     openssl: One, encrypted with RC2-40 and the empty password
#	none.p12      certtool: the same with 3DES and no password
#	openssl.p12   openssl: One, which Java would not take
#	nameless.p12  openssl: the key without a name
#	other.p12     keytool: One, marked
#	key.jks       keytool: as key.p12
#	plain.jceks   keytool: One
#	secret.jceks  keytool: the same, and before it a secret key
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

new_key() {
	openssl ecparam -name prime256v1 -genkey -noout -out "$work/$1.key"
}
new_key one
openssl req -x509 -new -key "$work/one.key" -subj '/CN=One' -days 7300 \
	-out "$work/one.pem"
new_key leaf
openssl req -new -key "$work/leaf.key" -subj '/CN=Leaf' |
	openssl x509 -req -CA "$work/one.pem" -CAkey "$work/one.key" \
		-set_serial 2 -days 7300 -out "$work/leaf.pem" 2>/dev/null

# keystore FILE PASSWORD [OPTION...]: with few rounds, so that tests are quick.
keystore() {
	rm -f "$1"
	file=$1 password=$2
	shift 2
	keytool -importcert -noprompt -alias One -file "$work/one.pem" \
		-keystore "$file" -storetype PKCS12 -storepass "$password" \
		-J-Dkeystore.pkcs12.certPbeIterationCount=2 \
		-J-Dkeystore.pkcs12.macIterationCount=2 "$@" 2>/dev/null
}
keystore java.p12 changeit
keystore other.p12 another
keystore legacy.p12 changeit -J-Dkeystore.pkcs12.legacy
for cipher in 3des:DESede rc4:RC4_128 rc2-128:RC2_128; do
	pbe=PBEWithSHA1And${cipher#*:}
	keystore "${cipher%:*}.p12" changeit \
		-J-Dkeystore.pkcs12.certProtectionAlgorithm="$pbe"
done
openssl pkcs12 -export -nokeys -in "$work/one.pem" -legacy -iter 2 \
	-passout pass: -out empty.p12
certtool --to-p12 --load-certificate "$work/one.pem" --p12-name One \
	--pkcs-cipher 3des-pkcs12 --null-password --outder --outfile none.p12
keystore open.p12 changeit -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE \
	-J-Dkeystore.pkcs12.macAlgorithm=NONE

export_key() {
	openssl pkcs12 -export -in "$work/leaf.pem" -inkey "$work/leaf.key" \
		-certfile "$work/one.pem" -passout pass:changeit -iter 2 "$@"
}
export_key -name Mine -out "$work/key.p12"
export_key -out nameless.p12
for type in pkcs12:key.p12 jks:key.jks; do
	rm -f "${type#*:}"
	keytool -importkeystore -srckeystore "$work/key.p12" \
		-srcstorepass changeit -destkeystore "${type#*:}" \
		-deststoretype "${type%:*}" -deststorepass changeit \
		-J-Dkeystore.pkcs12.certPbeIterationCount=2 \
		-J-Dkeystore.pkcs12.keyPbeIterationCount=2 \
		-J-Dkeystore.pkcs12.macIterationCount=2 2>/dev/null
done
openssl pkcs12 -export -nokeys -in "$work/one.pem" -passout pass:changeit \
	-iter 2 -out openssl.p12
rm -f secret.jceks plain.jceks
keytool -importcert -noprompt -alias One -file "$work/one.pem" \
	-keystore plain.jceks -storetype JCEKS -storepass changeit 2>/dev/null
cp plain.jceks secret.jceks
keytool -genseckey -alias key -keyalg AES -keysize 128 \
	-keystore secret.jceks -storetype JCEKS -storepass changeit \
	-keypass changeit 2>/dev/null
openssl x509 -in "$work/one.pem" -outform DER -out one.der
openssl x509 -in "$work/leaf.pem" -outform DER -out leaf.der
openssl crl2pkcs7 -nocrl -certfile "$work/one.pem" -certfile "$work/leaf.pem" \
	-out both.p7b
