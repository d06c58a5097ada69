/* lib/client/offers.c: what implementations have, lib/data/offers.tsv. */
#include "client/offers.h"

#include <string.h>

#include "client/narrow.h"

#define IDS(...) { (const uint16_t[]){ __VA_ARGS__ }, \
		   CHK_COUNT(((const uint16_t[]){ __VA_ARGS__ })) }

static const struct chk_offer OFFERS[] = {
#include "data/offers.inc"
};

const struct chk_offer *chk_offer_of(const char *client, unsigned release)
{
	for (size_t i = 0; i < CHK_COUNT(OFFERS); i++) {
		unsigned until = OFFERS[i].until;

		if (strcmp(OFFERS[i].client, client) == 0 &&
		    (!until || (release && release <= until)))
			return &OFFERS[i];
	}
	return NULL;
}

bool chk_offer_has(const struct chk_ids *ids, uint16_t number)
{
	for (size_t i = 0; i < ids->count; i++) {
		if (ids->items[i] == number)
			return true;
	}
	return false;
}

static void fill(struct chk_here_list *list, const struct chk_ids *ids,
		 const struct chk_ids *without)
{
	list->count = 0;
	for (size_t i = 0; i < ids->count; i++) {
		if (!without || !chk_offer_has(without, ids->items[i]))
			chk_here_add(list, ids->items[i]);
	}
}

void chk_offer_begin(struct chk_here *here, const struct chk_offer *offer)
{
	fill(&here->lists[CHK_HERE_VERSIONS], &offer->versions, NULL);
	fill(&here->lists[CHK_HERE_SUITES], &offer->suites, &offer->off);
	fill(&here->lists[CHK_HERE_GROUPS], &offer->groups, NULL);
	fill(&here->lists[CHK_HERE_SIGNATURES], &offer->signatures, NULL);
}
