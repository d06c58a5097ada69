#!/bin/sh
# tests/cli/audit_token.sh: the key of a server bundle on a PKCS#11 token.
set -u
. "$top_srcdir/tests/support/tap.sh"
for tool in openssl softhsm2-util; do
	command -v $tool >/dev/null || {
		echo "1..0 # SKIP no $tool here"
		exit 0
	}
done
for module in /usr/lib/softhsm/libsofthsm2.so \
	/usr/lib64/softhsm/libsofthsm2.so /usr/lib64/pkcs11/libsofthsm2.so \
	/usr/lib/pkcs11/libsofthsm2.so /usr/local/lib/softhsm/libsofthsm2.so; do
	[ ! -f "$module" ] || break
done
[ -f "$module" ] || {
	echo '1..0 # SKIP no module of SoftHSM here'
	exit 0
}
. "$top_srcdir/tests/support/pki.sh"
cd "$work" || exit 99
mkdir tokens
echo "directories.tokendir = $work/tokens" >softhsm2.conf
SOFTHSM2_CONF=$work/softhsm2.conf
export SOFTHSM2_CONF
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key \
	2>/dev/null
printf '%s\n' "$leaf_extensions" >rsa.ext
openssl req -new -key rsa.key -subj /CN=rsa |
	openssl x509 -req -days 200 -extfile rsa.ext -CA intermediate.pem \
		-CAkey intermediate.key -out rsa.pem 2>/dev/null
{
	softhsm2-util --init-token --free --label one --pin 1234 --so-pin 1234
	for name in www rsa; do
		openssl pkcs8 -topk8 -nocrypt -in $name.key -out $name.p8
	done
	softhsm2-util --import www.p8 --token one --label www --id 01 --pin 1234
	softhsm2-util --import rsa.p8 --token one --label rsa --id 02 --pin 1234
} >said 2>&1 || { cat said; exit 99; }
cat www.pem intermediate.pem >www.chain
cat rsa.pem intermediate.pem >rsa.chain

# with OBJECT CHAIN PIN
with() {
	"$CHAINCHECK" audit --for file:root.pem --module "$module" \
		--pass "pass:$3" --key "pkcs11:token=one;object=$1" "$2"
}
tap_run 'a key of a curve that fits' 0 'nothing found' with www www.chain 1234
tap_run 'a key of RSA that fits' 0 'nothing found' with rsa rsa.chain 1234
tap_run 'a key that does not' 1 'bundle.key-mismatch' with rsa www.chain 1234
tap_run 'a wrong PIN' 3 'PIN is wrong' with www www.chain 9999
tap_run 'no such key' 3 'no key of RSA' with none www.chain 1234
tap_run 'no such token' 3 'no such token' "$CHAINCHECK" audit \
	--module "$module" --key 'pkcs11:token=two' www.chain
# The URI that is printed has no PIN.
"$CHAINCHECK" audit --module "$module" \
	--key 'pkcs11:token=one;object=none?pin-value=1234' www.chain >said 2>&1
[ $? = 3 ] && ! grep -q 1234 said
tap $? 'a PIN in the URI is not told'
echo "1..$tap_count"
