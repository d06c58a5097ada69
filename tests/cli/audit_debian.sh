#!/bin/sh
# tests/cli/audit_debian.sh: Debian's bundle of CA certificates and a JVM's
# cacerts, audited: each finding is one that openssl, keytool or the records of
# the programmes have too, and none of those is missing.
set -u
. "$top_srcdir/tests/support/tap.sh"
bundle=/etc/ssl/certs/ca-certificates.crt
records=$top_srcdir/lib/data/known-roots.tsv
table=$(dirname "$CHAINCHECK")/lib/data/known.table
for needed in "$bundle" "$table"; do
	[ -f "$needed" ] || {
		echo "1..0 # SKIP no $needed here"
		exit 0
	}
done
command -v openssl >/dev/null || {
	echo '1..0 # SKIP no openssl here'
	exit 0
}
now=$(date -u +%s)
today=$(date -u +%Y-%m-%d)
at=${today}T00:00:00Z

# split BUNDLE: a file for each certificate, LINE.cert.
split() {
	rm -f "$work"/*.cert
	awk -v dir="$work" '/-----BEGIN CERT/ { file = dir "/" FNR ".cert" }
		file { print >file }
		/-----END CERT/ { close(file); file = "" }' "$1"
}

# facts: "LINE SHA-256 SPKI-AND-SUBJECT expired|valid" of each, by openssl.
facts() {
	for cert in "$work"/*.cert; do
		line=${cert##*/}
		end=$(openssl x509 -in "$cert" -noout -enddate | sed 's/.*=//')
		echo "${line%.cert}" "$(openssl x509 -in "$cert" -outform DER |
			sha256sum | cut -d' ' -f1)" \
			"$({ openssl x509 -in "$cert" -noout -subject -pubkey
			} | sha256sum | cut -d' ' -f1)" \
			"$([ "$(date -u -d "$end" +%s)" -lt "$(date -u -d "$at" +%s)" ] &&
				echo expired || echo valid)"
	done | sort -n >"$work/facts"
}

# told CODE: the lines at which it is said.
told() {
	awk -v code="[$1]" '/^  (error|warning|note) / {
			line = $2 == "line" ? $3 + 0 : 0
		}
		index($0, code) && substr($0, length($0)) == "]" {
			print line
		}' "$work/audit" | sort -n
}

# same NAME: what was found is in $work/ours, what is so in $work/theirs.
same() {
	diff "$work/theirs" "$work/ours" >"$work/said" 2>&1
	tap $? "$1"
}

# A programme that refuses is none that trusts.
spans() {
	awk -F '\t' 'NR > 1 { print $1, $6 }' "$records" |
		sed 's/microsoft-blocked:[^;]*;*//; s/;$//'
}

# dropped: the digests of roots that every programme has dropped by now.
dropped() {
	spans | awk -v today="$today" '$2 != "" && $2 != "-" {
		n = split($2, span, ";")
		held = 0
		for (i = 1; i <= n; i++) {
			until = span[i]
			sub(/!.*/, "", until)
			if (until !~ /\.\./) { held = 1; continue }
			sub(/.*\.\./, "", until)
			if (until == "" || until > today) held = 1
		}
		if (!held) print $1
	}' | sort
}

# dated: those that a programme trusts for what began before a day.
dated() {
	spans | awk -v today="$today" '{
		n = split($2, span, ";")
		for (i = 1; i <= n; i++) {
			if (span[i] !~ /!/) continue
			until = span[i]
			sub(/!.*/, "", until)
			sub(/.*\.\./, "", until)
			if (until ~ /^[0-9]/ && until <= today) continue
			print $1
			next
		}
	}' | sort
}

# of_digests FILE: the lines of those certificates in the bundle.
of_digests() {
	awk 'NR == FNR { wanted[$1] = 1; next } $2 in wanted { print $1 }' \
		"$1" "$work/facts" | sort -n
}

split "$bundle"
facts
"$CHAINCHECK" audit --known "$table" --attime "$at" --as ca-bundle "$bundle" \
	>"$work/audit"
