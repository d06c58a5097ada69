/* lib/store/cbc.h: decryption of a whole text by a CBC cipher of GnuTLS. */
#ifndef CHK_STORE_CBC_H
#define CHK_STORE_CBC_H

#include "base/bytes.h"

/* The longest key of the ciphers that keystores use, and their longest IV. */
#define CHK_CBC_KEY_MAX 32
#define CHK_CBC_IV_MAX 16

struct chk_cbc {
	int cipher; /* of GnuTLS */
	struct chk_bytes key, iv;
};

/*
 * `*plain` is a part of the buffer `*data`, which has the size of `secret`;
 * free() it. False: the key does not fit (or by a chance of 1 in 250 it seemed
 * to), or there is no memory: `*data` is NULL.
 */
bool chk_cbc_decrypt(const struct chk_cbc *cbc, struct chk_bytes secret,
		     uint8_t **data, struct chk_bytes *plain);

#endif
