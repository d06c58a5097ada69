/* lib/diagnosis/delta_server.h: hellos put to a server over the network. */
#ifndef CHK_DIAGNOSIS_DELTA_SERVER_H
#define CHK_DIAGNOSIS_DELTA_SERVER_H

#include "diagnosis/delta.h"
#include "fetch/presented.h"

/* The handshake broke where another ClientHello could tell why. */
bool chk_delta_is_wanted(const struct chk_presented *presented);

/*
 * chk_delta_ask puts hellos to the address that `presented` is of. `client`
 * is whose hello fails; NULL: that which was sent. `end`, on the clock of the
 * target's io, is when it is over.
 * Ownership: `*delta` is NULL where nothing could be asked; free it with
 * chk_delta_free. `target`, `presented` and `client` are borrowed for as long.
 * Errors: those of chk_fetch.
 */
CHK_MUST_CHECK
bool chk_delta_ask(const struct chk_target *target,
		   const struct chk_presented *presented,
		   const struct chk_client *client, int64_t end,
		   struct chk_delta **delta, struct chk_error *error);
void chk_delta_free(struct chk_delta *delta);

#endif
