# tests/cli/audit_rows.sh: the rows of audit.sh; sourced.
# shellcheck disable=SC2086

# Good ones
row 'a chain' '' $to_root good.pem
row 'a chain with its key' '' $to_root keyed.pem
row 'a chain and its key beside it' '' $to_root --key www.key good.pem
row 'a chain of three' '' $to_root three.pem
row 'lines that end in CR LF' '' $to_root crlf.pem
row 'blanks behind the base64' '' $to_root blank.pem
row 'a certificate in DER' '' $to_root --untrusted int.pem --as server by-root.pem
row 'a cross-certificate that is still good' '' $to_root bridge-chain.pem
row 'anchors' '' anchors.pem
row 'anchors with true comments' '' truth.pem
row 'a server keystore' '' $to_root server.p12
row 'a key' '' www.key
row 'a CRL' '' crl.pem
row 'an encrypted key and its password' '' $to_root --pass pass:secret \
	locked-chain.pem

# The chain of a server
row 'the issuer first' 'bundle.order:e' $to_root order.pem
by_nginx 'nginx does not start with it' not nginx_starts order.pem www.key
by_nginx 'nginx starts with the right one' nginx_starts good.pem www.key
row 'the root first' 'bundle.order:e chain.order:w chain.root-sent:n' \
	$to_root root-first.pem
row 'issuers in the wrong order' 'chain.order:w' $to_root low-order.pem
row 'no intermediate' 'chain.intermediate-missing:e' $to_root www.pem
seen 'openssl verify refuses it' not openssl_takes www.pem
row 'no intermediate, and it is at hand' 'chain.intermediate-missing:e' \
	$to_root --untrusted int.pem www.pem
row 'no intermediate of a known CA' \
	'bundle.no-scts:e chain.intermediate-missing:e' \
	--known known.table www.pem
row 'an issuer that nobody here knows' 'bundle.issuer-unknown:n' good.pem
row 'the root is not in the store' 'trust.anchor-missing:e' \
	--for file:other.pem good.pem
row 'signed by itself' 'trust.self-signed-leaf:e' $to_root alone.pem
row 'the leaf twice' 'chain.duplicate:w' $to_root twice-leaf.pem
row 'an intermediate twice' 'chain.duplicate:w' $to_root twice-int.pem
row 'a stranger' 'chain.unrelated:w' $to_root stranger.pem
row 'another leaf' 'chain.unrelated:w' $to_root --as server stranger-leaf.pem
row 'the root sent along' 'chain.root-sent:n' $to_root with-root.pem
row 'a cross-certificate that has ended' 'bundle.cross-expired:w' \
	$to_root cross-chain.pem
row 'a flight of more than ten segments' 'bundle.size:n' $to_root \
	large-chain.pem
row 'another signature' 'cert.signature-invalid:e' $to_root tampered.pem
seen 'openssl verify refuses it' not openssl_takes tampered.pem

# Its key
row 'a key of another' 'bundle.key-mismatch:e' $to_root wrong-key.pem
by_nginx 'nginx does not start with it' not nginx_starts wrong-key.pem \
	wrong-key.pem
tap_run 'it says which file fits' 1 'www.key fits' "$CHAINCHECK" audit \
	--attime "$at" $to_root --key client.key good.pem
row 'a key file of another' 'bundle.key-mismatch:e' $to_root \
	--key client.key good.pem
row 'the key of the CA' 'bundle.key-mismatch:e chain.root-sent:n' $to_root \
	ca-key.pem
row 'a key that everybody may read' 'bundle.key-permissions:w' $to_root \
	open-key.pem
row 'an encrypted key, no password' 'bundle.key-password:n' $to_root \
	locked-chain.pem
row 'an encrypted key, a wrong password' 'bundle.key-unreadable:e' $to_root \
	--pass pass:wrong locked-chain.pem
row 'a broken key' 'bundle.key-unreadable:e' $to_root broken-key.pem
seen 'openssl reads no key there' not openssl pkey -in broken-key.pem -noout
row 'key and certificate swapped' 'bundle.swapped:e' --key www.pem www.key
row 'a certificate as the key' 'bundle.swapped:e' $to_root --key www.pem \
	good.pem

# Its certificate
row 'an expired one' 'cert.expired:e' $to_root ended-chain.pem
seen 'openssl verify says so' says 'certificate has expired' \
	openssl_takes ended-chain.pem
row 'one of tomorrow' 'cert.not-yet-valid:e' $to_root early-chain.pem
seen 'openssl verify says so' says 'not yet valid' openssl_takes early-chain.pem
row 'an expired intermediate' 'cert.expired:e' $to_root spent-chain.pem
row 'one that ends within 90 days' 'cert.expires-soon:w' $to_root -w 90 good.pem
row 'one that ends within 61 days' 'cert.expires-soon:e' $to_root -w 90 -c 61 \
	good.pem
row 'three years, of no public CA' 'cert.lifetime:w' $to_root long-chain.pem
row 'three years, of a public CA' 'bundle.no-scts:e cert.lifetime:e' \
	--known known.table long-chain.pem
