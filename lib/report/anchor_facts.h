/* lib/report/anchor_facts.h: what there is to say of an anchor by itself. */
#ifndef CHK_REPORT_ANCHOR_FACTS_H
#define CHK_REPORT_ANCHOR_FACTS_H

#include <chaincheck/listing.h>

#include "base/buffer.h"

enum chk_anchor_state {
	CHK_ANCHOR_VALID,
	CHK_ANCHOR_EXPIRING, /* within CHK_LISTING_SOON */
	CHK_ANCHOR_EXPIRED,
	CHK_ANCHOR_NOT_YET,
};

/* Bits are 1u << enum chk_purpose. */
struct chk_anchor_facts {
	unsigned trusted, distrusted;
	unsigned dated; /* trusted until a date */
	enum chk_anchor_state state;
	bool leaf; /* trusted, and no CA */
	size_t constraints;
	const char *codes[2]; /* of findings */
	size_t code_count;
};

struct chk_anchor_facts chk_anchor_look(const struct chk_anchor *anchor,
					int64_t at);
/* "expired"; stable, they stand in JSON and CSV. */
const char *chk_anchor_state_name(enum chk_anchor_state state);

struct chk_listing_counts {
	size_t trusted; /* for the purpose */
	size_t distrusted; /* for it */
	size_t unstated; /* nothing at all is said of it */
	size_t expired, expiring; /* of what is trusted for anything */
};
struct chk_listing_counts
chk_listing_count(const struct chk_store *store,
		  const struct chk_listing_options *options);

/* Appends "tls-server, email until 2022-11-30; ...", and nothing for none. */
void chk_say_dates(struct chk_buffer *buffer, const struct chk_anchor *anchor,
		   unsigned dated);
/* Appends the constraints by name, "nameConstraints, 1.2.3". */
void chk_say_constraints(struct chk_buffer *buffer,
			 const struct chk_anchor *anchor);

#endif
