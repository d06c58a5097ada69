#!/bin/sh
# tests/cli/fix.sh: what --fix writes, and where it must not write. openssl says
# whether the chain is one, and a shell whether a line runs.
set -u
command -v openssl >/dev/null || {
	echo '1..0 # SKIP openssl is missing'
	exit 0
}
. "$top_srcdir/tests/support/peer.sh"
. "$top_srcdir/tests/support/pki.sh"
cd "$work" || exit 99

verify() {
	"$CHAINCHECK" verify --no-system "$@" >out 2>err
}

# Every certificate of a file, by the SHA-256 of openssl.
digests() {
	awk '/BEGIN CERT/ { n++ } { print > ("one." n ".pem") }' n=0 "$1"
	for one in one.[1-9].pem; do
		openssl x509 -in "$one" -noout -fingerprint -sha256
	done
	rm -f one.*.pem
}

# chain_is NAME...: fullchain.pem has these, in this order, and nothing else.
chain_is() {
	: >wanted
	for name in "$@"; do
		openssl x509 -in "$name.pem" -noout -fingerprint -sha256 >>wanted
	done
	digests fix/fullchain.pem >got
	diff wanted got >said 2>&1 && ! grep -v -e '^[A-Za-z0-9+/=]*$' \
		-e '^-----' fix/fullchain.pem >>said
}

# files NAME WANTED: of the folder.
files() {
	ls -A fix >got 2>&1
	echo "$2" | tr ' ' '\n' | diff - got >said 2>&1
	tap $? "$1"
}

# mends NAME STATUS "SENT" "CHAIN" OPTION...: what is sent becomes CHAIN.
mends() {
	mends_name=$1 mends_status=$2 sent=$3 chain=$4
	shift 4
	rm -rf fix sent.pem
	for name in $sent; do
		cat "$name.pem" >>sent.pem
	done
	verify sent.pem --fix fix "$@"
	got=$?
	# shellcheck disable=SC2086
	chain_is $chain
	ok=$?
	[ "$got" = "$mends_status" ] || {
		echo "status $got" >>said
		ok=1
	}
	cat err >>said
	tap $ok "$mends_name"
}

whole='www intermediate'
mends 'a missing intermediate' 1 www "$whole" --cacert root.pem \
	--other intermediate.pem
mends 'a wrong order' 0 'www root intermediate' "$whole" --cacert root.pem
mends 'a stranger' 0 'www intermediate unrelated' "$whole" --cacert root.pem
mends 'one sent twice' 0 'www www intermediate' "$whole" --cacert root.pem
mends 'the root sent along' 0 'www intermediate root' "$whole" \
	--cacert root.pem
mends 'an intermediate that only this client has' 0 www "$whole" \
	--cacert root.pem --untrusted intermediate.pem
mends 'an anchor that is no root, and was not sent' 0 www "$whole" \
	--cacert intermediate.pem
mends 'all at once, and the root missing' 1 \
	'www unrelated root intermediate www' "$whole" --cacert unrelated.pem
files 'the root is there as well' 'commands.sh fullchain.pem missing-ca.crt'
signed brief intermediate /CN=www "$leaf_extensions" 10
mends 'an expired leaf sent in a wrong order' 1 \
	'brief root intermediate' 'brief intermediate' --cacert root.pem \
	--attime +20d

# The intermediate again, by a root that other clients have.
printf '%s\n' "$ca_extensions" >again.ext
openssl req -new -key intermediate.key -subj '/O=Test/CN=Test Intermediate' |
	openssl x509 -req -days 300 -extfile again.ext -CA old-root.pem \
		-CAkey old-root.key -out again.pem 2>/dev/null
mends 'a cross-certificate stays' 0 'www root again intermediate' \
	'www intermediate again' --cacert root.pem

# A CA's new key by its old one: no root, for those who have the old one.
signed rekeyed root "$root" "$ca_extensions"
openssl req -x509 -new -key rekeyed.key -subj "$root" -days 300 \
	-addext keyUsage=critical,keyCertSign -out new-root.pem
cp rekeyed.key new-root.key
signed new-intermediate new-root '/CN=New Intermediate' "$ca_extensions"
signed new new-intermediate /CN=www "$leaf_extensions"
mends 'a new key by the old one stays' 0 'new rekeyed new-intermediate' \
	'new new-intermediate rekeyed' --cacert new-root.pem
openssl verify -CAfile root.pem -untrusted fix/fullchain.pem new.pem \
	>said 2>&1
tap $? '... for those who have the old root, says openssl'
mends '... and where it is the anchor' 0 'new rekeyed new-intermediate' \
	'new new-intermediate rekeyed' --cacert rekeyed.pem