row '426 days since June 2025' 'bundle.no-scts:e cert.lifetime:e' \
	--known known.table year-chain.pem
row '275 days since 20 March 2026' 'bundle.no-scts:e cert.lifetime:e' \
	--known known.table spring-chain.pem
row 'RSA of 1024 bits' 'cert.weak-key:e' $to_root weak-chain.pem
row 'SHA-1' 'cert.weak-signature:e' $to_root sha1-chain.pem
row 'a certificate for clients' 'cert.purpose:e' $to_root client-chain.pem
seen 'openssl verify says so' says 'purpose' openssl verify -attime "$now" \
	-no-CApath -no-CAstore -CAfile root.pem -untrusted client-chain.pem \
	-purpose sslserver client-chain.pem
row 'no subjectAltName' 'name.common-name-only:e' $to_root nosan-chain.pem
row 'a CA as the server' 'bundle.leaf-is-ca:e' $to_root --as server \
	isca-chain.pem
row 'a key that may not sign' 'bundle.key-usage:e' $to_root nosign-chain.pem
row 'must-staple' 'bundle.must-staple:w' $to_root staple-chain.pem
row 'a public CA and no SCT' 'bundle.no-scts:e' --known known.table good.pem
row 'a short name' 'bundle.short-name:w' $to_root bare-chain.pem
if grep -q '^#define HAVE_LIBPSL 1' "$(dirname "$CHAINCHECK")/config.h"; then
	row 'a wildcard for *.co.uk' 'bundle.wildcard:w' $to_root wide-chain.pem
else
	tap_skip 'a wildcard for *.co.uk' 'built without libpsl'
fi
row 'another host' 'name.mismatch:e' $to_root --verify-hostname other.test \
	good.pem
row 'an issuer that is no CA' 'cert.not-a-ca:e' $to_root --as server \
	noca-chain.pem
row 'a path that is too long' 'cert.path-length:e' $to_root deep-chain.pem
row 'a name that the CA may not give' 'cert.name-constraint:e' $to_root \
	corp-chain.pem

# How it is written
row 'END and BEGIN on one line' 'bundle.syntax:e' $to_root joined.pem
row 'bad base64' 'bundle.syntax:e' --as ca-bundle bad.pem
seen 'openssl takes nothing from the file' not openssl verify -attime "$now" \
	-no-CApath -no-CAstore -CAfile bad.pem other.pem
row 'a byte-order mark' 'bundle.syntax:e' $to_root bom.pem
row 'every line indented' 'bundle.syntax:e' $to_root indented.pem
seen 'openssl finds no certificate' not openssl x509 -in indented.pem -noout
row 'cut off' 'bundle.syntax:e chain.intermediate-missing:e' $to_root cut.pem
row 'lines that end in CR' 'bundle.syntax:e' $to_root return.pem
row 'empty lines in the base64' 'bundle.syntax:e' $to_root hollow.pem
row 'an END of another kind' 'bundle.syntax:e chain.intermediate-missing:e' \
	$to_root label.pem
row 'a header in the block' 'bundle.syntax:e' $to_root header.pem
row 'an END without its BEGIN' 'bundle.syntax:w' stray.pem
row 'the last BEGIN is lost' 'bundle.syntax:w' --as ca-bundle stray-last.pem
row 'a word before the last BEGIN' 'bundle.syntax:w' --as ca-bundle \
	stray-begin.pem

# Anchors
row 'a private key' 'bundle.private-key:e' anchors-key.pem
tap_run 'it says whose' 1 'matches «Root A»' "$CHAINCHECK" audit \
	--attime "$at" anchors-key.pem
row 'an expired anchor' 'bundle.expired:w' anchors-old.pem
row 'no CA' 'bundle.not-a-ca:w' --as ca-bundle anchors-leaf.pem
row 'an intermediate' 'bundle.intermediate:w' anchors-int.pem
row 'the same twice' 'bundle.duplicate:n' anchors-twice.pem
row 'one key in two certificates' 'bundle.same-key:n' anchors-renewed.pem
row 'one name and two keys' 'bundle.same-name:n' anchors-twin.pem
row 'a weak anchor' 'cert.weak-key:e' anchors-weak.pem
row 'a comment with another subject' 'bundle.comment:w' lie.pem
row 'a comment with another SHA-256' 'bundle.comment:w' lie-print.pem
row 'a TRUSTED CERTIFICATE' 'bundle.trusted-header:w' trusted.pem

# Others
row 'a keystore without a key' 'bundle.no-private-key:e' --as server nokeys.p12
row 'a keystore that Java finds empty' 'store.java-empty:w' nokeys.p12
row 'a keystore with another password' 'store.password:n' other.p12
row 'a keystore of a client' 'cert.purpose:e' $to_root client.p12
row 'a CRL that has ended' 'bundle.crl-expired:w' crl-old.pem
row 'an empty file' 'bundle.unknown:e' empty.pem
row 'a request' 'bundle.unknown:e' request.pem
row 'a letter' 'bundle.unknown:e' letter.txt
