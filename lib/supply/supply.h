/*
 * lib/supply/supply.h: certificates that prove nothing but may complete a
 * path, each with its origin, found by subject.
 */
#ifndef CHK_SUPPLY_SUPPLY_H
#define CHK_SUPPLY_SUPPLY_H

#include "base/map.h"
#include "cert/cert.h"
#include "store/store.h"

/* Where a certificate of the supply comes from; later costs more to a path. */
enum chk_origin {
	CHK_ORIGIN_PRESENTED, /* the peer sent it */
	CHK_ORIGIN_GIVEN,     /* the client has it (--untrusted) */
	CHK_ORIGIN_STORE,     /* an entry of a chosen store, trusted or not */
	CHK_ORIGIN_ELSEWHERE, /* another store here: the client has it not */
	CHK_ORIGIN_FETCHED,   /* from an URL (AIA): anybody may have said it */
};

/* The client would have had it in this connection, fetching nothing. */
static inline bool chk_origin_is_here(enum chk_origin origin)
{
	return origin < CHK_ORIGIN_ELSEWHERE;
}

struct chk_supplied {
	const struct chk_cert *cert; /* borrowed */
	enum chk_origin origin;
	uint32_t position;  /* in the presented chain, from 0; else 0 */
	const char *where;  /* borrowed */
};

struct chk_supply {
	struct chk_supplied *items;
	size_t count, room;
	struct chk_map by_subject;
	struct chk_map by_bytes; /* chk_cert_hash */
};

/*
 * chk_supply_add adds `cert`; the same certificate again keeps the first
 * (cheapest) origin. `cert` and `where` are borrowed. False: no memory.
 */
bool chk_supply_add(struct chk_supply *supply, const struct chk_cert *cert,
		    enum chk_origin origin, uint32_t position,
		    const char *where);
/* Walks what has the subject `name`; `*cursor` is 0 first. NULL: no more. */
const struct chk_supplied *chk_supply_next(const struct chk_supply *supply,
					   struct chk_bytes name, uint64_t hash,
					   size_t *cursor);
void chk_supply_clear(struct chk_supply *supply);

#endif
