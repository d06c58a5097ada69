/* lib/fetch/suite.h: the cipher suites of lib/data/suites.tsv. */
#ifndef CHK_FETCH_SUITE_H
#define CHK_FETCH_SUITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* enum chk_exchange is what a suite's ServerKeyExchange holds. */
enum chk_exchange {
	CHK_EXCHANGE_NONE,
	CHK_EXCHANGE_DH,     /* RFC 5246 section 7.4.3 */
	CHK_EXCHANGE_EC,     /* RFC 8422 section 5.4 */
	CHK_EXCHANGE_RSA,    /* RFC 2246 section 7.4.3: export */
	CHK_EXCHANGE_HINT,   /* RFC 4279 section 2 */
	CHK_EXCHANGE_DHHINT, /* RFC 4279 section 3 */
	CHK_EXCHANGE_ECHINT, /* RFC 5489 section 2 */
	CHK_EXCHANGE_OTHER,
};

struct chk_suite {
	const char *number; /* "c02f" */
	const char *name;   /* "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" */
	enum chk_exchange exchange;
	bool is_signed;     /* a signature follows what is exchanged */
	const char *source;
};

/* chk_suite_find gives a suite by its number; NULL: it is in no registry. */
const struct chk_suite *chk_suite_find(uint16_t number);

/* How many there are. */
size_t chk_suite_count(void);

#endif
