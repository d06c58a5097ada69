/*
 * lib/audit/lifetime.h: how long a certificate of a server may be valid, by
 * the day it was issued (lib/data/lifetimes.tsv).
 */
#ifndef CHK_AUDIT_LIFETIME_H
#define CHK_AUDIT_LIFETIME_H

#include "cert/cert.h"

struct chk_lifetime {
	const char *since; /* issued from this day on */
	const char *days;
	const char *words;
	const char *audience; /* "public": CAs of public programmes; "any" */
	const char *ballot;   /* who says so */
	const char *source;
};

const struct chk_lifetime *chk_lifetime_row(size_t i);
/*
 * The row that held when `cert` was issued and that it breaks; NULL: none.
 * `is_public`: its CA is one of a public programme.
 */
const struct chk_lifetime *chk_lifetime_broken(const struct chk_cert *cert,
					       bool is_public);
/*
 * In days, as the CA/Browser Forum counts: both ends belong to it, and what is
 * more than a day counts as another.
 */
int64_t chk_lifetime_days(const struct chk_cert *cert);

#endif
