#!/bin/sh
# tests/peers/audit_least.sh: which anchors some hosts need, fetched from real
# servers and read from files; the least bundle serves all of them, to openssl
# too, and with one anchor fewer it does not.
set -u
. "$top_srcdir/tests/support/peer.sh"
command -v openssl >/dev/null || {
	echo '1..0 # SKIP no openssl here'
	exit 0
}
. "$top_srcdir/tests/support/pki.sh"
signed other-www unrelated /CN=www "$leaf_extensions"
cd "$work" || exit 99
cat root.pem old-root.pem unrelated.pem root-other-key.pem >bundle.pem

# The same intermediate, by a root that is no longer good: it is not needed.
cat www.pem intermediate.pem cross.pem >first.chain
cat other-www.pem >second.chain
cat self-signed.pem >third.chain
# Signed by two roots: with both there either would do.
openssl req -new -key root.key -subj '/O=Test/CN=Test Root' 2>/dev/null |
	openssl x509 -req -days 200 -extfile intermediate.ext \
		-CA unrelated.pem -CAkey unrelated.key -set_serial 78 \
		-out bridge.pem 2>/dev/null
cat www.pem intermediate.pem bridge.pem >bridged.chain

least() {
	"$CHAINCHECK" audit --least --targets targets "$@" bundle.pem
}
printf 'first.chain\n# a comment\n  second.chain  # another\n\n' >targets
tap_run 'two of four anchors' 0 '2 of 4 anchors serve 2 of 2 hosts' \
	least -o least.pem
[ "$(grep -c BEGIN least.pem)" = 2 ] &&
	openssl verify -no-CApath -no-CAstore -CAfile least.pem \
		-untrusted first.chain www.pem >said 2>&1 &&
	openssl verify -no-CApath -no-CAstore -CAfile least.pem \
		other-www.pem >>said 2>&1
tap $? 'openssl takes both with the least bundle'

printf 'bridged.chain\nsecond.chain\n' >targets
tap_run 'one that serves both is enough' 0 '1 of 4 anchors serve 2 of 2' \
	least -o least.pem
openssl verify -no-CApath -no-CAstore -CAfile least.pem \
	-untrusted bridged.chain www.pem >said 2>&1 &&
	openssl verify -no-CApath -no-CAstore -CAfile least.pem \
		other-www.pem >>said 2>&1
tap $? 'openssl takes both with that one'

printf 'first.chain\nthird.chain\n' >targets
tap_run 'a host that none serves' 1 'by none of the anchors' least

cp www.pem first.pem
cp intermediate.pem others.pem
start_openssl "$work/www.key" || exit 99
# Nobody knows the name, so that the address stands there.
printf '127.0.0.1:%s\nsecond.chain\n' "$port" >targets
tap_run 'a host that is fetched' 0 '2 of 4 anchors serve 2 of 2' least
grep -q "^    127.0.0.1:$port" said
tap $? 'it is named'
stop_peer
tap_run 'a host that does not answer' 1 'by none of the anchors' least
tap_run 'a list that is not there' 3 'No such file' "$CHAINCHECK" audit \
	--least --targets nowhere bundle.pem
tap_run 'no list' 2 'the hosts of --targets' "$CHAINCHECK" audit --least \
	bundle.pem
echo "1..$tap_count"
