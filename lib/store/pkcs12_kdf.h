/*
 * lib/store/pkcs12_kdf.h: keys from a password as PKCS #12 had it before PBES2
 * (RFC 7292 appendix B.2). It is here since GnuTLS keeps its own to itself and
 * gives, of what it decrypts with it, certificates without attributes, 32 at
 * most; and no other library in use has it. The hash is GnuTLS's.
 */
#ifndef CHK_STORE_PKCS12_KDF_H
#define CHK_STORE_PKCS12_KDF_H

#include "base/bytes.h"

/* Appendix B.3 */
enum chk_pkcs12_id {
	CHK_PKCS12_KEY = 1,
	CHK_PKCS12_IV = 2,
	CHK_PKCS12_MAC = 3,
};

struct chk_pkcs12_kdf {
	int digest; /* of GnuTLS; SHA-1 or SHA-2 */
	struct chk_bytes password; /* BMPString with its NUL; or empty: none */
	struct chk_bytes salt;
	uint32_t rounds; /* the caller bounds them */
};

/* False: another digest, no rounds, too long a text, or no memory. */
bool chk_pkcs12_derive(const struct chk_pkcs12_kdf *kdf, enum chk_pkcs12_id id,
		       uint8_t *key, size_t size);

#endif
