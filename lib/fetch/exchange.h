/* lib/fetch/exchange.h: what a suite's ServerKeyExchange holds. */
#ifndef CHK_FETCH_EXCHANGE_H
#define CHK_FETCH_EXCHANGE_H

#include "fetch/tls_names.h"

enum chk_exchange {
	CHK_EXCHANGE_NONE,   /* there is no such message */
	CHK_EXCHANGE_DH,     /* RFC 5246 section 7.4.3 */
	CHK_EXCHANGE_EC,     /* RFC 8422 section 5.4 */
	CHK_EXCHANGE_RSA,    /* RFC 2246 section 7.4.3: export */
	CHK_EXCHANGE_HINT,   /* RFC 4279 section 2 */
	CHK_EXCHANGE_DHHINT, /* RFC 4279 section 3 */
	CHK_EXCHANGE_ECHINT, /* RFC 5489 section 2 */
	CHK_EXCHANGE_OTHER,
};

enum chk_exchange chk_exchange_of(const struct chk_suite *suite);
/* A signature follows what is exchanged. */
bool chk_exchange_is_signed(const struct chk_suite *suite);

#endif
