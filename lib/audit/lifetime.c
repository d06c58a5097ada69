/* lib/audit/lifetime.c: how long a certificate may be valid. */
#include "audit/lifetime.h"

#include <stdlib.h>

#include "base/when.h"

#define DAY 86400

static const struct chk_lifetime ROWS[] = {
#include "data/lifetimes.inc"
};

const struct chk_lifetime *chk_lifetime_row(size_t i)
{
	return i < CHK_COUNT(ROWS) ? &ROWS[i] : NULL;
}

/* Baseline Requirements section 6.3.2; RFC 5280 section 4.1.2.5. */
int64_t chk_lifetime_days(const struct chk_cert *cert)
{
	return (cert->not_after - cert->not_before) / DAY + 1;
}

static bool holds(const struct chk_lifetime *row, const struct chk_cert *cert,
		  bool is_public)
{
	int64_t since;

	return (is_public || strcmp(row->audience, "public") != 0) &&
	       chk_when_parse(row->since, 0, &since) &&
	       cert->not_before >= since;
}

/* Rows are in the order of their days: the last that holds is the one. */
const struct chk_lifetime *chk_lifetime_broken(const struct chk_cert *cert,
					       bool is_public)
{
	const struct chk_lifetime *found = NULL;

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		if (holds(&ROWS[i], cert, is_public))
			found = &ROWS[i];
	}
	if (!found || chk_lifetime_days(cert) <= atol(found->days))
		return NULL;
	return found;
}
