#!/bin/sh
# tests/cli/audit_bad_input.sh: what is no bundle, cannot be read, or changes
# under the reading; and --fix where it cannot write.
set -u
. "$top_srcdir/tests/support/tap.sh"
command -v openssl >/dev/null || {
	echo '1..0 # SKIP no openssl here'
	exit 0
}
. "$top_srcdir/tests/support/pki.sh"
cd "$work" || exit 99
unset CHAINCHECK_KNOWN
XDG_DATA_HOME=$work
export XDG_DATA_HOME
both_to() {
	both_name=$1
	shift
	cat "$@" >"$both_name"
}
both_to good.pem www.pem intermediate.pem
both_to order.pem intermediate.pem www.pem root.pem

tap_run 'a file that is not there' 3 'No such file' \
	"$CHAINCHECK" audit none.pem
tap_run 'a file that is not there does not hide the others' 1 'bundle.order' \
	"$CHAINCHECK" audit none.pem order.pem
mkfifo pipe
tap_run 'a pipe that nobody writes to' 3 'not a regular file' \
	timeout 20 "$CHAINCHECK" audit pipe
tap_run 'no operand' 2 'needs FILE' "$CHAINCHECK" audit
tap_run 'a kind that there is not' 2 'is none of server' \
	"$CHAINCHECK" audit --as chain good.pem
tap_run 'a store that there is not' 3 'No such file' \
	"$CHAINCHECK" audit --for file:none.pem good.pem
tap_run 'a key that is not there' 3 'No such file' \
	"$CHAINCHECK" audit --key none.key good.pem
tap_run 'no number of days' 2 'is no number of days' \
	"$CHAINCHECK" audit -w soon good.pem

# A folder: what is no bundle in it is passed over, links are not followed.
mkdir -p folder/inner
cp good.pem folder/inner/chain.txt
cp order.pem folder/order.crt
echo 'read me' >folder/README
ln -s .. folder/inner/loop
"$CHAINCHECK" audit folder >said 2>&1
[ $? = 1 ] && [ "$(grep -c '^folder/' said)" = 2 ] &&
	grep -q '^folder/inner/chain.txt: server bundle' said
tap $? 'a folder with bundles and other things'

# What a stranger wrote moves no cursor.
{ cat root.pem; printf '# Subject: CN=\033[31mRed\n'; cat unrelated.pem; } \
	>escape.pem
"$CHAINCHECK" audit escape.pem >said 2>&1
grep -q 'x1b\[31mRed' said && ! grep -q "$(printf '\033')" said
tap $? 'a comment with an escape sequence'

# More certificates than any chain has are not held against each other.
i=0
while [ $i -lt 300 ]; do
	cat intermediate.pem
	i=$((i + 1))
done >long.pem
tap_run 'a chain of three hundred' 1 'bundle.size' \
	"$CHAINCHECK" audit --as server long.pem

# A writer is at it: of one of many readings the audit must see it.
i=0
while [ $i -lt 3000 ]; do
	cat root.pem
	i=$((i + 1))
done >growing.pem
(while :; do echo '# and on' >>growing.pem; done) &
writer=$!
seen=1
for _ in $(seq 50); do
	"$CHAINCHECK" audit growing.pem >said 2>&1
	grep -q 'bundle.changed' said && seen=0 && break
done
kill $writer
wait $writer 2>/dev/null
tap $seen 'a file that changes while it is read'

# --fix
tap_run '--fix without -o' 2 'writes to that of -o' \
	"$CHAINCHECK" audit --fix order.pem
tap_run '--split without --fix' 2 'means nothing without --fix' \
	"$CHAINCHECK" audit --split -o x order.pem
tap_run '--fix of two files' 2 'mends one FILE' \
	"$CHAINCHECK" audit --fix -o x order.pem good.pem
echo 'the old file' >old.pem
(
	ulimit -f 0
	"$CHAINCHECK" audit --fix -o old.pem order.pem 2>said.full
) >/dev/null
[ $? = 3 ] && [ "$(cat old.pem)" = 'the old file' ] &&
	[ -z "$(ls old.pem.* 2>/dev/null)" ]
tap $? 'a full disk leaves the old file whole'
tap_run 'a folder that is not there' 3 'No such file' \
	"$CHAINCHECK" audit --fix -o nowhere/out.pem order.pem
"$CHAINCHECK" audit --fix -o order.pem order.pem >said 2>&1
[ $? = 0 ] && cmp -s order.pem good.pem
tap $? 'a file mended in its place'
tap_run '--fix of a good one changes nothing' 0 'nothing had to be changed' \
	"$CHAINCHECK" audit --fix -o same.pem good.pem
cmp -s same.pem good.pem
tap $? 'and writes it as it was'
echo 'no bundle' >letter.txt
tap_run '--fix of what is no bundle' 3 'are mended' \
	"$CHAINCHECK" audit --fix -o none.out letter.txt
[ ! -e none.out ]
tap $? 'and nothing is written'

# What is distrusted is not trusted by mending.
openssl x509 -in unrelated.pem -trustout -addreject serverAuth -out no.pem
cat root.pem no.pem >rejects.pem
"$CHAINCHECK" audit --fix -o plain.pem rejects.pem >said 2>&1
cmp -s plain.pem root.pem && grep -q 'cannot say what it is trusted for' said
tap $? 'a certificate that OpenSSL is told to reject is left out'

cat no.pem unrelated.pem root.pem >again.pem
"$CHAINCHECK" audit --fix -o plain.pem again.pem >said 2>&1
cmp -s plain.pem root.pem && ! grep 'it is there already' said &&
	grep -q 'left out where it stands first' said
tap $? 'and so is its plain copy behind it, which OpenSSL passes over'

{ cat root.pem; tail -n +2 unrelated.pem; } >lost.pem
"$CHAINCHECK" audit --fix -o plain.pem lost.pem >said 2>&1
cmp -s plain.pem root.pem && grep -q 'left out what ends without a BEGIN' said
tap $? 'a certificate whose BEGIN is lost is told'

# Of several ways up the one that most stores take.
printf '%s\n' "$ca_extensions" >cross-root.ext
openssl req -new -key root.key -subj '/O=Test/CN=Test Root' 2>/dev/null |
	openssl x509 -req -days 200 -extfile cross-root.ext -CA old-root.pem \
		-CAkey old-root.key -set_serial 77 -out bridge.pem 2>/dev/null
"$CHAINCHECK" audit --fix -o both.pem --untrusted bridge.pem \
	--for file:root.pem,file:old-root.pem good.pem >said 2>&1
[ $? = 0 ] && [ "$(grep -c BEGIN both.pem)" = 3 ] &&
	openssl verify -no-CApath -no-CAstore -CAfile old-root.pem \
		-untrusted both.pem www.pem >>said 2>&1 &&
	openssl verify -no-CApath -no-CAstore -CAfile root.pem \
		-untrusted both.pem www.pem >>said 2>&1
tap $? 'the chain that both stores accept'
echo "1..$tap_count"
