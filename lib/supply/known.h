/* lib/supply/known.h: known CAs, found by name and key id. */
#ifndef CHK_SUPPLY_KNOWN_H
#define CHK_SUPPLY_KNOWN_H

#include <chaincheck/known.h>

#include "base/arena.h"
#include "cert/cert.h"
#include "supply/known_write.h"

/*
 * chk_known_next walks those whose subject matches `name` (a Name TLV whose
 * chk_dn_hash is `hash`) and, unless key_id.data is NULL, have that key id.
 * `*cursor` is 0 first. False: no more.
 */
bool chk_known_next(const struct chk_known *known, struct chk_bytes name,
		    uint64_t hash, struct chk_bytes key_id, size_t *cursor,
		    struct chk_known_cert *cert);
/* This very certificate. False: it is not known. */
bool chk_known_find(const struct chk_known *known, const struct chk_cert *cert,
		    struct chk_known_cert *found);
/* Is it of that key? By the first half of the SHA-256 of its SPKI. */
bool chk_known_has_key(const struct chk_known *known,
		       const struct chk_known_cert *cert,
		       struct chk_bytes spki);
/*
 * chk_known_entries gives all that a table says as chk_known_count entries,
 * which can be written again; what they point to is in the table and the
 * arena. False: no memory, or damaged.
 */
bool chk_known_entries(const struct chk_known *known, struct chk_arena *arena,
		       struct chk_known_entry *entries);

#endif
