/*
 * lib/audit/mend.h: the bundle as it should be: of what is in the file and at
 * hand, and nothing else. No certificate is made, and none is fetched.
 */
#ifndef CHK_AUDIT_MEND_H
#define CHK_AUDIT_MEND_H

#include "audit/server_bundle.h"

/* Of a server bundle, once its clients were asked. False: an error. */
bool chk_mend_server(struct chk_audit *audit, const struct chk_server *server);
/* Of a CA bundle: what counts, once each, in the order of the file. */
bool chk_mend_anchors(struct chk_audit *audit);
/* Does a private key of the file stay in what is mended? */
bool chk_mend_keeps_key(const struct chk_item *item);
/* mend_changes.c: what is other in `mending` than in the file. */
bool chk_mend_tell(struct chk_audit *audit);

#endif
