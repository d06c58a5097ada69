/* lib/store/purpose.h: purposes and extended key usages (RFC 5280 4.2.1.12). */
#ifndef CHK_STORE_PURPOSE_H
#define CHK_STORE_PURPOSE_H

#include "store/store.h"

/*
 * chk_usages_apply sets `trust` for every purpose that the KeyPurposeIds in
 * `usages`, the content of a SEQUENCE, stand for; those that stand for none
 * that we know are passed over. False: they are not identifiers.
 */
bool chk_usages_apply(struct chk_bytes usages, enum chk_trust trust,
		      struct chk_anchor *anchor);

#endif
