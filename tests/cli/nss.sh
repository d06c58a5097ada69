#!/bin/sh
# tests/cli/nss.sh: stores of NSS, made by its own tools, and their verdicts
# beside ours: certutil makes the databases, vfychain judges by them.
set -u
. "$top_srcdir/tests/support/tap.sh"
c=$CHAINCHECK
d=$work/db

for tool in certutil vfychain openssl; do
	command -v $tool >/dev/null 2>&1 && continue
	echo "1..0 # SKIP no $tool here"
	exit 0
done

key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'

# issue NAME ISSUER SUBJECT EXTENSIONS
issue() {
	printf '%b' "$4" >"$work/extensions"
	serial=$((${serial:-100} + 1))
	# shellcheck disable=SC2086
	openssl req $key -keyout "$work/$1.key" -out "$work/request" \
		-subj "/CN=$3" 2>/dev/null
	openssl x509 -req -in "$work/request" -CA "$work/$2.pem" \
		-CAkey "$work/$2.key" -out "$work/$1.pem" -days 300 \
		-extfile "$work/extensions" -set_serial "$serial" 2>/dev/null
}

# self NAME SUBJECT EXTENSION...
self() {
	name=$1 subject=$2
	shift 2
	for extension; do
		shift
		set -- "$@" -addext "$extension"
	done
	# shellcheck disable=SC2086
	openssl req -x509 $key -keyout "$work/$name.key" -days 300 \
		-out "$work/$name.pem" -subj "/CN=$subject" "$@" 2>/dev/null
}

ca='basicConstraints=critical,CA:TRUE'
sign='keyUsage=critical,keyCertSign,cRLSign'
self root 'NSS Root' "$ca" "$sign"
self twin 'NSS Root' "$ca" "$sign"
self own own.test basicConstraints=CA:FALSE subjectAltName=DNS:own.test
self own-ca ownca.test "$ca" subjectAltName=DNS:ownca.test
issue int root 'NSS Int' "$ca\n$sign\n"
issue www int www.test 'basicConstraints=CA:FALSE\nsubjectAltName=DNS:www.test,email:a@www.test\nkeyUsage=digitalSignature\n'
issue ca-www root cawww.test "$ca\nsubjectAltName=DNS:cawww.test\n"

# make_db NAME:FLAGS...: a database of these, each under its name
make_db() {
	rm -rf "$d"
	mkdir "$d"
	certutil -N -d "sql:$d" --empty-password
	for entry; do
		certutil -A -d "sql:$d" -n "${entry%%:*}" -t "${entry#*:}" \
			-a -i "$work/${entry%%:*}.pem" </dev/null
	done
}

# agree LEAF NAME:FLAGS...: for servers, clients and mail, NSS and we say alike
agree() {
	leaf=$1
	shift
	make_db "$@"
	: >"$work/said"
	verdict=0
	for use in 0:tls-client 1:tls-server 4:email; do
		vfychain -u "${use%%:*}" -d "sql:$d" -a "$work/$leaf.pem" \
			"$work/int.pem" </dev/null 2>&1 |
			grep -q 'Chain is good'
		theirs=$?
		"$c" verify "$work/$leaf.pem" "$work/int.pem" --no-system \
			--trust "nss:$d" --purpose "${use#*:}" \
			>>"$work/said" 2>&1
		ours=$?
		[ $theirs = $ours ] && continue
		echo "${use#*:}: NSS $theirs, chaincheck $ours" >>"$work/said"
		verdict=1
	done
	tap $verdict "NSS agrees: $leaf with $*"
}

echo 1..53
for flags in C,, CT,C,C T,, c,, ,, P,, p,, p,p,p CP,, ,C, ,,C; do
	agree www "root:$flags"
done
agree www root:,, int:C,,
agree www root:,, int:P,,
agree www root:C,, int:p,p,p
agree www root:p,p,p int:C,,
agree www root:,, www:P,,
agree www root:,, www:P,P,P
agree www root:,, www:C,,
agree www root:C,, www:p,p,p
agree own own:C,,
agree own own:P,,
agree own own:,,
agree own-ca own-ca:C,,
agree own-ca own-ca:P,,
agree ca-www ca-www:C,,
agree ca-www ca-www:P,,
agree www twin:C,, root:C,,
agree www twin:C,, root:p,p,p
agree www twin:C,,

