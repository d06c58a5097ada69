/* lib/base/digest.h: SHA-1 (for key ids alone) and SHA-256, by GnuTLS. */
#ifndef CHK_BASE_DIGEST_H
#define CHK_BASE_DIGEST_H

#include "base/bytes.h"

void chk_digest_sha1(struct chk_bytes bytes, uint8_t digest[20]);
void chk_digest_sha256(struct chk_bytes bytes, uint8_t digest[32]);

#endif
