/* lib/cert/key.c: subjectPublicKeyInfo and signature algorithms. */
#include "cert/key.h"

#include "cert/der.h"
#include "cert/oid.h"

static const struct {
	enum chk_oid oid;
	enum chk_key_type type;
	uint32_t bits; /* fixed by the algorithm, or 0 */
} KEYS[] = {
	{ CHK_OID_KEY_RSA, CHK_KEY_RSA, 0 },
	{ CHK_OID_SIG_RSA_PSS, CHK_KEY_RSA_PSS, 0 },
	{ CHK_OID_KEY_DSA, CHK_KEY_DSA, 0 },
	{ CHK_OID_KEY_EC, CHK_KEY_EC, 0 },
	{ CHK_OID_KEY_ED25519, CHK_KEY_ED25519, 256 },
	{ CHK_OID_KEY_ED448, CHK_KEY_ED448, 456 },
};

static const struct {
	enum chk_oid oid;
	uint32_t bits;
} CURVES[] = {
	{ CHK_OID_CURVE_P192, 192 }, { CHK_OID_CURVE_P224, 224 },
	{ CHK_OID_CURVE_P256, 256 }, { CHK_OID_CURVE_P384, 384 },
	{ CHK_OID_CURVE_P521, 521 },
};

static const struct {
	enum chk_oid oid;
	enum chk_key_type type;
	uint32_t digest_bits;
} SIGNATURES[] = {
	{ CHK_OID_SIG_MD2_RSA, CHK_KEY_RSA, 128 },
	{ CHK_OID_SIG_MD5_RSA, CHK_KEY_RSA, 128 },
	{ CHK_OID_SIG_SHA1_RSA, CHK_KEY_RSA, 160 },
	{ CHK_OID_SIG_SHA1_RSA_OIW, CHK_KEY_RSA, 160 },
	{ CHK_OID_SIG_SHA224_RSA, CHK_KEY_RSA, 224 },
	{ CHK_OID_SIG_SHA256_RSA, CHK_KEY_RSA, 256 },
	{ CHK_OID_SIG_SHA384_RSA, CHK_KEY_RSA, 384 },
	{ CHK_OID_SIG_SHA512_RSA, CHK_KEY_RSA, 512 },
	{ CHK_OID_SIG_RSA_PSS, CHK_KEY_RSA_PSS, 160 },
	{ CHK_OID_SIG_SHA1_DSA, CHK_KEY_DSA, 160 },
	{ CHK_OID_SIG_SHA224_DSA, CHK_KEY_DSA, 224 },
	{ CHK_OID_SIG_SHA256_DSA, CHK_KEY_DSA, 256 },
	{ CHK_OID_SIG_SHA384_DSA, CHK_KEY_DSA, 384 },
	{ CHK_OID_SIG_SHA512_DSA, CHK_KEY_DSA, 512 },
	{ CHK_OID_SIG_SHA1_EC, CHK_KEY_EC, 160 },
	{ CHK_OID_SIG_SHA224_EC, CHK_KEY_EC, 224 },
	{ CHK_OID_SIG_SHA256_EC, CHK_KEY_EC, 256 },
	{ CHK_OID_SIG_SHA384_EC, CHK_KEY_EC, 384 },
	{ CHK_OID_SIG_SHA512_EC, CHK_KEY_EC, 512 },
	{ CHK_OID_KEY_ED25519, CHK_KEY_ED25519, 512 },
	{ CHK_OID_KEY_ED448, CHK_KEY_ED448, 512 },
};

static const struct {
	enum chk_oid oid;
	uint32_t bits;
} DIGESTS[] = {
	{ CHK_OID_DIGEST_SHA1, 160 },	{ CHK_OID_DIGEST_SHA224, 224 },
	{ CHK_OID_DIGEST_SHA256, 256 }, { CHK_OID_DIGEST_SHA384, 384 },
	{ CHK_OID_DIGEST_SHA512, 512 },
};

static bool is_oid(struct chk_bytes bytes, enum chk_oid oid)
{
	return chk_bytes_equal(bytes, chk_oid_bytes(oid));
}

