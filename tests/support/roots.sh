# tests/support/roots.sh: roots and stores made by openssl in $work, for shell
# tests of stores. Sourced after tap.sh.

# new_key NAME
new_key() {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 \
		-out "$work/$1.key" 2>/dev/null || exit 99
}

# root NAME KEY SUBJECT [DAYS]: a self-signed CA in NAME.pem.
root() {
	[ -f "$work/$2.key" ] || new_key "$2"
	openssl req -x509 -new -key "$work/$2.key" -subj "$3" -utf8 \
		-days "${4:-3000}" -addext keyUsage=critical,keyCertSign \
		-out "$work/$1.pem" 2>/dev/null || exit 99
}

# trusted NAME TO ARGUMENT...: NAME.pem as a TRUSTED CERTIFICATE in TO.pem.
trusted() {
	name=$1 to=$2
	shift 2
	openssl x509 -in "$work/$name.pem" -trustout "$@" \
		-out "$work/$to.pem" || exit 99
}

# store TO NAME...: the files in one.
store() {
	to=$1
	shift
	: >"$work/$to"
	for name in "$@"; do
		cat "$work/$name.pem" >>"$work/$to" || exit 99
	done
}

# sha256 NAME: as openssl has it, in our form.
sha256() {
	openssl x509 -in "$work/$1.pem" -noout -fingerprint -sha256 |
		sed 's/.*=//; s/://g' | tr A-F a-f
}

# p11kit NAME MORE: NAME.pem as an anchor of p11-kit's own format, with the
# lines MORE.
p11kit() {
	printf '[p11-kit-object-v1]\nclass: certificate\ntrusted: true\n%s\n' \
		"$2"
	cat "$work/$1.pem"
}

# The trust module, which needs not be there.
has_p11kit() {
	"$CHAINCHECK" stores "p11-kit:$work/a.pem" >/dev/null 2>&1
}

root a a '/O=Test/CN=Root A'
root b b '/O=Test/CN=Root B'
root c c '/O=Test/CN=Root C'
