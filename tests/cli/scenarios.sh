#!/bin/sh
# tests/cli/scenarios.sh: the store that was mended is not the store that is
# read. Each situation is made by the tool that makes it in the field.
#
# What shows which; "-": not shown, and why.
#
# the store that a client really reads
#   java: another JDK               tests/peers/pid.sh 'Java: cacerts'
#   java: a runtime that is bundled tests/peers/pid.sh 'Java: jssecacerts'
#   java: a daemon keeps the old    tests/peers/pid.sh 'Java: a keystore that
#                                   changed since'
#   java: empty                     here, 'Java: a link to nothing'
#   java: PKCS #12 by OpenSSL       tests/cli/keystores.sh, tests/peers/pid.sh
#   java: password                  tests/cli/keystores.sh
#   java: an option is lost         tests/peers/pid.sh 'Java: MAVEN_OPTS'
#   java: cacerts apart from the OS here, 'a JDK of its own'
#   node                            tests/peers/pid.sh 'Node: ...'
#   node: extra file is missing     tests/peers/pid.sh 'Node: brackets'
#   python: certifi                 tests/peers/pid.sh 'requests: ...'
#   pip: a child without --cert     tests/peers/settings.sh 'pip: a child'
#   a forgotten override            tests/peers/pid.sh 'SSL_CERT_FILE';
#                                   tests/peers/settings.sh 'pip: pip.conf',
#                                   'curl: .curlrc', 'git: ...', 'PHP: ...'
#   rust: roots compiled in         - no such binary in Debian
#   firefox: its own database       tests/cli/nss.sh
#   snap, flatpak                   here, 'a snap'
#   a container without a store     here, 'no store: ...'
#   curl 77                         here, 'curl: a file that is not there'
#   docker: certs.d                 tests/cli/machine.sh; the daemon -: none
#                                   runs here
#   ldap                            tests/peers/settings.sh 'ldapsearch: ...'
#   postgres                        tests/peers/settings.sh 'psql: ...'
#   dotnet: TRUSTED CERTIFICATE     here, 'a TRUSTED CERTIFICATE'; the store My
#                                   -: no .NET in Debian
#   an agent's private runtime      here, 'an agent'
#   another TLS library             here, 'a TRUSTED CERTIFICATE'
#   update: a wrong ending          here, 'a name in .pem', 'missing: ...'
#   update: several, or DER         here, 'two in one file', 'DER',
#                                   'missing: it lies there in DER'
#   a bundle edited by hand         here, 'by hand'
# p11-kit, PKCS#11, NSS
#   trust anchor cannot write       here, 'the remedy of this system'
#   it is an anchor already         - p11-kit of Debian writes nothing
#   section lines in a bundle       here, 'a section of p11-kit'
#   a token that does not trust     tests/store/test_read_pkcs11.c (SoftHSM)
#   GnuTLS without a default store  - takes another build of GnuTLS
#   an anchor that is no CA         here, 'the server of before'
#   an intermediate in source       here, 'an intermediate in source'
#   a bundle of 0 bytes             here, 'a bundle of 0 bytes'
#   NSS: flags for another purpose  here, 'NSS: flags'
set -u
. "$top_srcdir/tests/support/tap.sh"

# make NAME SUBJECT [OPTION...]: a CA of its own
make() {
	make_name=$1 make_subject=$2
	shift 2
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout "$work/$make_name.key" -out "$work/$make_name.pem" \
		-subj "/CN=$make_subject" -days 400 "$@" 2>"$work/said"
}

# Words that may stand on two lines of the report.
# says NAME WORDS COMMAND...
says() {
	says_name=$1 says_words=$2
	shift 2
	"$@" 2>&1 | tr -s '\n ' '  ' >"$work/line"
	{ cat "$work/line" && echo; } >"$work/said"
	grep -q -e "$says_words" "$work/said"
	tap $? "$says_name"
}

# silent NAME WORDS COMMAND...
silent() {
	silent_name=$1 silent_words=$2
	shift 2
	"$@" 2>&1 | tr -s '\n ' '  ' >"$work/said"
	! grep -q -e "$silent_words" "$work/said" &&
		grep -q 'place' "$work/said"
	tap $? "$silent_name"
}

skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

stores() {
	"$CHAINCHECK" stores --root "$root"
}

# A root of Debian, with three CAs of its own.
debian() {
	root=$work/debian
	rm -rf "$root"
	mkdir -p "$root/etc/ssl/certs" "$root/usr/share/ca-certificates/mozilla" \
		"$root/usr/local/share/ca-certificates" "$root/etc/hooks"
	echo 'ID=debian' >"$root/etc/os-release"
	: >"$root/etc/ca-certificates.conf"
	for name in a b c; do
		cp "$work/$name.pem" \
			"$root/usr/share/ca-certificates/mozilla/$name.crt"
		echo "mozilla/$name.crt" >>"$root/etc/ca-certificates.conf"
	done
}

