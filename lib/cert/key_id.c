/* lib/cert/key_id.c: how a key id was made of a key. */
#include "cert/key_id.h"

#include "base/digest.h"

static const struct way {
	void (*digest)(struct chk_bytes bytes, uint8_t *digest);
	enum { BITS, INFO } over;
	size_t size;
	const char *words;
} WAYS[] = {
#define CHK_KEY_ID_WAY(digest, over, bytes, words) \
	{ chk_digest_##digest, over, bytes, words },
#include "cert/key_id.def"
#undef CHK_KEY_ID_WAY
};

/* RFC 5280 4.2.1.2 (2): 0100, and the last 60 bits of the SHA-1. */
static bool is_short(const struct chk_cert *cert, struct chk_bytes id)
{
	uint8_t digest[20];

	chk_digest_sha1(cert->key.point, digest);
	digest[12] = (uint8_t)(0x40 | (digest[12] & 0x0f));
	return chk_bytes_equal(id, chk_bytes_of(digest + 12, 8));
}

static bool is_way(const struct chk_cert *cert, struct chk_bytes id,
		   const struct way *way)
{
	uint8_t digest[64];

	if (id.size != way->size)
		return false;
	way->digest(way->over == BITS ? cert->key.point : cert->spki, digest);
	return chk_bytes_equal(id, chk_bytes_of(digest, way->size));
}

const char *chk_key_id_way(const struct chk_cert *cert, struct chk_bytes id)
{
	for (size_t i = 0; i < CHK_COUNT(WAYS); i++) {
		if (is_way(cert, id, &WAYS[i]))
			return WAYS[i].words;
	}
	return is_short(cert, id) ? "60 bits of the SHA-1 of the key's bits "
				    "(RFC 5280 4.2.1.2)" : NULL;
}
