/*
 * lib/store/nss_signatures.h: the marks that NSS makes of trust, in key4.db
 * beside cert9.db. A trust object whose attributes have none there is void to
 * NSS: that is what is left of a cert9.db that was copied alone.
 */
#ifndef CHK_STORE_NSS_SIGNATURES_H
#define CHK_STORE_NSS_SIGNATURES_H

#include "store/nss_objects.h"
#include "store/nss_sqlite.h"

/* Begin with zeros. */
struct chk_nss_signatures {
	struct chk_nss_sqlite db;
	sqlite3_stmt *find; /* NULL: NSS looks at none */
};

/*
 * chk_nss_signatures_open looks for key4.db beside the database at `path`,
 * below the root of `store`.
 * One that is not there, cannot be read or was never given a password, if only
 * the empty one, leaves nothing to look at. Errors: CHK_ERROR_MEMORY.
 */
bool chk_nss_signatures_open(struct chk_nss_signatures *signatures,
			     const struct chk_store *store, const char *path,
			     struct chk_error *error);
void chk_nss_signatures_close(struct chk_nss_signatures *signatures);
/*
 * chk_nss_signatures_hold: every attribute of the object `id` that NSS makes a
 * mark of has one. Whether it is the right one is not asked: who can write
 * here can make it, but for a password. Of other objects, true.
 */
bool chk_nss_signatures_hold(struct chk_nss_signatures *signatures,
			     int64_t id, const struct chk_bytes *values);

#endif
