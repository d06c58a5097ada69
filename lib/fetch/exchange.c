/* lib/fetch/exchange.c: by the key exchange and authentication of a suite. */
#include "fetch/exchange.h"

#include "base/bytes.h"

/* `auth` NULL: any other. A pair that is in no row has no such message. */
static const struct {
	const char *kx, *auth;
	enum chk_exchange exchange;
	bool is_signed;
} EXCHANGES[] = {
	{ "DHE", NULL, CHK_EXCHANGE_DH, true },
	{ "DHE_EXPORT", NULL, CHK_EXCHANGE_DH, true },
	{ "DH", "anon", CHK_EXCHANGE_DH, false },
	{ "DH_EXPORT", "anon", CHK_EXCHANGE_DH, false },
	{ "ECDHE", NULL, CHK_EXCHANGE_EC, true },
	{ "ECDH", "anon", CHK_EXCHANGE_EC, false },
	{ "RSA_EXPORT", NULL, CHK_EXCHANGE_RSA, true },
	{ "PSK", NULL, CHK_EXCHANGE_HINT, false },
	{ "RSA_PSK", NULL, CHK_EXCHANGE_HINT, false },
	{ "DHE_PSK", NULL, CHK_EXCHANGE_DHHINT, false },
	{ "ECDHE_PSK", NULL, CHK_EXCHANGE_ECHINT, false },
	/* Whether a signature follows is not read: nothing before it is. */
	{ "SRP", NULL, CHK_EXCHANGE_OTHER, false },
	{ "ECJPAKE", NULL, CHK_EXCHANGE_OTHER, false },
	{ "FORTEZZA", NULL, CHK_EXCHANGE_OTHER, false },
};

static size_t row_of(const struct chk_suite *suite)
{
	size_t i = 0;

	while (i < CHK_COUNT(EXCHANGES) &&
	       (strcmp(EXCHANGES[i].kx, suite->kx) != 0 ||
		(EXCHANGES[i].auth &&
		 strcmp(EXCHANGES[i].auth, suite->auth) != 0)))
		i++;
	return i;
}

enum chk_exchange chk_exchange_of(const struct chk_suite *suite)
{
	size_t i = row_of(suite);

	return i < CHK_COUNT(EXCHANGES) ? EXCHANGES[i].exchange :
					  CHK_EXCHANGE_NONE;
}

bool chk_exchange_is_signed(const struct chk_suite *suite)
{
	size_t i = row_of(suite);

	return i < CHK_COUNT(EXCHANGES) && EXCHANGES[i].is_signed;
}
