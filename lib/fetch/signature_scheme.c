/* lib/fetch/signature_scheme.c: the schemes of lib/data/signatures.tsv. */
#include "fetch/signature_scheme.h"

#include "fetch/tls_names.h"

static const struct {
	const char *name;
	enum chk_key_type type;
} KEYS[] = {
	{ "rsa", CHK_KEY_RSA },	    { "rsa-pss", CHK_KEY_RSA_PSS },
	{ "dsa", CHK_KEY_DSA },	    { "ecdsa", CHK_KEY_EC },
	{ "ed25519", CHK_KEY_ED25519 }, { "ed448", CHK_KEY_ED448 },
};

static const struct {
	const char *name;
	uint32_t bits;
} HASHES[] = {
	{ "MD5", 128 }, { "SHA1", 160 }, { "SHA224", 224 },
	{ "SHA256", 256 }, { "SHA384", 384 }, { "SHA512", 512 },
};

/* RFC 8446 section 4.2.3; keys on other curves sign no TLS 1.3 here. */
static const struct {
	const char *name;
	uint32_t bits;
} CURVES[] = {
	{ "secp256r1", 256 }, { "secp384r1", 384 }, { "secp521r1", 521 },
};

static bool is_of(const struct chk_signature_scheme *scheme,
		  enum chk_key_type type)
{
	for (size_t i = 0; i < CHK_COUNT(KEYS); i++) {
		if (KEYS[i].type == type)
			return strcmp(KEYS[i].name, scheme->key) == 0;
	}
	return false;
}

const char *chk_scheme_name(uint16_t number)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	return scheme ? scheme->name : NULL;
}

static bool is_on(const struct chk_signature_scheme *scheme, uint32_t bits)
{
	for (size_t i = 0; scheme->curve && i < CHK_COUNT(CURVES); i++) {
		if (CURVES[i].bits == bits)
			return strcmp(CURVES[i].name, scheme->curve) == 0;
	}
	return false;
}

static bool hashes(const struct chk_signature_scheme *scheme, uint32_t bits)
{
	for (size_t i = 0; i < CHK_COUNT(HASHES); i++) {
		if (HASHES[i].bits == bits)
			return strcmp(HASHES[i].name, scheme->hash) == 0;
	}
	return false;
}

bool chk_scheme_signs(uint16_t number, const struct chk_key *key, bool tls13)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);

	if (!scheme || !is_of(scheme, key->type) ||
	    (tls13 && scheme->max < 0x0304))
		return false;
	return !tls13 || key->type != CHK_KEY_EC || is_on(scheme, key->bits);
}

/*
 * Whether an RSA key signed with PKCS #1 or with PSS is two schemes, and the
 * key of the PSS one may be of either kind (RFC 8446 section 4.2.3).
 */
bool chk_scheme_covers(uint16_t number,
		       const struct chk_signature_algorithm *algorithm)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);
	enum chk_key_type type = algorithm->type;
	bool pss;

	if (!scheme)
		return false;
	if (type == CHK_KEY_ED25519 || type == CHK_KEY_ED448)
		return is_of(scheme, type);
	pss = strncmp(scheme->name, "rsa_pss", 7) == 0;
	if (pss != (type == CHK_KEY_RSA_PSS))
		return false;
	return (pss || is_of(scheme, type)) &&
	       hashes(scheme, algorithm->digest_bits);
}
