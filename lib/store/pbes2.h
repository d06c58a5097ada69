/* lib/store/pbes2.h: decryption with a password (RFC 8018), by GnuTLS. */
#ifndef CHK_STORE_PBES2_H
#define CHK_STORE_PBES2_H

#include "base/bytes.h"

/* As PBKDF2 and the cipher want them; slices of what was parsed. */
struct chk_pbes2 {
	struct chk_bytes salt, iv;
	uint32_t rounds;
	int mac, cipher; /* of GnuTLS */
};

/*
 * chk_pbes2_parse reads an AlgorithmIdentifier TLV. False: it is not PBES2
 * with PBKDF2 and a CBC cipher that we know, or not well formed.
 */
bool chk_pbes2_parse(struct chk_bytes algorithm, struct chk_pbes2 *pbes2);
/*
 * chk_pbes2_decrypt: `*plain` is a part of the buffer `*data`, which has the
 * size of `secret`; free() it. False: the password does not fit (or by a
 * chance of 1 in 250 it seemed to), or there is no memory: `*data` is NULL.
 */
bool chk_pbes2_decrypt(const struct chk_pbes2 *pbes2, struct chk_bytes secret,
		       const char *password, uint8_t **data,
		       struct chk_bytes *plain);

#endif
