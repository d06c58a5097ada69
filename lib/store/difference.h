/* lib/store/difference.h: the inside of chaincheck/difference.h. */
#ifndef CHK_STORE_DIFFERENCE_H
#define CHK_STORE_DIFFERENCE_H

#include <chaincheck/difference.h>

#include "store/standing.h"

/* `view` comes first: what is given out is found again by it. */
struct chk_change_row {
	struct chk_store_change view;
	struct chk_standing standing[2]; /* enum chk_side */
	size_t order; /* rows of one kind stand in the order of the stores */
};

struct chk_difference {
	const struct chk_store *store[2]; /* borrowed */
	struct chk_change_row *rows; /* owns view.issuer */
	size_t count, room;
	size_t kinds[CHK_CHANGE_COUNT];
	size_t same;
	size_t unstated[2];
};

#endif