verify() {
	"$c" verify "$work/www.pem" "$work/int.pem" --no-system "$@"
}

make_db root:C,,
tap_run 'a bare directory of a database is one' 0 '^TRUSTED' \
	verify --trust "$d"
tap_run 'and with the kind in front' 0 '^TRUSTED' verify --trust "nss:sql:$d"
tap_run 'and its file' 0 '^TRUSTED' verify --trust "$d/cert9.db"
ls -la "$d" >"$work/before"
chmod 500 "$d"
tap_run 'a directory that cannot be written to' 0 '^TRUSTED' \
	verify --trust "nss:$d"
chmod 755 "$d"
ls -la "$d" | sed 's/  */ /g' >"$work/after"
sed 's/  */ /g' "$work/before" | cmp -s - "$work/after"
tap $? 'nothing was written, and no journal left'

if [ "$(id -u)" = 0 ] && setpriv --reuid 65534 --regid 65534 --clear-groups \
	"$c" --version >/dev/null 2>&1; then
	chmod 700 "$work" "$d"
	# shellcheck disable=SC2016
	tap_run 'somebody else'"'"'s directory' 3 'ermission denied' \
		setpriv --reuid 65534 --regid 65534 --clear-groups \
		"$c" verify "$CERTS/www.pem" --no-system --trust "nss:$d"
else
	tap 0 'somebody else'"'"'s directory # SKIP not root, or nobody may run it'
fi

# vfychain does not trust a cert9.db with the key4.db of another,
# and neither do we.
make_db root:C,,
cp "$d/cert9.db" "$work/alone.db"
make_db
cp "$work/alone.db" "$d/cert9.db"
! vfychain -u 1 -d "sql:$d" -a "$work/www.pem" "$work/int.pem" </dev/null \
	2>&1 | grep -q 'Chain is good' &&
	! verify --trust "nss:$d" >"$work/said" 2>&1 &&
	tr -s '\n ' ' ' <"$work/said" | grep -q 'copied without its key4.db'
tap $? 'NSS agrees: a database that was copied without its key4.db'
certutil -M -d "sql:$d" -n root -t C,, </dev/null
tap_run 'and the line that is said mends it' 0 '^TRUSTED' \
	verify --trust "nss:$d"

rm -rf "$d"
mkdir "$d"
echo secret-words >"$work/password"
certutil -N -d "sql:$d" -f "$work/password" </dev/null
certutil -A -d "sql:$d" -n 'My "Root"; $(x)' -t ,, -a -i "$work/root.pem" \
	-f "$work/password" </dev/null
tap_run 'a database with a password, and an entry without flags' 1 \
	'My "Root"; $(x)' verify --trust "nss:$d"
grep -q 'store.not-marked-trusted' "$work/said" &&
	grep -q 'certutil -M -d sql:DIR -n NICKNAME -t C,,' "$work/said" &&
	! grep -q 'certutil.*My "Root"' "$work/said"
tap $? 'the report names the entry, and the line that marks it'

make_db root:C,,
if command -v python3 >/dev/null 2>&1; then
	python3 - "$d/cert9.db" "$work/locked" <<'PY' &
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
open(sys.argv[2], "w").close()
for _ in range(100):
    if not os.path.exists(sys.argv[2]):
        break
    time.sleep(0.1)
PY
	locker=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -e "$work/locked" ] || sleep 0.3
	done
	tap_run 'a database that another process holds' 0 '^TRUSTED' \
		verify --trust "nss:$d"
	rm -f "$work/locked"
	wait $locker
else
	tap 0 'a database that another process holds # SKIP no python3'
fi

echo changes >"$d/cert9.db-wal"
tap_run 'a log of changes beside it is told' 0 'cert9.db-wal: changes' \
	verify --trust "nss:$d"
