/* lib/store/census.h: what the places hold, and which hold the same. */
#ifndef CHK_STORE_CENSUS_H
#define CHK_STORE_CENSUS_H

#include "base/array.h"
#include "base/map.h"
#include "base/notes.h"
#include "store/places.h"
#include "store/store.h"

/*
 * A certificate that any place trusts, kept once for all that trust it within
 * the same limits: the day after which what it issues is distrusted, and the
 * extensions that are stapled to it.
 */
struct chk_pooled {
	struct chk_cert *cert; /* a reference */
	struct chk_pooled_key {
		uint8_t sha256[32]; /* of the certificate */
		uint8_t limits[32]; /* SHA-256 of them; without any, zeros */
	} key;
};

struct chk_census_set {
	uint32_t *members; /* in the pool, by their keys; owned */
	size_t count;
	const struct chk_cert **lists; /* anchors, lacks, extra; owned */
	struct chk_anchor_set view;
};

struct chk_census {
	const struct chk_places *places; /* borrowed */
	const struct chk_census_options *options; /* while it is taken */
	int64_t at;
	struct chk_pooled *pool;
	size_t pool_count, pool_room;
	struct chk_map by_digest; /* of the first bytes of SHA-256 */
	struct chk_census_set *sets;
	size_t set_count, set_room;
	struct chk_map by_members; /* of a hash over their digests */
	struct chk_census_place *views; /* one for each place that counts */
	size_t view_count, view_room;
	struct chk_census_set reference; /* of "system", where no place is */
	const char *reference_name; /* borrowed; NULL: none */
	struct chk_notes notes;
	struct chk_said_list said; /* what is wrong, each with its code */
};

/*
 * chk_census_open opens a place, and nothing outside of its root. Errors:
 * those of chk_store_open.
 */
bool chk_census_open(const struct chk_places *places,
		     const struct chk_place_item *item, const char *pass,
		     struct chk_store **store, struct chk_error *error);
/*
 * chk_census_is_store: does what was found by content alone deserve the name?
 * Three certificates of CAs at least; a server's chain begins with the
 * server's own, and has no more than five of them.
 */
bool chk_census_is_store(const struct chk_store *store);
/*
 * chk_census_compare fills the views of the sets: dates, and what each lacks
 * and has beyond `reference` (NULL: nothing to compare with). False: no
 * memory.
 */
bool chk_census_compare(struct chk_census *census,
			const struct chk_census_set *reference);

#endif
