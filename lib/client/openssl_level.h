/* lib/client/openssl_level.h: the security levels of OpenSSL. */
#ifndef CHK_CLIENT_OPENSSL_LEVEL_H
#define CHK_CLIENT_OPENSSL_LEVEL_H

#include "client/here.h"

/*
 * chk_openssl_level drops what this level, 0 to 5, does not allow, and says so;
 * `by` is what set it, NULL: OpenSSL is built with it.
 * See: SSL_CTX_set_security_level(3ssl).
 */
void chk_openssl_level(struct chk_here *here, const struct chk_setting *by,
		       int level);
/* The strength of a hash as a signature's, "SHA256"; 39 of MD5. */
unsigned chk_openssl_hash_bits(const char *hash);

#endif
