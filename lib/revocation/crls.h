/* lib/revocation/crls.h: a set of CRLs, found by issuer. */
#ifndef CHK_REVOCATION_CRLS_H
#define CHK_REVOCATION_CRLS_H

#include <chaincheck/crl.h>

#include "base/map.h"
#include "base/notes.h"
#include "revocation/crl.h"

struct chk_crls_item {
	struct chk_crl *crl;
	char *where; /* "crls.pem:1", escaped */
};

struct chk_crls {
	struct chk_crls_item *items;
	size_t count, room;
	struct chk_map by_issuer;
	struct chk_notes notes;
	char *damaged; /* where one stood that could not be read; or NULL */
};

/* Walks what `issuer` issued; `*cursor` is 0 first. NULL: no more. */
const struct chk_crls_item *chk_crls_next(const struct chk_crls *crls,
					  struct chk_bytes issuer,
					  size_t *cursor);

#endif