# The tool of Debian itself, in that root.
update() {
	/usr/sbin/update-ca-certificates \
		--certsconf "$root/etc/ca-certificates.conf" \
		--certsdir "$root/usr/share/ca-certificates" \
		--localcertsdir "$root/usr/local/share/ca-certificates" \
		--etccertsdir "$root/etc/ssl/certs" \
		--hooksdir "$root/etc/hooks" >"$work/updated" 2>&1
}

# bundled NAME: is the certificate in the bundle?
bundled() {
	grep -q "$(sed -n 3p "$work/$1.pem")" \
		"$root/etc/ssl/certs/ca-certificates.crt"
}

update_cases() {
	bundle=$root/etc/ssl/certs/ca-certificates.crt
	own=$root/usr/local/share/ca-certificates
	update
	silent 'a store as it was made has nothing wrong' \
		'WHAT IS WRONG' \
		stores
	cp "$work/corp.pem" "$own/corp.pem"
	update
	! bundled corp
	tap $? 'a name in .pem: update-ca-certificates passes over it'
	says '... and that is said' \
		'corp.pem is not read by update-ca-certi.*end in .crt.*'\
'store.file-ignored' \
		stores
	mv "$own/corp.pem" "$own/corp.crt"
	update
	silent '... and no more, once it is called .crt' 'WHAT IS WRONG' stores
	cat "$work/corp.pem" "$work/two.pem" >"$own/corp.crt"
	update
	says 'two in one file: no hash link' \
		'corp.crt holds 2 certificates.*no hash link.*'\
'store.file-ignored' \
		stores
	openssl x509 -in "$work/corp.pem" -outform DER -out "$own/corp.crt"
	update
	says 'DER: nobody finds it' \
		'corp.crt is no PEM (der).*store.file-ignored' \
		stores
	rm "$own/corp.crt"
	openssl x509 -in "$work/corp.pem" -addtrust serverAuth \
		-out "$own/corp.crt"
	update
	certtool --certificate-info --infile "$own/corp.crt" >"$work/said" 2>&1
	[ $? != 0 ]
	tap $? 'a TRUSTED CERTIFICATE: GnuTLS finds none in it'
	says '... and that is said' \
		'corp.crt has TRUSTED CERTIFICATE.*store.type-mismatch' \
		stores
	rm "$own/corp.crt"
	update
	cat "$work/corp.pem" >>"$bundle"
	says 'by hand: what is in no source directory' \
		'1 certificate in it comes from no source directory and'\
' will vanish.*«Corp Root».*store.hand-edited' \
		stores
	: >"$root/etc/ssl/certs/none"
	cp "$work/two.pem" "$own/two.crt"
	update
	! bundled corp
	tap $? '... and it does vanish'
	silent '... and is no finding then' 'store.hand-edited' stores
	sed -i 's|^mozilla/b.crt|!&|' "$root/etc/ca-certificates.conf"
	update
	! bundled b
	tap $? 'switched off: it is not in the bundle'
	says '... and that is said' \
		'switches 1 certificate off with a "!": mozilla/b.crt.*'\
'store.deselected' \
		stores
}

make a 'Root A' && make b 'Root B' && make c 'Root C' &&
	make corp 'Corp Root' && make two 'Two Root' || exit 99
debian
echo 1..43
if [ -x /usr/sbin/update-ca-certificates ] && command -v certtool >/dev/null
then
	update_cases
else
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13; do
		skip 'update-ca-certificates' 'ca-certificates or certtool is missing'
	done
fi

# Java
debian
mkdir -p "$root/usr/lib/jvm/j/lib/security" "$root/opt/jdk/lib/security"
cat "$work"/[abc].pem >"$root/etc/ssl/certs/ca-certificates.crt"
ln -s /etc/ssl/certs/java/cacerts "$root/usr/lib/jvm/j/lib/security/cacerts"
says 'Java: a link to nothing' \
	'jvm/j/lib/security/cacerts: the link leads to nothing.*'\
'made anew by update-ca-certificates (store.empty)' \
	stores
if command -v keytool >/dev/null; then
	keytool -importcert -noprompt -alias a -file "$work/a.pem" \
		-keystore "$root/usr/lib/jvm/cacerts" -storetype JKS \
		-storepass changeit >"$work/said" 2>&1
	mkdir -p "$root/etc/ssl/certs/java"
	mv "$root/usr/lib/jvm/cacerts" "$root/etc/ssl/certs/java/cacerts"
	keytool -importcert -noprompt -alias b -file "$work/b.pem" \
		-keystore "$root/usr/lib/jvm/j/cacerts" -storetype JKS \
		-storepass changeit >"$work/said" 2>&1
	mv "$root/usr/lib/jvm/j/cacerts" "$root/opt/jdk/lib/security/cacerts"
	says 'a JDK of its own: its cacerts is another set' \
		'SET 3: 1 anchor.*opt/jdk/lib/security/cacerts' \
		stores
	silent '... and the link leads to something' 'leads to nothing' stores
