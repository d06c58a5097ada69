#!/bin/sh
# tests/cli/keystores.sh: keystores of keytool, openssl and certtool; of each, a
# JVM says how many trust anchors it takes, and so must we.
set -u
. "$top_srcdir/tests/support/tap.sh"

for tool in keytool java openssl; do
	command -v $tool >/dev/null || {
		echo "1..0 # SKIP no $tool here (default-jdk-headless)"
		exit 0
	}
done

certificate() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout "$work/$1.key" -out "$work/$1.pem" -subj "/CN=$1" \
		-days 400
}

# import STORE TYPE PASSWORD CERTIFICATE [OPTION...]
import() {
	import_store=$work/$1 import_type=$2 import_password=$3 import_cert=$4
	shift 4
	keytool -importcert -noprompt -alias "$import_cert" \
		-file "$work/$import_cert.pem" -keystore "$import_store" \
		-storetype "$import_type" -storepass "$import_password" "$@"
}

# convert STORE TYPE: from key.p12
convert() {
	keytool -importkeystore -srckeystore "$work/key.p12" \
		-srcstorepass changeit -destkeystore "$work/$1" \
		-deststoretype "$2" -deststorepass changeit
}

# export STORE PASSWORD OPTION...: certificates alone, by openssl
export_certs() {
	export_store=$1 export_password=$2
	shift 2
	openssl pkcs12 -export -nokeys -in "$work/One.pem" \
		-out "$work/$export_store" -passout "pass:$export_password" "$@"
}

legacy=-J-Dkeystore.pkcs12.legacy
cipher=-J-Dkeystore.pkcs12.certProtectionAlgorithm
mac=-J-Dkeystore.pkcs12.macAlgorithm
{
	certificate One && certificate Two && certificate Leaf
	openssl req -new -key "$work/Leaf.key" -subj /CN=Issued |
		openssl x509 -req -CA "$work/One.pem" -CAkey "$work/One.key" \
			-set_serial 2 -days 100 -out "$work/Issued.pem"
	openssl pkcs12 -export -in "$work/Leaf.pem" -inkey "$work/Leaf.key" \
		-certfile "$work/One.pem" -name mine -out "$work/key.p12" \
		-passout pass:changeit
	import two.jks JKS changeit One
	import two.jks JKS changeit Two
	import other.jks JKS another One
	import capital.jks CaseExactJKS changeit One
	cp "$work/Two.pem" "$work/two.pem"
	import capital.jks CaseExactJKS changeit two
	# The first byte of the first certificate, behind the alias "one".
	cp "$work/two.jks" "$work/damaged.jks"
	printf 1 | dd of="$work/damaged.jks" bs=1 seek=40 conv=notrunc
	import one.jceks JCEKS changeit One
	convert key.jks JKS
	convert key.jceks JCEKS
	convert java-key.p12 PKCS12
	import two.p12 PKCS12 changeit One
	import two.p12 PKCS12 changeit Two
	import other.p12 PKCS12 another One
	import open.p12 PKCS12 changeit One $cipher=NONE $mac=NONE
	import nomac.p12 PKCS12 changeit One $mac=NONE
	import mac-only.p12 PKCS12 another One $cipher=NONE
	import slow.pfx PKCS12 another One $cipher=NONE $mac=HmacPBESHA512 \
		-J-Dkeystore.pkcs12.macIterationCount=1700000
	for hash in SHA1 SHA224 SHA256 SHA384 SHA512; do
		import $hash.p12 PKCS12 changeit One \
			$cipher=PBEWithHmac${hash}AndAES_128 \
			$mac=HmacPBE$hash
	done
	import legacy.p12 PKCS12 changeit One "$legacy"
	import legacy.p12 PKCS12 changeit Two "$legacy"
	import 3des.p12 PKCS12 changeit One ${cipher}=PBEWithSHA1AndDESede
	import rc4.p12 PKCS12 changeit One ${cipher}=PBEWithSHA1AndRC4_128
	import rc2-128.p12 PKCS12 changeit One \
		${cipher}=PBEWithSHA1AndRC2_128
	for password in changeit ''; do
		openssl pkcs12 -export -in "$work/Leaf.pem" -legacy \
			-inkey "$work/Leaf.key" -certfile "$work/One.pem" \
			-name mine -out "$work/key-legacy$password.p12" \
			-passout "pass:$password"
	done
	openssl pkcs12 -export -in "$work/Leaf.pem" -keypbe NONE \
		-inkey "$work/Leaf.key" -name mine -out "$work/key-plain.p12" \
		-passout pass:changeit
	export_certs nokeys.p12 changeit
	export_certs nokeys-nomac.p12 changeit -nomac
	export_certs nokeys-empty.p12 ''
	openssl pkcs12 -export -nokeys -in "$work/One.pem" -legacy \
		-out "$work/nokeys-legacy.p12" -passout pass:changeit
	certtool --to-p12 --load-certificate "$work/One.pem" --outder \
		--p12-name x --password changeit \
		--outfile "$work/certtool.p12"
} >"$work/made" 2>&1
# More entries than GnuTLS gives of a part, where the system has a cacerts.
cacerts=/etc/ssl/certs/java/cacerts
[ -r $cacerts ] && cp $cacerts "$work/many.jks" &&
	keytool -importkeystore -srckeystore $cacerts -srcstorepass changeit \
		-destkeystore "$work/many.p12" -deststoretype PKCS12 \
		-deststorepass changeit >"$work/many" 2>&1

