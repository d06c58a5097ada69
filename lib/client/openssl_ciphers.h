/* lib/client/openssl_ciphers.h: OpenSSL's cipher strings. */
#ifndef CHK_CLIENT_OPENSSL_CIPHERS_H
#define CHK_CLIENT_OPENSSL_CIPHERS_H

#include "client/offers.h"
#include "fetch/tls_names.h"

#define CHK_SECLEVEL_NONE (-1)

/*
 * chk_openssl_ciphers gives the suites up to TLS 1.2 that a cipher string
 * selects, in OpenSSL's order. `level` is what its @SECLEVEL says, or stays as
 * it is. `wrong` is the first word that OpenSSL does not know, which it passes
 * over; NULL: there is none.
 * See: openssl-ciphers(1), CIPHER LIST FORMAT.
 */
void chk_openssl_ciphers(struct chk_here *here, const struct chk_offer *offer,
			 const char *string, struct chk_here_list *suites,
			 int *level, const char **wrong);
/* Bits of the cipher's strength, as OpenSSL counts them. */
unsigned chk_openssl_strength(const struct chk_suite *suite);

#endif