else
	skip 'a JDK of its own' 'keytool is missing'
	skip '... and the link' 'keytool is missing'
fi

# Containers: nothing at all.
for system in debian alpine fedora; do
	root=$work/$system-empty
	mkdir -p "$root/usr/lib"
	echo "ID=$system" >"$root/usr/lib/os-release"
	case $system in
	debian) words='apt-get install ca-certificates' ;;
	alpine) words='apk add --no-cache ca-certificates' ;;
	*) words='dnf install ca-certificates' ;;
	esac
	says "no store: $system" \
		"none of the [0-9]* places.*$words (store.absent)" \
		stores
done
root=$work/scratch
mkdir -p "$root/app"
says 'no store: an image of no system' \
	'none of the [0-9]* places.*store.absent' \
	stores

# A snap and an agent have files of their own.
root=$work/debian
mkdir -p "$root/snap/web/current/etc/ssl/certs" \
	"$root/opt/chefdk/embedded/ssl/certs"
cat "$work/a.pem" "$work/b.pem" "$work/two.pem" \
	>"$root/snap/web/current/etc/ssl/certs/ca-certificates.crt"
cat "$work/a.pem" "$work/b.pem" "$work/c.pem" "$work/corp.pem" \
	>"$root/opt/chefdk/embedded/ssl/certs/cacert.pem"
says 'a snap: lacks what the system has' \
	'snap/web/current/etc/ssl/certs/ca-certificates.crt.*lacks'\
' 1 of the system.s: «Root C»' \
	stores
says 'an agent: has a file of its own' \
	'opt/chefdk/embedded/ssl/certs/cacert.pem.*has 1 that the'\
' system.s lacks: «Corp Root»' \
	stores

# A root of Fedora
root=$work/fedora
mkdir -p "$root/etc/pki/ca-trust/extracted/pem" \
	"$root/etc/pki/ca-trust/source/anchors"
echo 'ID=fedora' >"$root/etc/os-release"
: >"$root/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"
says 'a bundle of 0 bytes' \
	'tls-ca-bundle.pem: holds no certificate.*update-ca-trust'\
' (store.empty)' \
	stores
cp "$work/a.pem" "$root/etc/pki/ca-trust/source/anchors/a.pem"
cat "$work/a.pem" "$work/corp.pem" \
	>"$root/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"
says 'by hand, on Fedora' \
	'tls-ca-bundle.pem: 1 certificate.*update-ca-trust: «Corp'\
' Root».*store.hand-edited' \
	stores
cp "$work/two.pem" "$root/etc/pki/ca-trust/source/two.pem"
says 'an intermediate in source is no anchor' \
	'Two Root: on the token without CKA_TRUSTED: present, not trusted' \
	"$CHAINCHECK" stores -v \
	"p11-kit:$root/etc/pki/ca-trust/source"

# verify: what a report says of the store that it was given
issue() {
	openssl req -new -key "$work/leaf.key" -subj /CN=www.example.test |
		openssl x509 -req -CA "$work/a.pem" -CAkey "$work/a.key" \
			-set_serial "$2" -days 100 \
			-extfile "$work/leaf.ext" -out "$work/$1.pem"
}
cat >"$work/leaf.ext" <<'EXTENSIONS'
basicConstraints=critical,CA:FALSE
subjectAltName=DNS:www.example.test
EXTENSIONS
{
	openssl ecparam -name prime256v1 -genkey -noout -out "$work/leaf.key"
	issue before 7
	issue now 8
} 2>"$work/said"
verify() {
	"$CHAINCHECK" verify "$work/now.pem" --no-system "$@"
}
tap_run 'the server of before is no anchor for its successor' 1 \
	store.leaf-as-anchor verify --cacert "$work/before.pem"
tap_run 'but its CA is one, beside it' 0 TRUSTED \
	verify --cacert "$work/before.pem" --cacert "$work/a.pem"
tap_run 'curl: a file that is not there' 3 'cert.pem.*No such file' \
	verify --cacert "$work/linuxbrew/cert.pem"
# Further down, p11-kit 0.24.1 takes such a line for no more than text.
{ echo '[p11-kit-object-v1]' && cat "$work/b.pem" "$work/a.pem"; } \
	>"$work/pasted.pem"