[ $? = 0 ] && head -n 1 "$work/audit" |
	grep -q "$(grep -c BEGIN "$bundle") certificates"
tap $? 'every certificate is read'

told bundle.expired >"$work/ours"
awk '$4 == "expired" { print $1 }' "$work/facts" >"$work/theirs"
same 'what has expired has expired to openssl'
told bundle.same-key >"$work/ours"
awk 'seen[$3]++ { print $1 }' "$work/facts" >"$work/theirs"
same 'one key in two certificates are so to openssl'
told bundle.duplicate >"$work/ours"
awk 'seen[$2]++ { print $1 }' "$work/facts" >"$work/theirs"
same 'the same certificate twice is so to openssl'
told bundle.distrusted >"$work/ours"
dropped >"$work/digests"
of_digests "$work/digests" >"$work/theirs"
same 'what no programme holds, the records say so'
told store.distrust-lost >"$work/ours"
dated >"$work/digests"
of_digests "$work/digests" >"$work/theirs"
same 'what is trusted up to a day, the records say so'
for code in bundle.not-a-ca bundle.intermediate; do told $code; done |
	sort -n >"$work/ours"
for cert in "$work"/*.cert; do
	line=${cert##*/}
	openssl x509 -in "$cert" -noout -subject -issuer -ext basicConstraints \
		>"$work/text" 2>/dev/null
	grep -q CA:TRUE "$work/text" &&
		[ "$(sed -n 's/^subject=//p' "$work/text")" = \
		"$(sed -n 's/^issuer=//p' "$work/text")" ] ||
		echo "${line%.cert}"
done | sort -n >"$work/theirs"
same 'what is no CA or no root is none to openssl'
grep '^  [enw]' "$work/audit" | grep -o -e '\[[a-z.0-9-]*\]$' >/dev/null
sed -n 's/.*\[\([a-z]*\.[a-z0-9-]*\)\]$/\1/p' "$work/audit" | sort -u |
	grep -v -x -e bundle.expired -e bundle.same-key -e bundle.duplicate \
	-e bundle.distrusted -e store.distrust-lost -e bundle.not-a-ca \
	-e bundle.intermediate -e bundle.same-name >"$work/said"
tap_nothing 'nothing else is found'

# The JVM's: its certificates as keytool lists them are found the same of.
cacerts=$(for file in /etc/ssl/certs/java/cacerts "${JAVA_HOME:-/none}/lib/security/cacerts"; do
	[ -f "$file" ] && echo "$file"
done | head -n 1)
if [ -n "$cacerts" ] && command -v keytool >/dev/null; then
	keytool -list -rfc -keystore "$cacerts" -storepass changeit \
		2>/dev/null | sed -n '/-----BEGIN/,/-----END/p' \
		>"$work/cacerts.pem"
	codes() {
		sed -n 's/.*\[\([a-z]*\.[a-z0-9-]*\)\]$/\1/p' | sort | uniq -c
	}
	"$CHAINCHECK" audit --known "$table" --attime "$at" "$cacerts" |
		codes >"$work/ours"
	"$CHAINCHECK" audit --known "$table" --attime "$at" --as ca-bundle \
		"$work/cacerts.pem" | codes >"$work/theirs"
	same 'cacerts is judged as what keytool lists of it'
	[ "$("$CHAINCHECK" audit "$cacerts" | sed -n '1s/.*, \([0-9]*\) cert.*/\1/p')" = \
		"$(grep -c BEGIN "$work/cacerts.pem")" ]
	tap $? 'cacerts has as many certificates as keytool lists'
	split "$work/cacerts.pem"
	facts
	"$CHAINCHECK" audit --known "$table" --attime "$at" --as ca-bundle \
		"$work/cacerts.pem" >"$work/audit"
	told bundle.expired >"$work/ours"
	awk '$4 == "expired" { print $1 }' "$work/facts" >"$work/theirs"
	same 'what has expired in cacerts has expired to openssl'
else
	tap_skip 'a cacerts' 'no JVM here'
fi
echo "1..$tap_count"
