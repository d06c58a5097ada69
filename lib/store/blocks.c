/* lib/store/blocks.c: distrust by issuer and serial number, found quickly. */
#include "store/blocks.h"

#include "cert/dn.h"

bool chk_blocks_index(struct chk_blocks *blocks, const struct chk_store *store)
{
	blocks->store = store;
	for (size_t i = 0; i < store->blocked_count; i++)
		if (i >= UINT32_MAX - 1 ||
		    !chk_map_add(&blocks->by_serial,
				 chk_bytes_hash(store->blocked[i].serial),
				 (uint32_t)i))
			return false;
	return true;
}

void chk_blocks_clear(struct chk_blocks *blocks)
{
	chk_map_clear(&blocks->by_serial);
}

size_t chk_blocks_find(const struct chk_blocks *blocks, struct chk_bytes issuer,
		       struct chk_bytes serial)
{
	uint64_t hash = chk_bytes_hash(serial);
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&blocks->by_serial, hash, &cursor, &item)) {
		const struct chk_blocked *blocked =
			&blocks->store->blocked[item];

		if (chk_bytes_equal(blocked->serial, serial) &&
		    chk_dn_match(blocked->issuer, issuer))
			return item;
	}
	return SIZE_MAX;
}