! openssl verify -CAfile rekeyed.pem -untrusted new-intermediate.pem new.pem \
	>said 2>&1 && grep -q 'unable to get issuer' said &&
	grep -q 'no root' out && ! grep -q chain.root-sent out
tap $? '... where openssl wants the old root too'
rm -rf fix
verify new.pem new-intermediate.pem rekeyed.pem --cacert new-root.pem --fix fix
cp err said
[ -z "$(ls -A fix)" ]
tap $? '... and sent in order it is right as it is'

# nothing NAME STATUS FILES OPTION...: no chain is made of it.
nothing() {
	nothing_name=$1 nothing_status=$2 nothing_files=$3
	shift 3
	rm -rf fix
	verify "$@" --fix fix
	got=$?
	ls -A fix >said 2>&1
	cat err >>said
	[ "$got" = "$nothing_status" ] && [ "$(ls -A fix)" = "$nothing_files" ]
	tap $? "$nothing_name"
}

nothing 'a good chain has nothing to mend' 0 '' www.pem intermediate.pem \
	--cacert root.pem
grep -q 'nothing to mend' err
tap $? '... and that is said'
nothing 'what is not at hand is not made up' 1 commands.sh www.pem \
	--cacert root.pem
nothing 'a chain that stays bad is not handed out' 1 commands.sh \
	below-not-a-ca.pem root.pem not-a-ca.pem --cacert root.pem
nothing 'a root by itself is no missing anchor' 1 commands.sh \
	self-signed.pem --cacert root.pem

# What a name lies outside of is what the CA permits, and not the certificate.
rm -rf fix
verify below-corp.pem corp.pem --cacert root.pem --fix fix \
	--verify-hostname www.example.test
tr '\n#' '  ' <fix/commands.sh | tr -s ' ' >said
grep -q 'in the place of «www» whose names all lie in what the CAs above it' said
tap $? 'a name constraint is that of the CAs above'

# A root that has ended is not what a client lacks.
signed lasting root '/CN=Lasting' "$ca_extensions" 900
signed last lasting /CN=www "$leaf_extensions" 900
nothing 'a root that has ended is not handed out' 1 commands.sh last.pem \
	lasting.pem --other root.pem --cacert unrelated.pem --attime +600d
echo "$(tr -s '\n# ' '   ' <fix/commands.sh | tr -s ' ')" >said
grep -q 'It ended at .*: to install it would not help\.' said &&
	grep -q 'Ask the CA for the root that took the place of' said &&
	grep -q 'The root «Test Root» expired' said &&
	! grep -q -e import -e 'chain file' said
tap $? '... nor is it said to be installed, or sent anew'

# The root: at hand, to be compared.
cat www.pem intermediate.pem root.pem >sent.pem
rm -rf fix
verify sent.pem --cacert unrelated.pem --fix fix
cp err said
grep -q 'fix/missing-ca.crt: written' err && grep -q 'fullchain.pem: written' err
tap $? 'it says what it wrote'
print=$(openssl x509 -in root.pem -noout -fingerprint -sha256 | sed 's/.*=//')
hex=$(echo "$print" | tr -d : | tr A-F a-f)
cmp -s root.pem fix/missing-ca.crt && echo 'no head comment' >said
grep -q "^# SHA-256 $hex\$" fix/missing-ca.crt &&
	[ "$(digests fix/missing-ca.crt)" = \
		"$(openssl x509 -in root.pem -noout -fingerprint -sha256)" ]
tap $? 'the missing root, under the SHA-256 to compare'
grep -n -m 1 "$print" fix/commands.sh >said &&
	sed -n '/update-ca-certificates/=' fix/commands.sh | head -n 1 >line &&
	[ "$(sed 's/:.*//' said)" -lt "$(cat line)" ]
tap $? 'the comparison stands before whatever installs it'
verify sent.pem --cacert fix/missing-ca.crt
tap $? 'with the file the chain is trusted'
openssl verify -CAfile fix/missing-ca.crt -untrusted fix/fullchain.pem \
	www.pem >said 2>&1
tap $? '... and openssl says so'
grep -v '^#' fix/commands.sh | grep -v '^$' >said
[ "$(grep -c -v '^openssl [-_a-z0-9 .|]*$' said)" = 0 ] && [ -s said ]
tap $? 'only lines that look would run'
cp -r fix before && (cd fix && sh commands.sh) >said 2>&1 &&
	grep -q -i "fingerprint=$print" said && diff -r before fix >>said
tap $? 'run as it stands it shows the fingerprint and changes nothing'

# A chain that was saved behind a box that inspects TLS is the box's.
self_signed box '/O=Zscaler Inc./CN=Zscaler Root CA' \
	-addext keyUsage=critical,keyCertSign
