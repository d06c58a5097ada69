/* lib/base/digest.c: SHA-1 (for key ids alone) and SHA-256, by GnuTLS. */
#include "base/digest.h"

#include <stdlib.h>

#include <gnutls/crypto.h>

/*
 * Neither needs memory, and GnuTLS without SHA-256 could do no TLS: a failure
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
