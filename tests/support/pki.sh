# tests/support/pki.sh: a PKI made by openssl in $work, for shell tests.
# Sourced after peer.sh. Names are the files' names without .pem.

ca_extensions='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
leaf_extensions='subjectAltName=DNS:www.example.test,DNS:*.wild.test
extendedKeyUsage=serverAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'

make_key() {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
		-out "$work/$1.key" 2>/dev/null
}

# self_signed NAME SUBJECT ARGUMENT...
self_signed() {
	name=$1 subject=$2
	shift 2
	make_key "$name"
	openssl req -x509 -new -key "$work/$name.key" -subj "$subject" \
		-days 300 "$@" -out "$work/$name.pem"
}

# signed NAME ISSUER SUBJECT EXTENSIONS [DAYS]
signed() {
	make_key "$1"
	printf '%s\n' "$4" >"$work/$1.ext"
	openssl req -new -key "$work/$1.key" -subj "$3" |
		openssl x509 -req -days "${5:-300}" -extfile "$work/$1.ext" \
			-CA "$work/$2.pem" -CAkey "$work/$2.key" \
			-out "$work/$1.pem" 2>/dev/null
}

root='/O=Test/CN=Test Root'
self_signed root "$root" -addext keyUsage=critical,keyCertSign
self_signed root-other-key "$root" -addext keyUsage=critical,keyCertSign
self_signed unrelated /CN=Unrelated
self_signed self-signed /CN=www.example.test \
	-addext basicConstraints=critical,CA:FALSE \
	-addext subjectAltName=DNS:www.example.test
signed intermediate root '/O=Test/CN=Test Intermediate' "$ca_extensions"
signed www intermediate /CN=www "$leaf_extensions"
signed expired intermediate /CN=www "$leaf_extensions" -1
signed expired-ca root '/O=Test/CN=Expired CA' "$ca_extensions" -1
signed below-expired expired-ca /CN=www "$leaf_extensions"
signed not-a-ca root '/CN=Not A CA' subjectKeyIdentifier=hash
signed below-not-a-ca not-a-ca /CN=www "$leaf_extensions"
signed short root /CN=Short 'basicConstraints=critical,CA:TRUE,pathlen:0
keyUsage=critical,keyCertSign
subjectKeyIdentifier=hash'
signed too-deep short '/CN=Too Deep' "$ca_extensions"
signed below-too-deep too-deep /CN=www "$leaf_extensions"
signed corp root /CN=Corp "$ca_extensions
nameConstraints=critical,permitted;DNS:corp.test"
signed below-corp corp /CN=www "$leaf_extensions"
signed client intermediate /CN=www 'subjectAltName=DNS:www.example.test
extendedKeyUsage=clientAuth
authorityKeyIdentifier=keyid'
signed critical intermediate /CN=www "$leaf_extensions
1.2.3.4=critical,ASN1:NULL"
# The intermediate again, by another root that the client trusts, expired.
self_signed old-root '/CN=Old Root' -addext keyUsage=critical,keyCertSign
cp "$work/intermediate.key" "$work/cross.key"
printf '%s\n' "$ca_extensions" >"$work/cross.ext"
openssl req -new -key "$work/cross.key" -subj '/O=Test/CN=Test Intermediate' |
	openssl x509 -req -days -1 -extfile "$work/cross.ext" \
		-CA "$work/old-root.pem" -CAkey "$work/old-root.key" \
		-out "$work/cross.pem" 2>/dev/null
cat "$work/root.pem" "$work/old-root.pem" >"$work/both-roots.pem"
