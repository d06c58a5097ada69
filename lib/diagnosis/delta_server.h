/* lib/diagnosis/delta_server.h: hellos put to a server over the network. */
#ifndef CHK_DIAGNOSIS_DELTA_SERVER_H
#define CHK_DIAGNOSIS_DELTA_SERVER_H

#include "diagnosis/delta.h"
#include "fetch/presented.h"

/* Connections with one host, at most, whatever is asked of it. */
#define CHK_CONNECTIONS_MAX 40

/* The handshake broke where another ClientHello could tell why. */
bool chk_delta_is_wanted(const struct chk_presented *presented);

/*
 * chk_delta_ask puts hellos to the address that `presented` is of. `client`
 * is whose hello fails; NULL: that which was sent. `hellos` of them may be put,
 * until `end` on the clock of the target's io.
 * Ownership: `*delta` is NULL where nothing could be asked; free it with
 * chk_delta_free. `target`, `presented` and `client` are borrowed for as long.
 * Errors: those of chk_fetch.
 */
CHK_MUST_CHECK
bool chk_delta_ask(const struct chk_target *target,
		   const struct chk_presented *presented,
		   const struct chk_client *client, size_t hellos, int64_t end,
		   struct chk_delta **delta, struct chk_error *error);
void chk_delta_free(struct chk_delta *delta);

#endif
