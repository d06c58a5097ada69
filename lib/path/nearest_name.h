/* lib/path/nearest_name.h: which name of a certificate comes nearest. */
#ifndef CHK_PATH_NEAREST_NAME_H
#define CHK_PATH_NEAREST_NAME_H

#include "path/host_name.h"

/*
 * chk_nearest_name gives the name a person should look at, where none
 * matches: one that only a wildcard's depth keeps away, then one of the same
 * domain, then the least letters to change; for an address the one that holds
 * it in the wrong form. Printable, in `arena`; NULL: none of that kind.
 * `*count` is how many names the subjectAltName has. The work is bounded,
 * whatever the number of names.
 */
const char *chk_nearest_name(const struct chk_cert *leaf,
			     const struct chk_identity *identity,
			     struct chk_arena *arena, uint32_t *count);

#endif