# type FILE
type_of() {
	case $1 in
	*.jks) echo JKS ;;
	*.jceks) echo JCEKS ;;
	*) echo PKCS12 ;;
	esac
}

files=$(cd "$work" && ls ./*.jks ./*.jceks ./*.p12 | sed 's|^\./||')
set --
for file in $files; do
	for password in - '' changeit another; do
		set -- "$@" "$work/$file" "$(type_of "$file")" "$password"
	done
done
java "$top_srcdir/tests/support/AcceptedIssuers.java" "$@" - - - \
	>"$work/java" 2>"$work/said" || { cat "$work/said"; exit 99; }
set --
for file in $files; do
	for password in - '' changeit another; do
		set -- "$@" "$work/$file" "$password"
	done
done
home=$(readlink -f "$(command -v java)")
home=${home%/bin/java}
./tests/support/anchors "$@" "java:$home" - >"$work/ours"

# agree JAVA OURS PASSWORD: the same number, or both refuse. What is encrypted
# is empty for a JVM without the password; we open it where that is well known,
# and say so.
agree() {
	case $1/$2 in
	"${2%% *}/$2") return 0 ;;
	error:*/error:*) return 0 ;;
	0/*store.java-empty*) [ "$3" = - ] ;;
	0/error:*give\ its\ password) [ "$3" = - ] ;;
	*) return 1 ;;
	esac
}

line=0
# next: the next line of both in $java and $ours
next() {
	line=$((line + 1))
	java=$(sed -n ${line}p "$work/java")
	ours=$(sed -n ${line}p "$work/ours")
	printf 'a JVM: %s\nwe: %s\n' "$java" "$ours" >"$work/said"
}

echo "1..$(($(echo "$files" | wc -l) * 4 + 17))"
for file in $files; do
	for password in - '' changeit another; do
		next
		# GnuTLS has RC4 and shows no attributes; it has no RC2-128.
		case $file/$java in
		rc4.p12/1) [ "$ours" = '0 store.not-marked-trusted' ] ;;
		rc2-128.p12/[01]) [ "${ours%%:*}" = error ] ;;
		*) agree "$java" "$ours" "$password" ;;
		esac
		tap $? "$file with password '$password': $ours"
	done
done
next
agree "$java" "$ours" -
tap $? 'the store that a JVM has by default'

verify() {
	"$CHAINCHECK" verify "$work/Issued.pem" --no-system "$@"
}
tap_run 'a keystore by its content, and where the anchor is in it' 0 \
	'alias one' verify --trust "$work/two.jks"
tap_run 'a wrong password is said with the place' 3 \
	'two.jks: the password is wrong' verify --trust "jks:$work/two.jks" \
	--pass pass:wrong
tap_run 'and of PKCS #12' 3 'two.p12: the password is wrong' \
	verify --trust "p12:$work/two.p12" --pass pass:wrong
tap_run 'the right one is taken' 0 trusted \
	verify --trust "p12:$work/other.p12" --pass pass:another
tap_run 'one that is encrypted asks for it' 3 'other.p12: it is encrypted' \
	verify --trust "p12:$work/other.p12"
tap_run 'what Java does not take is not trusted, and why' 1 \
	'Java would take none' verify --trust "$work/nokeys.p12"
tap_run 'Java must be told the password' 0 store.java-empty \
	verify --trust "$work/two.p12"
tap_run 'a file that says to hash for long is given up' 3 \
	'slow.pfx: its passwords take too long to try' \
	verify --trust "p12:$work/slow.pfx"
tap_run 'with its password it is read' 0 trusted \
	verify --trust "p12:$work/slow.pfx" --pass pass:another
head -c 300 "$work/two.jks" >"$work/cut"
tap_run 'a damaged keystore is said with the place' 3 'cut: .*byte' \
	verify --trust "$work/cut"
tap_run 'what is no keystore is refused as one' 3 \
	'One.pem: not a JKS or JCEKS keystore but PEM' \
	verify --trust "jks:$work/One.pem"

# Beyond ASCII a JKS hashes UTF-16; keytool takes the locale's bytes for it.
password=$(printf 'p\303\244ssw\303\266rd\342\202\254')
LC_ALL=C.UTF-8
export LC_ALL
import beyond.jks JKS "$password" One >"$work/made" 2>&1
printf '%s\n' "$password" >"$work/password"
PASSWORD=$password
export PASSWORD
for source in "pass:$password" "file:$work/password" env:PASSWORD stdin fd:7; do
	tap_run "a password beyond ASCII, from ${source%%:*}" 0 'trusted' \
		verify --trust "$work/beyond.jks" --pass "$source" \
		<"$work/password" 7<"$work/password"
done
