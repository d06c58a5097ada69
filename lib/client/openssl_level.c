/* lib/client/openssl_level.c: the security levels of OpenSSL. */
#include "client/openssl_level.h"

#include <string.h>

#include "client/narrow.h"
#include "client/openssl_ciphers.h"
#include "fetch/tls_names.h"

#define LEVELS 6

/*
 * What a security level asks for: bits of strength, and of RSA, DH and DSA
 * keys; SSL_CTX_set_security_level(3ssl).
 */
static const struct {
	unsigned bits, key;
} LEVEL[LEVELS] = {
	{ 0, 0 },      { 80, 1024 },  { 112, 2048 },
	{ 128, 3072 }, { 192, 7680 }, { 256, 15360 },
};

/* NIST SP 800-57 part 1, table 2, as OpenSSL has it. */
static unsigned group_bits(const struct chk_group *group)
{
	if (strcmp(group->kind, "ffdh") != 0)
		return group->bits == 253 ? 128 :
		       group->bits == 448 ? 224 :
		       group->bits == 521 ? 256 : group->bits / 2;
	return group->bits < 3072 ? 112 : group->bits < 8192 ? 128 : 192;
}

unsigned chk_openssl_hash_bits(const char *hash)
{
	static const struct {
		const char *hash;
		unsigned bits;
	} HASHES[] = {
		{ "MD5", 39 },     { "SHA1", 64 },    { "SHA224", 112 },
		{ "SHA256", 128 }, { "SHA384", 192 }, { "SHA512", 256 },
	};

	for (size_t i = 0; i < CHK_COUNT(HASHES); i++) {
		if (strcmp(HASHES[i].hash, hash) == 0)
			return HASHES[i].bits;
	}
	return 128;
}

static bool suite_is_weak(uint16_t number, const void *context)
{
	int level = *(const int *)context;
	const struct chk_suite *suite = chk_suite_of(number);

	if (!suite || level == 0)
		return false;
	return chk_openssl_strength(suite) < LEVEL[level].bits ||
	       strcmp(suite->auth, "anon") == 0 ||
	       strcmp(suite->mac, "MD5") == 0 ||
	       (level >= 2 && strcmp(suite->cipher, "RC4_128") == 0) ||
	       (level >= 3 && strncmp(suite->kx, "ECDHE", 5) != 0 &&
		strncmp(suite->kx, "DHE", 3) != 0 &&
		strcmp(suite->kx, "any") != 0) ||
	       (level >= 4 && strcmp(suite->mac, "SHA") == 0);
}

static bool group_is_weak(uint16_t number, const void *context)
{
	const struct chk_group *group = chk_group_of(number);

	return group &&
	       group_bits(group) < LEVEL[*(const int *)context].bits;
}

static bool signature_is_weak(uint16_t number, const void *context)
{
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(number);
	unsigned bits = scheme ? chk_openssl_hash_bits(scheme->hash) : 0;

	if (scheme && strcmp(scheme->key, "ed448") == 0)
		bits = 224;
	return bits < LEVEL[*(const int *)context].bits;
}

/* SSL_CTX_set_security_level(3ssl): TLS 1.0 to level 2, 1.1 to 3. */
static bool version_is_weak(uint16_t number, const void *context)
{
	int level = *(const int *)context;

	return (number < 0x0301 && level >= 2) ||
	       (number < 0x0302 && level >= 3) ||
	       (number < 0x0303 && level >= 4);
}

void chk_openssl_level(struct chk_here *here, const struct chk_setting *by,
		       int level)
{
	struct chk_here_list *versions = &here->lists[CHK_HERE_VERSIONS];
	char word[] = "SECLEVEL 0";

	word[sizeof(word) - 2] = (char)('0' + level);
	chk_here_drop(here, CHK_HERE_VERSIONS, by, word, version_is_weak,
		      &level);
	chk_here_drop(here, CHK_HERE_SUITES, by, word, suite_is_weak, &level);
	chk_here_drop(here, CHK_HERE_GROUPS, by, word, group_is_weak, &level);
	chk_here_drop(here, CHK_HERE_SIGNATURES, by, word, signature_is_weak,
		      &level);
	chk_here_raise(here, &here->rsa_min, LEVEL[level].key, by,
		       "at this level RSA keys");
	chk_here_raise(here, &here->dh_min, LEVEL[level].key, by,
		       "at this level DH primes");
	if (level > 0 && versions->count &&
	    versions->items[versions->count - 1] < 0x0303) {
		here->min = 0x0303;
		chk_here_say(here, by, "%s: TLS 1.0 and 1.1 are offered, and "
			     "end in an error here, since their signatures "
			     "are made with SHA-1", word);
	}
}
