/* lib/base/digest.h: SHA-256, and for key ids alone others, by GnuTLS. */
#ifndef CHK_BASE_DIGEST_H
#define CHK_BASE_DIGEST_H

#include "base/bytes.h"

void chk_digest_sha1(struct chk_bytes bytes, uint8_t digest[20]);
void chk_digest_sha256(struct chk_bytes bytes, uint8_t digest[32]);
void chk_digest_sha384(struct chk_bytes bytes, uint8_t digest[48]);
void chk_digest_sha512(struct chk_bytes bytes, uint8_t digest[64]);

#endif
