/* lib/base/digest.c: SHA-256, and for key ids alone others, by GnuTLS. */
#include "base/digest.h"

#include <stdlib.h>

#include <gnutls/crypto.h>

/*
 * None needs memory, and GnuTLS without SHA-256 could do no TLS: a failure
 * here is a broken library, and an unfilled digest could make two different
 * certificates look alike.
 */
static void digest_with(gnutls_digest_algorithm_t algorithm,
			struct chk_bytes bytes, uint8_t *digest)
{
	if (gnutls_hash_fast(algorithm, bytes.data, bytes.size, digest) < 0)
		abort();
}

void chk_digest_sha1(struct chk_bytes bytes, uint8_t digest[20])
{
	digest_with(GNUTLS_DIG_SHA1, bytes, digest);
}

void chk_digest_sha256(struct chk_bytes bytes, uint8_t digest[32])
{
	digest_with(GNUTLS_DIG_SHA256, bytes, digest);
}

void chk_digest_sha384(struct chk_bytes bytes, uint8_t digest[48])
{
	digest_with(GNUTLS_DIG_SHA384, bytes, digest);
}

void chk_digest_sha512(struct chk_bytes bytes, uint8_t digest[64])
{
	digest_with(GNUTLS_DIG_SHA512, bytes, digest);
}
