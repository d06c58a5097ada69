/* lib/client/offers.h: what an implementation has before settings narrow it. */
#ifndef CHK_CLIENT_OFFERS_H
#define CHK_CLIENT_OFFERS_H

#include "client/here.h"

/* A row of lib/data/offers.tsv; lists in the order of preference. */
struct chk_offer {
	const char *client;
	unsigned until; /* the last release that it is of; 0: any */
	struct chk_ids versions;
	struct chk_ids suites;      /* all that there are */
	struct chk_ids off;         /* of them, those that must be asked for */
	struct chk_ids groups;
	struct chk_ids more_groups; /* that must be asked for */
	struct chk_ids signatures;
	const char *source;
};

/* Of this release (17; 0: not known, the newest). NULL: there is no row. */
const struct chk_offer *chk_offer_of(const char *client, unsigned release);
bool chk_offer_has(const struct chk_ids *ids, uint16_t number);
/* Fills the lists of `here` with what is offered where nothing is set. */
void chk_offer_begin(struct chk_here *here, const struct chk_offer *offer);

#endif
