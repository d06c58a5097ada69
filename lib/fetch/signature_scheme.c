/* lib/fetch/signature_scheme.c: the schemes of lib/data/signatures.tsv. */
#include "fetch/signature_scheme.h"

#include <stdlib.h>

static const struct scheme {
	const char *number, *name, *key, *digest;
	bool tls13;
	const char *source;
} SCHEMES[] = {
#include "data/signatures.inc"
};

static const struct {
	const char *name;
	enum chk_key_type type;
} KEYS[] = {
	{ "rsa", CHK_KEY_RSA },	    { "rsa-pss", CHK_KEY_RSA_PSS },
	{ "dsa", CHK_KEY_DSA },	    { "ec", CHK_KEY_EC },
	{ "ed25519", CHK_KEY_ED25519 }, { "ed448", CHK_KEY_ED448 },
};

static const struct scheme *find(uint16_t number)
{
	for (size_t i = 0; i < CHK_COUNT(SCHEMES); i++) {
		if (strtoul(SCHEMES[i].number, NULL, 16) == number)
			return &SCHEMES[i];
	}
	return NULL;
}

static bool is_of(const struct scheme *scheme, enum chk_key_type type)
{
	for (size_t i = 0; i < CHK_COUNT(KEYS); i++) {
		if (KEYS[i].type == type)
			return strcmp(KEYS[i].name, scheme->key) == 0;
	}
	return false;
}

const char *chk_scheme_name(uint16_t number)
{
	const struct scheme *scheme = find(number);

	return scheme ? scheme->name : NULL;
}

/* RFC 8446 section 4.2.3: P-256 with SHA-256, P-384 with SHA-384, ... */
static uint32_t digest_of_curve(uint32_t bits)
{
	return bits > 512 ? 512 : bits;
}

bool chk_scheme_signs(uint16_t number, const struct chk_key *key, bool tls13)
{
	const struct scheme *scheme = find(number);

	if (!scheme || !is_of(scheme, key->type) || (tls13 && !scheme->tls13))
		return false;
	return !tls13 || key->type != CHK_KEY_EC ||
	       strtoul(scheme->digest, NULL, 10) ==
		       digest_of_curve(key->bits);
}

/*
 * Whether an RSA key signed with PKCS #1 or with PSS is two schemes, and the
 * key of the PSS one may be of either kind (RFC 8446 section 4.2.3).
 */
bool chk_scheme_covers(uint16_t number,
		       const struct chk_signature_algorithm *algorithm)
{
	const struct scheme *scheme = find(number);
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
	       strtoul(scheme->digest, NULL, 10) == algorithm->digest_bits;
}