/* Bits of a positive INTEGER. */
static uint32_t integer_bits(struct chk_bytes value)
{
	uint32_t bits;

	while (value.size && value.data[0] == 0) {
		value.data++;
		value.size--;
	}
	if (!value.size || value.size > UINT32_MAX / 8)
		return 0;
	bits = (uint32_t)value.size * 8;
	for (uint8_t top = value.data[0]; !(top & 0x80);
	     top = (uint8_t)(top << 1))
		bits--;
	return bits;
}

static bool is_positive_and_odd(const struct chk_der *der,
				const struct chk_tlv *integer)
{
	struct chk_bytes value = integer->value;

	return chk_der_integer(der, integer) && value.data[0] < 0x80 &&
	       (value.data[value.size - 1] & 1);
}

/*
 * RFC 3279 2.3.1: SEQUENCE { modulus, publicExponent }; unreadable: 0. So is
 * an exponent of 1, by which everybody signs (RFC 8017 3.1: 3 at least).
 */
static uint32_t rsa_bits(struct chk_bytes point)
{
	struct chk_der der = chk_der_begin(point, NULL);
	struct chk_tlv sequence, modulus, exponent;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "RSAPublicKey", &sequence))
		return 0;
	der = chk_der_inside(&der, &sequence);
	if (!chk_der_expect(&der, CHK_DER_INTEGER, "modulus", &modulus) ||
	    !is_positive_and_odd(&der, &modulus) ||
	    !chk_der_expect(&der, CHK_DER_INTEGER, "exponent", &exponent) ||
	    !is_positive_and_odd(&der, &exponent) || !chk_der_at_end(&der) ||
	    integer_bits(exponent.value) < 2)
		return 0;
	return integer_bits(modulus.value);
}

/* RFC 3279 2.3.2: the parameters are SEQUENCE { p, q, g }. */
static uint32_t dsa_bits(struct chk_der parameters)
{
	struct chk_tlv tlv;

	if (!chk_der_expect(&parameters, CHK_DER_SEQUENCE, "Dss-Parms", &tlv))
		return 0;
	parameters = chk_der_inside(&parameters, &tlv);
	if (!chk_der_expect(&parameters, CHK_DER_INTEGER, "p", &tlv))
		return 0;
	return integer_bits(tlv.value);
}

/* SEC 1 2.3.3: a byte for the form, then one coordinate or both. */
static uint32_t point_bits(struct chk_bytes point)
{
	size_t size = point.size ? point.size - 1 : 0;

	if (size == 0 || size > UINT32_MAX / 8)
		return 0;
	switch (point.data[0]) {
	case 2:
	case 3:
		return (uint32_t)size * 8;
	case 4:
	case 6:
	case 7:
		return (uint32_t)size / 2 * 8;
	default:
		return 0;
	}
}

/*
 * RFC 5480 2.1.1: a named curve, or something nobody should use. One that has
 * no row has at most as many bits as a coordinate of its points.
 */
static void read_curve(struct chk_der parameters, struct chk_key *key)
{
	struct chk_tlv tlv;

	if (!chk_der_expect(&parameters, CHK_DER_OID, "namedCurve", &tlv))
		return;
	for (size_t i = 0; i < CHK_COUNT(CURVES) && !key->bits; i++) {
		if (is_oid(tlv.value, CURVES[i].oid))
			key->bits = CURVES[i].bits;
	}
	if (!key->bits)
		key->bits = point_bits(key->point);
}

/* What cannot be read leaves 0 bits, which no strength accepts. */
static void read_size(struct chk_der parameters, struct chk_key *key)
{
	parameters.error = NULL;
	if (key->type == CHK_KEY_RSA || key->type == CHK_KEY_RSA_PSS)
		key->bits = rsa_bits(key->point);
	else if (key->type == CHK_KEY_DSA)
		key->bits = dsa_bits(parameters);
	else if (key->type == CHK_KEY_EC)
		read_curve(parameters, key);
}