line=$(grep -n BEGIN "$work/pasted.pem" | sed -n '2s/:.*//p')
says 'a section of p11-kit at the head: it takes one certificate of two' \
	"pasted.pem:$line: p11-kit does not take this certificate" \
	"$CHAINCHECK" stores "$work/pasted.pem"

# check says why the system's store lacks it. missing NAME WORDS [LEAF]
missing() {
	says "$1" "trust.anchor-missing.*$2" "$CHAINCHECK" verify \
		"$work/${3:-ours}.pem" --no-system --cacert \
		"$root/etc/ssl/certs/ca-certificates.crt"
}
trusted() {
	tap_run "$1" 0 TRUSTED "$CHAINCHECK" verify "$work/ours.pem" \
		--no-system --cacert \
		"$root/etc/ssl/certs/ca-certificates.crt"
}
# silent about the sources
unexplained() {
	"$CHAINCHECK" verify "$work/ours.pem" --no-system --cacert \
		"$root/etc/ssl/certs/ca-certificates.crt" >"$work/said" 2>&1
	grep -q 'NOT TRUSTED' "$work/said" && ! grep -q 'lies in' "$work/said"
	tap $? "$1"
}
source_cases() {
	own=$root/usr/local/share/ca-certificates
	update
	unexplained 'missing: it lies nowhere'
	cp "$work/corp.pem" "$own/corp.pem"
	update
	missing 'missing: it lies there in .pem' \
		'Corp Root», which is missing, lies in .*corp.pem: that is not'\
' read by update-ca-certificates.*store.file-ignored'
	says '... and what to do' \
		'give .*corp.pem a name that ends in .crt, and make the store'\
' anew.*Checked: with this change the chain is trusted' \
		cat "$work/said"
	mv "$own/corp.pem" "$own/corp.crt"
	missing 'missing: it lies there, and nobody ran the tool' \
		'was not made anew since: run update-ca-certificates'
	update
	trusted '... and what was told helps'
	openssl x509 -in "$work/corp.pem" -outform DER -out "$own/corp.crt"
	update
	missing 'missing: it lies there in DER' 'is no PEM (der)'
	cp "$work/twin.pem" "$own/corp.crt"
	unexplained 'missing: another of its name lies there'
	rm "$own/corp.crt"
	sed -i 's|^mozilla/a.crt|!&|' "$root/etc/ca-certificates.conf"
	update
	missing 'missing: it was switched off' \
		'is switched off with a .!. in .*store.deselected' now
	sed -i '/mozilla.a.crt/d' "$root/etc/ca-certificates.conf"
	update
	missing 'missing: it has no line' \
		'is not among the lines of .*store.deselected' now
	openssl x509 -in "$work/corp.pem" -addtrust clientAuth \
		-out "$own/corp.crt"
	update
	unexplained 'missing: it is there for another purpose'
	rm "$own/corp.crt"
	update
	openssl x509 -in "$work/corp.pem" -addtrust serverAuth \
		-out "$own/corp.crt"
	missing 'missing: a TRUSTED CERTIFICATE' 'store.type-mismatch'
}
{
	make twin 'Corp Root'
	openssl req -new -key "$work/leaf.key" -subj /CN=www.example.test |
		openssl x509 -req -CA "$work/corp.pem" -CAkey "$work/corp.key" \
			-set_serial 9 -days 100 -extfile "$work/leaf.ext" \
			-out "$work/ours.pem"
} 2>"$work/said"
debian
if [ -x /usr/sbin/update-ca-certificates ]; then
	source_cases
else
	for _ in 1 2 3 4 5 6 7 8 9 10 11; do
		skip 'missing: ...' 'ca-certificates is missing'
	done
fi
if command -v certutil >/dev/null; then
	mkdir "$work/nss"
	certutil -N -d "sql:$work/nss" --empty-password &&
		certutil -A -d "sql:$work/nss" -n mail -t ,C, -a \
			-i "$work/a.pem"
	tap_run 'NSS: flags for e-mail are none for servers' 1 \
		'not trusted there for this purpose' \
		verify --trust "nss:$work/nss"
	certutil -M -d "sql:$work/nss" -n mail -t ,,
	says 'NSS: without flags, what to do is certutil -M' \
		'store.not-marked-trusted.*certutil -M' \
		verify --trust "nss:$work/nss" -v
else
	skip 'NSS: flags' 'certutil is missing'
	skip 'NSS: without flags' 'certutil is missing'
fi
if grep -q '^ID=debian' /etc/os-release 2>/dev/null; then
	tap_run 'the remedy of this system is the tool that can write' 1 \
		update-ca-certificates "$CHAINCHECK" verify "$work/now.pem" \
		--trust system --untrusted "$work/a.pem"
else
	skip 'the remedy of this system' 'this is no Debian'
fi