signed boxed box /CN=www "$leaf_extensions"
nothing "an inspecting box's CA is not handed out" 1 commands.sh boxed.pem \
	unrelated.pem box.pem --cacert root.pem
tr -s '\n ' '  ' <out >said
grep -q 'is a CA of Zscaler, which inspects TLS: .*(trust.interception)' said
tap $? '... and said to be one'
nothing '... nor its chain where it is trusted' 0 commands.sh boxed.pem \
	unrelated.pem box.pem --cacert box.pem

# Names that would be lines, paths or certificates.
evil='/O=$(touch pwned)`touch pwned`
touch pwned
/OU=-----BEGIN CERTIFICATE-----/CN=..\/..\/evil'
self_signed evil "$evil" -utf8 -addext keyUsage=critical,keyCertSign
signed below-evil evil '/CN=www;touch pwned' "$leaf_extensions"
cat below-evil.pem unrelated.pem evil.pem >sent.pem
rm -rf fix
verify sent.pem --cacert root.pem --fix fix
files 'a hostile name names no file' 'commands.sh fullchain.pem missing-ca.crt'
(cd fix && sh commands.sh) >said 2>&1 && [ ! -e fix/pwned ] && [ ! -e pwned ]
tap $? '... and no line of a shell'
grep -v '^#' fix/commands.sh | grep -e touch -e pwned >said
tap_nothing '... nor any line outside of comments'
[ "$(grep -c -e '-----BEGIN' fix/missing-ca.crt)" = 1 ] &&
	openssl verify -CAfile fix/missing-ca.crt below-evil.pem >said 2>&1
tap $? '... nor a certificate'

# Where it must not write.
cat www.pem root.pem intermediate.pem >sent.pem
# refuses NAME: nothing of `fix` has changed, and the status says so.
refuses() {
	rm -rf before
	cp -a fix before
	verify sent.pem --cacert root.pem --fix fix
	got=$?
	diff -r before fix >said 2>&1 && [ "$got" = 3 ]
	ok=$?
	cat err >>said
	tap $ok "$1"
}
rm -rf fix && mkdir fix && echo mine >fix/fullchain.pem
refuses 'a fullchain.pem of somebody else stays'
rm -rf fix && mkdir fix && echo mine >fix/notes
refuses 'a folder with other files is left alone'
rm -rf fix && mkdir fix && echo mine >elsewhere && ln -s ../elsewhere \
	fix/fullchain.pem
refuses 'a link is not followed'
[ "$(cat elsewhere)" = mine ]
tap $? '... and what it leads to stays'
rm -rf fix && verify sent.pem --cacert root.pem --fix fix
echo mine >fix/.hidden
refuses 'a folder of ours with a file of somebody else, too'
rm -rf fix && echo mine >fix
verify sent.pem --cacert root.pem --fix fix
[ $? = 3 ] && [ "$(cat fix)" = mine ]
tap $? 'a file is no folder'
rm -rf fix
verify sent.pem --cacert root.pem --fix no/such/fix
[ $? = 3 ] && [ ! -e no ]
tap $? 'only the last folder is made'

# Whole, or none: a shell's limit on a file is in blocks of 512 bytes or 1024.
# too_large NAME BLOCKS: the files of an earlier run are not mixed with ours.
too_large() {
	rm -rf fix
	verify www.pem unrelated.pem --cacert intermediate.pem --fix fix
	(ulimit -f "$2" && exec "$CHAINCHECK" verify www.pem unrelated.pem \
		--no-system --cacert intermediate.pem --fix fix >out 2>err)
	got=$?
	ls -A fix >said
	cat err >>said
	[ "$got" = 3 ] && [ -z "$(ls -A fix)" ]
	tap $? "$1"
}
too_large 'a file that would be too large leaves nothing behind' 1
too_large '... nor do those before it' 4
verify www.pem unrelated.pem --cacert intermediate.pem --fix fix
files '... and the next run may write' 'commands.sh fullchain.pem'

# Ours: replaced, and what is not so any more goes.
cat www.pem intermediate.pem root.pem >sent.pem
verify sent.pem --cacert unrelated.pem --fix fix
verify sent.pem --cacert root.pem --fix fix
files 'what an earlier run wrote is replaced' 'commands.sh fullchain.pem'
verify www.pem intermediate.pem --cacert root.pem --fix fix
[ $? = 0 ] && [ -z "$(ls -A fix)" ]
tap $? 'what is right leaves nothing behind'

tap_run 'many at once are refused' 2 'one HOST' "$CHAINCHECK" check a.test \
	b.test --fix fix
tap_run 'all stores are refused' 2 'one HOST' "$CHAINCHECK" check a.test \
	--trust all --fix fix
tap_run 'a batch is refused' 2 'batch' "$CHAINCHECK" verify --batch --fix fix
echo "1..$tap_count"