static void read_type(struct chk_bytes oid, struct chk_key *key)
{
	for (size_t i = 0; i < CHK_COUNT(KEYS) && !key->type; i++) {
		if (!is_oid(oid, KEYS[i].oid))
			continue;
		key->type = KEYS[i].type;
		key->bits = KEYS[i].bits;
	}
}

bool chk_key_read(struct chk_der *der, const char *what, struct chk_bytes *spki,
		  struct chk_key *key)
{
	struct chk_der inner, algorithm;
	struct chk_tlv tlv, oid;
	uint8_t unused;

	*key = (struct chk_key){ 0 };
	if (!chk_der_expect(der, CHK_DER_SEQUENCE, what, &tlv))
		return false;
	*spki = tlv.whole;
	inner = chk_der_inside(der, &tlv);
	inner.element = what;
	if (!chk_der_expect(&inner, CHK_DER_SEQUENCE, "algorithm", &tlv))
		return false;
	algorithm = chk_der_inside(&inner, &tlv);
	if (!chk_der_expect(&algorithm, CHK_DER_OID, "algorithm", &oid) ||
	    !chk_der_oid(&algorithm, &oid) ||
	    !chk_der_expect(&inner, CHK_DER_BIT_STRING, "subjectPublicKey",
			    &tlv) ||
	    !chk_der_bit_string(&inner, &tlv, &key->point, &unused) ||
	    !chk_der_end(&inner, NULL))
		return false;
	read_type(oid.value, key);
	read_size(algorithm, key);
	return true;
}

bool chk_key_parse(struct chk_bytes spki, struct chk_key *key,
		   struct chk_error *error)
{
	struct chk_der der = chk_der_begin(spki, error);
	struct chk_bytes whole;

	return chk_key_read(&der, "subjectPublicKeyInfo", &whole, key) &&
	       chk_der_end(&der, "subjectPublicKeyInfo");
}

/* RFC 4055 3.1: [0] hashAlgorithm, SHA-1 where it is absent. */
static uint32_t pss_digest_bits(struct chk_der parameters)
{
	struct chk_tlv tlv;
	enum chk_oid oid;

	if (!chk_der_expect(&parameters, CHK_DER_SEQUENCE, "params", &tlv))
		return 160;
	parameters = chk_der_inside(&parameters, &tlv);
	if (!chk_der_expect(&parameters, CHK_DER_CONTEXT_CONSTRUCTED(0),
			    "hashAlgorithm", &tlv))
		return 160;
	parameters = chk_der_inside(&parameters, &tlv);
	if (!chk_der_expect(&parameters, CHK_DER_SEQUENCE, "hash", &tlv))
		return 0;
	parameters = chk_der_inside(&parameters, &tlv);
	if (!chk_der_expect(&parameters, CHK_DER_OID, "hash", &tlv))
		return 0;
	oid = chk_oid_find(tlv.value);
	for (size_t i = 0; i < CHK_COUNT(DIGESTS); i++) {
		if (DIGESTS[i].oid == oid)
			return DIGESTS[i].bits;
	}
	return 0;
}

struct chk_signature_algorithm
chk_signature_algorithm_find(struct chk_bytes algorithm)
{
	struct chk_der der = chk_der_begin(algorithm, NULL);
	struct chk_signature_algorithm found = { 0 };
	struct chk_tlv tlv;
	enum chk_oid oid;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "algorithm", &tlv))
		return found;
	der = chk_der_inside(&der, &tlv);
	if (!chk_der_expect(&der, CHK_DER_OID, "algorithm", &tlv))
		return found;
	oid = chk_oid_find(tlv.value);
	for (size_t i = 0; i < CHK_COUNT(SIGNATURES); i++) {
		if (SIGNATURES[i].oid != oid)
			continue;
		found.type = SIGNATURES[i].type;
		found.digest_bits = SIGNATURES[i].digest_bits;
		found.name = chk_oid_name(oid);
	}
	if (found.type == CHK_KEY_RSA_PSS)
		found.digest_bits = pss_digest_bits(der);
	return found;
}
