/*
 * lib/store/blocks.h: the certificates that a store distrusts by issuer and
 * serial number, found by those.
 */
#ifndef CHK_STORE_BLOCKS_H
#define CHK_STORE_BLOCKS_H

#include "store/store.h"

/* Zero it. The store is borrowed. */
struct chk_blocks {
	const struct chk_store *store;
	struct chk_map by_serial;
};

/* False: no memory. Clear it either way. */
bool chk_blocks_index(struct chk_blocks *blocks, const struct chk_store *store);
void chk_blocks_clear(struct chk_blocks *blocks);
/* The first that names this certificate; SIZE_MAX: none does. */
size_t chk_blocks_find(const struct chk_blocks *blocks, struct chk_bytes issuer,
		       struct chk_bytes serial);

#endif
