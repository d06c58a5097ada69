#!/bin/sh
# tests/cli/audit_readers.sh: bundles of three anchors with one fault in how they
# are written; what OpenSSL, GnuTLS, Node, Go and Java take of each, and what an
# audit says that they take. It is what lib/data/pem_readers.tsv was made from.
set -u
. "$top_srcdir/tests/support/tap.sh"
command -v openssl >/dev/null || {
	echo '1..0 # SKIP no openssl here'
	exit 0
}
readers=$top_srcdir/tests/support/readers
case $readers in
/*) ;;
*) readers=$PWD/$readers ;;
esac
cd "$work" || exit 99

for i in 1 2 3; do
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout r$i.key -subj "/CN=Root $i" -days 3650 \
		-addext keyUsage=critical,keyCertSign -out r$i.pem
	openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
		-keyout l$i.key -subj /CN=localhost -out l$i.csr
	echo 'subjectAltName=DNS:localhost' >l.ext
	openssl x509 -req -in l$i.csr -days 3650 -CA r$i.pem -CAkey r$i.key \
		-set_serial $i -extfile l.ext -out l$i.pem
done >said 2>&1 || { cat said; exit 99; }
openssl req -new -key r1.key -subj /CN=r1 -out request.pem
openssl x509 -in r2.pem -trustout -addtrust serverAuth -out trusted.pem

# around NAME: r1, what comes on standard input, r3.
around() { { cat r1.pem; cat; cat r3.pem; } >"$1.pem"; }
cat r1.pem r2.pem r3.pem >good.pem
sed 's/$/\r/' good.pem >crlf.pem
sed '3s/$/ /' r2.pem | around blanks
sed '4s/^.../!!!/' r2.pem | around base64-middle
{ sed '4s/^.../!!!/' r1.pem; cat r2.pem r3.pem; } >base64-first.pem
{ cat r1.pem r2.pem; sed '4s/^.../!!!/' r3.pem; } >base64-last.pem
head -n 5 r2.pem | around cut-middle
{ cat r1.pem r2.pem; head -n 5 r3.pem; } >cut-last.pem
sed 's/END C/END X509 C/' r2.pem | around label
sed '1s/$/\nX-Note: a\n/' r2.pem | around header
printf -- '-----BEGIN CERTIFICATE-----\nMIIBAA==\n-----END CERTIFICATE-----\n' |
	around broken
{ printf %s "$(cat r1.pem)"; cat r2.pem r3.pem; } >joined-first.pem
{ cat r1.pem; printf %s "$(cat r2.pem)"; cat r3.pem; } >joined-second.pem
{ printf '\357\273\277'; cat good.pem; } >bom.pem
{ printf '\357\273\277'; cat r2.pem; } | around bom-middle
sed 's/^/  /' good.pem >indented.pem
sed 's/^/  /' r2.pem | around indented-middle
sed 's/$/\n/' r2.pem | around hollow
{ tr '\n' ' ' <r2.pem | sed 's/ $//'; echo; } | around crammed
tr '\n' '\r' <good.pem >return.pem
sed 's/ CERT/ X509 CERT/' r2.pem | around named
echo '-----END CERTIFICATE-----' | around stray
{ cat r1.pem r2.pem r3.pem; echo '-----END CERTIFICATE-----'; } >stray-last.pem
around request-middle <request.pem
around trusted-middle <trusted.pem

files=$(ls ./*.pem | sed 's|^\./||' | grep -v -x -e '[rl][123].pem' \
	-e request.pem -e trusted.pem)

# Both refuse a file by taking nothing from it.
by_openssl() {
	openssl verify -purpose sslserver -no-CApath -no-CAstore -CAfile "$1" \
		"l$2.pem" >/dev/null 2>&1
}
by_certtool() {
	certtool --verify --load-ca-certificate "$1" <"l$2.pem" >/dev/null 2>&1
}
counts() {
	for file in $files; do
		count=0
		for i in 1 2 3; do
			"$1" "$file" $i && count=$((count + 1))
		done
		echo "$file $count"
	done
}

# said READER: "FILE COUNT" as audits have it; refused is none.
said_of() {
	for file in $files; do
		"$CHAINCHECK" audit --as ca-bundle "$file" |
			tr -s '\n ' ' ' >audit.out
		grep -q -e 'bundle.syntax' -e 'bundle.trusted-header' \
			audit.out || {
			echo "$file $(grep -c BEGIN "$file")"
			continue
		}
		# "OpenSSL and Java refuse the file; Go keeps 1 of 3"
		sed 's/; /\n/g; s/: /\n/g' audit.out |
			grep -e 'refuse' -e 'keep' | grep -w "$1" | head -n 1 |
			sed -e "s/.*refuse.*/$file 0/" \
				-e "s/.*keeps* \([0-9]*\) of.*/$file \1/" |
			grep . || echo "$file -"
	done
}

# reader NAME TOOL: the counts of the tool are in NAME.out.
compare() {
	said_of "$1" >"$1.said"
	sed 's/refused/0/' "$1.out" | sort >"$1.true"
	sort "$1.said" | diff "$1.true" - >said
	tap $? "what $1 takes is what the audit says"
}

have() { command -v "$1" >/dev/null; }

counts by_openssl >OpenSSL.out
compare OpenSSL
if have certtool; then
	counts by_certtool >GnuTLS.out
	compare GnuTLS
else
	tap_skip GnuTLS 'no certtool here'
fi
if have node; then
	# shellcheck disable=SC2086
	node "$readers/pem_count.js" $files >Node.out
	compare Node
else
	tap_skip Node 'no node here'
fi
if have go && GOFLAGS=-mod=mod GOCACHE=$work/go-cache HOME=$work \
	go build -o pem_count "$readers/pem_count.go" >said 2>&1; then
	# shellcheck disable=SC2086
	./pem_count $files >Go.out
	compare Go
else
	tap_skip Go 'no go here'
fi
if have javac; then
	javac -d . "$readers/PemCount.java" >said 2>&1
	# shellcheck disable=SC2086
	java PemCount $files >Java.out 2>said
	compare Java
else
	tap_skip Java 'no javac here'
fi
echo "1..$tap_count"
