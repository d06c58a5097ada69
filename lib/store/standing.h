/*
 * lib/store/standing.h: what a store says of one key of one name: of all its
 * certificates together, for any of them ends a path.
 */
#ifndef CHK_STORE_STANDING_H
#define CHK_STORE_STANDING_H

#include "store/store.h"

#define CHK_ALL_PURPOSES ((1u << CHK_PURPOSE_ANY) - 1)

/* Zero it. Bits are 1u << enum chk_purpose. */
struct chk_standing {
	size_t count;        /* certificates; 0: the key is not there */
	unsigned trusted;    /* by one of them */
	unsigned distrusted; /* of one of them, another may be trusted */
	/* Of what is trusted, the latest; CHK_NO_DATE: for ever. */
	int64_t distrust_after[CHK_PURPOSE_ANY];
};

/* `blocked`: the store distrusts it by issuer and serial number too. */
void chk_standing_add(struct chk_standing *standing,
		      const struct chk_anchor *anchor, bool blocked);
/* Does the store say anything of it but that it is there? */
bool chk_standing_is_stated(const struct chk_standing *standing);

/*
 * struct chk_loosened is what one standing refuses and another, later one,
 * does not. The other way about, it is what became stricter.
 */
struct chk_loosened {
	unsigned distrust; /* is not distrusted any more */
	unsigned dates;    /* trusted in both, and the date is gone or later */
};
struct chk_loosened chk_standing_loosened(const struct chk_standing *before,
					  const struct chk_standing *after);

#endif
