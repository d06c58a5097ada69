/* lib/supply/supply.c: what may complete a path, each certificate once. */
#include "supply/supply.h"

#include "base/array.h"
#include "cert/dn.h"

static bool is_there(const struct chk_supply *supply,
		     const struct chk_cert *cert, uint64_t hash)
{
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&supply->by_bytes, hash, &cursor, &item))
		if (chk_bytes_equal(supply->items[item].cert->der, cert->der))
			return true;
	return false;
}

/*
 * Into the list first: what an index points at must be there, even where
 * memory ends half-way.
 */
bool chk_supply_add(struct chk_supply *supply, const struct chk_cert *cert,
		    enum chk_origin origin, uint32_t position,
		    const char *where)
{
	uint32_t item = (uint32_t)supply->count;
	uint64_t hash = chk_cert_hash(cert);

	if (is_there(supply, cert, hash))
		return true;
	if (supply->count >= UINT32_MAX - 1)
		return false;
	if (!chk_array_grow(&supply->items, supply->count, &supply->room,
			    sizeof(*supply->items)))
		return false;
	supply->items[supply->count++] = (struct chk_supplied){
		.cert = cert,
		.origin = origin,
		.position = position,
		.where = where,
	};
	return chk_map_add(&supply->by_bytes, hash, item) &&
	       chk_map_add(&supply->by_subject, cert->subject_hash, item);
}

const struct chk_supplied *chk_supply_next(const struct chk_supply *supply,
					   struct chk_bytes name, uint64_t hash,
					   size_t *cursor)
{
	uint32_t item;

	while (chk_map_find(&supply->by_subject, hash, cursor, &item))
		if (chk_dn_match(supply->items[item].cert->subject, name))
			return &supply->items[item];
	return NULL;
}

void chk_supply_clear(struct chk_supply *supply)
{
	free(supply->items);
	chk_map_clear(&supply->by_subject);
	chk_map_clear(&supply->by_bytes);
	*supply = (struct chk_supply){ 0 };
}
