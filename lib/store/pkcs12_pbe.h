/*
 * lib/store/pkcs12_pbe.h: what PKCS #12 files are encrypted with that are older
 * than PBES2 in them (RFC 7292 appendix C): keytool's until JDK 8u301, 11.0.12
 * and 16, and of openssl pkcs12 -legacy. The ciphers are GnuTLS's; it has
 * neither RC2 of 128 bits nor 3DES of two keys, and RC4 is left to it whole.
 */
#ifndef CHK_STORE_PKCS12_PBE_H
#define CHK_STORE_PKCS12_PBE_H

#include "base/bytes.h"

/* The salt is a slice of what was parsed. */
struct chk_pkcs12_pbe {
	struct chk_bytes salt;
	uint32_t rounds;
	int cipher; /* of GnuTLS */
};

/*
 * chk_pkcs12_pbe_parse reads an AlgorithmIdentifier TLV. False: it is not one
 * of 3DES of three keys or RC2 of 40 bits, or not well formed.
 */
bool chk_pkcs12_pbe_parse(struct chk_bytes algorithm,
			  struct chk_pkcs12_pbe *pbe);
/*
 * chk_pkcs12_pbe_decrypt: as chk_cbc_decrypt, with a password; NULL is none,
 * which is not the empty one.
 */
bool chk_pkcs12_pbe_decrypt(const struct chk_pkcs12_pbe *pbe,
			    struct chk_bytes secret, const char *password,
			    uint8_t **data, struct chk_bytes *plain);

#endif
