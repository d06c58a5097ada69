/* lib/store/standing.c: what a store says of all certificates of a key. */
#include "store/standing.h"

static void add_trusted(struct chk_standing *standing,
			const struct chk_anchor *anchor, size_t purpose)
{
	int64_t *latest = &standing->distrust_after[purpose];
	unsigned bit = 1u << purpose;

	if (!(standing->trusted & bit) ||
	    anchor->distrust_after[purpose] > *latest)
		*latest = anchor->distrust_after[purpose];
	standing->trusted |= bit;
}

void chk_standing_add(struct chk_standing *standing,
		      const struct chk_anchor *anchor, bool blocked)
{
	standing->count++;
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		if (blocked || anchor->trust[i] == CHK_TRUST_DISTRUSTED)
			standing->distrusted |= 1u << i;
		else if (anchor->trust[i] == CHK_TRUST_TRUSTED)
			add_trusted(standing, anchor, i);
	}
}

bool chk_standing_is_stated(const struct chk_standing *standing)
{
	return standing->trusted || standing->distrusted;
}

struct chk_loosened chk_standing_loosened(const struct chk_standing *before,
					  const struct chk_standing *after)
{
	struct chk_loosened loosened = {
		.distrust = before->distrusted & ~after->distrusted,
	};
	unsigned both = before->trusted & after->trusted;

	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++)
		if ((both & 1u << i) &&
		    after->distrust_after[i] > before->distrust_after[i])
			loosened.dates |= 1u << i;
	return loosened;
}
