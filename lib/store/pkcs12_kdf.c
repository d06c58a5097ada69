/* lib/store/pkcs12_kdf.c: RFC 7292 appendix B.2, with its names; on GnuTLS. */
#include "store/pkcs12_kdf.h"

#include <stdlib.h>

#include <gnutls/crypto.h>

/* v of any digest, in bytes; and u. */
#define BLOCK_MAX 128
#define DIGEST_MAX 64

/* Passwords and salts have some tens of bytes. */
#define TEXT_MAX 65536

static const struct {
	gnutls_digest_algorithm_t digest;
	size_t block; /* v, which GnuTLS does not say */
} BLOCKS[] = {
	{ GNUTLS_DIG_SHA1, 64 },    { GNUTLS_DIG_SHA224, 64 },
	{ GNUTLS_DIG_SHA256, 64 },  { GNUTLS_DIG_SHA384, 128 },
	{ GNUTLS_DIG_SHA512, 128 },
};

struct derivation {
	gnutls_hash_hd_t hash;
	size_t block, digest; /* v and u */
	uint8_t diversifier[BLOCK_MAX]; /* D */
	uint8_t *input; /* I */
	size_t input_size;
	uint32_t rounds;
};

static size_t block_of(int digest)
{
	for (size_t i = 0; i < CHK_COUNT(BLOCKS); i++)
		if ((int)BLOCKS[i].digest == digest)
			return BLOCKS[i].block;
	return 0;
}

/* Steps 2 and 3: over and over, to whole blocks; nothing stays nothing. */
static uint8_t *fill(uint8_t *at, struct chk_bytes text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		at[i] = text.data[i % text.size];
	return at + size;
}

static size_t whole_blocks(size_t size, size_t block)
{
	return (size + block - 1) / block * block;
}

/* Step 4: I = S || P */
static bool set_input(struct derivation *derivation,
		      const struct chk_pkcs12_kdf *kdf)
{
	size_t salt, password;

	if (kdf->salt.size > TEXT_MAX || kdf->password.size > TEXT_MAX)
		return false;
	salt = whole_blocks(kdf->salt.size, derivation->block);
	password = whole_blocks(kdf->password.size, derivation->block);
	derivation->input_size = salt + password;
	derivation->input = malloc(salt + password + 1);
	if (!derivation->input)
		return false;
	fill(fill(derivation->input, kdf->salt, salt), kdf->password, password);
	return true;
}

/* Step 6A */
static bool hash_rounds(const struct derivation *derivation, uint8_t *value)
{
	bool ok = gnutls_hash(derivation->hash, derivation->diversifier,
			      derivation->block) == 0 &&
		  (derivation->input_size == 0 ||
		   gnutls_hash(derivation->hash, derivation->input,
			       derivation->input_size) == 0);

	if (!ok)
		return false;
	gnutls_hash_output(derivation->hash, value);
	for (uint32_t i = 1; i < derivation->rounds; i++) {
		if (gnutls_hash(derivation->hash, value, derivation->digest))
			return false;
		gnutls_hash_output(derivation->hash, value);
	}
	return true;
}

/* Steps 6B and 6C: I_j = (I_j + B + 1) mod 2^v, B the value over and over. */
static void stir_input(struct derivation *derivation, const uint8_t *value)
{
	const size_t block = derivation->block;

	for (size_t j = 0; j < derivation->input_size; j += block) {
		unsigned sum = 1;

		for (size_t i = block; i-- > 0;) {
			sum += derivation->input[j + i];
			sum += value[i % derivation->digest];
			derivation->input[j + i] = (uint8_t)sum;
			sum >>= 8;
		}
	}
}

/* Steps 5 to 8 */
static bool make_key(struct derivation *derivation, uint8_t *key, size_t size)
{
	uint8_t value[DIGEST_MAX];
	bool ok = true;

	while (ok && size) {
		size_t part = size < derivation->digest ? size :
			      derivation->digest;

		ok = hash_rounds(derivation, value);
		if (!ok)
			break;
		memcpy(key, value, part);
		key += part;
		size -= part;
		if (size)
			stir_input(derivation, value);
	}
	explicit_bzero(value, sizeof(value));
	return ok;
}

bool chk_pkcs12_derive(const struct chk_pkcs12_kdf *kdf, enum chk_pkcs12_id id,
		       uint8_t *key, size_t size)
{
	gnutls_digest_algorithm_t digest =
		(gnutls_digest_algorithm_t)kdf->digest;
	struct derivation derivation = { .block = block_of(kdf->digest),
					 .rounds = kdf->rounds };
	bool ok;

	if (derivation.block == 0 || kdf->rounds == 0)
		return false;
	derivation.digest = gnutls_hash_get_len(digest);
	memset(derivation.diversifier, (int)id, derivation.block); /* Step 1 */
	if (!set_input(&derivation, kdf))
		return false;
	ok = gnutls_hash_init(&derivation.hash, digest) == 0;
	if (ok) {
		ok = make_key(&derivation, key, size);
		gnutls_hash_deinit(derivation.hash, NULL);
	}
	explicit_bzero(derivation.input, derivation.input_size);
	free(derivation.input);
	return ok;
}
