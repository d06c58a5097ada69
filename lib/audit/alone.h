/*
 * lib/audit/alone.h: what is wrong with one certificate by itself, whatever
 * stands beside it. No signature is checked, and no memory is taken, so that a
 * million of them can be asked.
 */
#ifndef CHK_AUDIT_ALONE_H
#define CHK_AUDIT_ALONE_H

#include "base/buffer.h"
#include "diagnosis/finding.h"
#include "path/strength.h"

/* What a certificate is held against. */
struct chk_alone_terms {
	int64_t at; /* seconds since 1970 UTC */
	/* What must be left of it, seconds; 0: not asked */
	int64_t warning, critical;
	const struct chk_strength *strength;
};

/* Appends why: words that go on behind the certificate's name. */
typedef void chk_alone_teller(const struct chk_cert *cert,
			      const struct chk_alone_terms *terms,
			      struct chk_buffer *words);

/* One thing that is wrong. */
struct chk_alone {
	enum chk_finding_id id;
	enum chk_severity severity;
	chk_alone_teller *tell;
};

#define CHK_ALONE_MOST 12 /* there are no more rules */

/* Gives how many there are in `found`, in the order of the rules. */
size_t chk_alone_check(const struct chk_cert *cert,
		       const struct chk_alone_terms *terms,
		       struct chk_alone found[CHK_ALONE_MOST]);
#endif