rm "$d/cert9.db-wal"
mkdir "$work/odd"
cp -r "$d" "$work/odd/a%41?b#c d"
tap_run 'a path that is odd in a URI' 0 '^TRUSTED' \
	verify --trust "nss:$work/odd/a%41?b#c d"

mkdir "$work/bad"
size=$(wc -c <"$d/cert9.db")
head -c 5000 "$d/cert9.db" >"$work/bad/cert9.db"
tap_run 'a database that was cut' 3 'cert9.db: .*NSS' \
	verify --trust "nss:$work/bad"
head -c 9000 /dev/urandom >"$work/bad/cert9.db"
tap_run 'garbage' 3 'no file of SQLite' verify --trust "nss:$work/bad"
: >"$work/bad/cert9.db"
tap_run 'an empty file' 3 'empty' verify --trust "nss:$work/bad"
rm "$work/bad/cert9.db"
mkfifo "$work/bad/cert9.db"
tap_run 'a pipe' 3 'not a regular file' verify --trust "nss:$work/bad"
rm "$work/bad/cert9.db"
tap_run 'a directory without a database' 3 'no cert9.db' \
	verify --trust "nss:$work/bad"

# Whatever bits flip, it ends by itself, with a verdict or an error.
verdict=0
at=0
while [ $at -lt "$size" ]; do
	cp "$d/cert9.db" "$work/bad/cert9.db"
	printf '\377\200\001\177' | dd of="$work/bad/cert9.db" bs=1 seek=$at \
		conv=notrunc 2>/dev/null
	timeout 20 "$c" verify "$work/www.pem" --no-system \
		--trust "nss:$work/bad" >"$work/said" 2>&1
	case $? in 0 | 1 | 3) ;; *) verdict=1; break ;; esac
	at=$((at + 397))
done
tap $verdict 'a damaged database ends nothing but the reading'

rm -rf "$work/old"
mkdir "$work/old"
if certutil -N -d "dbm:$work/old" --empty-password 2>/dev/null; then
	tap_run 'a database of the old format' 3 'old format' \
		verify --trust "$work/old"
else
	tap 0 'a database of the old format # SKIP certutil makes none'
fi

module=
for dir in /usr/lib/*/nss /usr/lib/* /usr/lib64 /usr/lib/nss; do
	[ -f "$dir/libnssckbi.so" ] && module=$dir/libnssckbi.so && break
done
# Debian makes its bundle of the same list. What may differ: roots that only
# one of the two has, being of another age, and those with a distrust-after
# date, which a bundle cannot carry. That is no tenth of them.
compare_roots() {
	bundle=/etc/ssl/certs/ca-certificates.crt
	if [ ! -f $bundle ]; then
		tap 0 'the module trusts the roots of the system # SKIP none'
		return
	fi
	mkdir "$work/roots"
	awk -v dir="$work/roots" '/BEGIN CERT/ { n++ }
		{ print > (dir "/" n ".pem") }' $bundle
	alone=0 count=0
	for root in "$work/roots"/*.pem; do
		count=$((count + 1))
		"$c" verify "$root" --no-system --trust "nss-module:$module" \
			--attime 2023-06-01T00:00:00Z --purpose tls-server \
			>"$work/said" 2>&1 && continue
		alone=$((alone + 1))
		echo "# the module does not trust $(openssl x509 -noout \
			-subject -in "$root")"
	done
	[ $((alone * 10)) -lt $count ]
	tap $? "the module trusts the roots of the system ($alone of $count not)"
}

libc=$(ldd "$(command -v openssl)" | awk '/libc\.so/ { print $3 }')
if [ -n "$module" ]; then
	tap_run 'the module of the built-in roots' 1 '(1[0-9][0-9] anchors)' \
		verify --trust "nss-module:$module"
	tap_run 'a module that is none' 3 'C_GetFunctionList' \
		verify --trust "nss-module:$libc"
	compare_roots
else
	tap 0 'the module of the built-in roots # SKIP not here'
	tap 0 'the module trusts the roots of the system # SKIP not here'
	tap 0 'a module that is none # SKIP not here'
fi
tap_run 'a module that is not there' 3 'no such module' \
	verify --trust "nss-module:$work/none.so"
