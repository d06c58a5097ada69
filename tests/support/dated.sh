# tests/support/dated.sh: certificates of given dates, made by openssl in $work,
# for shell tests; sourced after tap.sh. Names are the files' names without .pem.

cat >"$work/dated.cnf" <<END
[ca]
default_ca = here
[here]
database = $work/dated.txt
new_certs_dir = $work
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
preserve = yes
[any]
organizationName = optional
commonName = optional
[none]
[req]
distinguished_name = none
string_mask = utf8only
[printable]
distinguished_name = none
string_mask = nombstr
END
: >"$work/dated.txt"

ca_only='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign'
ca='basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid'
leaf='subjectAltName=DNS:www.example.test
extendedKeyUsage=serverAuth
authorityKeyIdentifier=keyid'

# new_key NAME
new_key() {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
		-out "$work/$1.key" 2>"$work/said" || exit 99
}

# dated NAME KEY SUBJECT ISSUER FROM UNTIL EXTENSIONS: by ISSUER, whose key is
# in the file that NAME.of names; "-": signed by itself. Dates as "20260401".
# The section of the configuration that encodes the name: $names.
names=req
dated() {
	[ -f "$work/$2.key" ] || new_key "$2"
	echo "$2" >"$work/$1.of"
	printf '%s\n' "$7" >"$work/dated.ext"
	sed "s/^\[req\]/[unused]/; s/^\[$names\]/[req]/" "$work/dated.cnf" \
		>"$work/dated_req.cnf"
	openssl req -new -config "$work/dated_req.cnf" -key "$work/$2.key" \
		-subj "$3" -out "$work/dated.csr" 2>"$work/said" || exit 99
	if [ "$4" = - ]; then
		set -- "$@" -selfsign -keyfile "$work/$2.key"
	else
		set -- "$@" -cert "$work/$4.pem" \
			-keyfile "$work/$(cat "$work/$4.of").key"
	fi
	dated_to=$work/$1.pem dated_from=${5}000000Z dated_until=${6}000000Z
	shift 7
	openssl ca -batch -notext -config "$work/dated.cnf" \
		-in "$work/dated.csr" -out "$dated_to" -startdate "$dated_from" \
		-enddate "$dated_until" -extfile "$work/dated.ext" "$@" \
		2>"$work/said" || { cat "$work/said" >&2; exit 99; }
}

# both TO NAME...: the files in one.
both() {
	both_to=$work/$1.pem
	shift
	for both_name in "$@"; do
		cat "$work/$both_name.pem"
	done >"$both_to"
}
