/*
 * lib/diagnosis/client_words.h: what a server asked of its client, and what
 * came of it, as parts of sentences. All texts are escaped, in the arena.
 */
#ifndef CHK_DIAGNOSIS_CLIENT_WORDS_H
#define CHK_DIAGNOSIS_CLIENT_WORDS_H

#include "base/arena.h"
#include "fetch/presented.h"

/* "a client certificate issued by «A» or «B»" */
const char *chk_client_wanted(struct chk_arena *arena,
			      const struct chk_request *request);
/* "«A», «B»" of the listed CAs, and how many more; "any" where none is. */
const char *chk_client_issuers(struct chk_arena *arena,
			       const struct chk_request *request);
/* "ecdsa_secp256r1_sha256, ..."; "" where none is listed (TLS 1.1). */
const char *chk_client_signatures(struct chk_arena *arena,
				  const struct chk_request *request);
/* "ed25519", as IANA has it; NULL: not known here. */
const char *chk_client_scheme(uint16_t number);
/*
 * Why the server would not take it, by what it asked for: "it expired on
 * 2026-01-01; ..."; "" where nothing speaks against it.
 */
const char *chk_client_misfits(struct chk_arena *arena,
			       const struct chk_at_hand *at_hand);
/* "client.pem:1, «alice»: nothing speaks against it; it was sent" */
const char *chk_client_at_hand(struct chk_arena *arena,
			       const struct chk_at_hand *at_hand);
/*
 * chk_client_is_refused: the server asked for a certificate, and ended the
 * handshake over the one that it got, or got none.
 */
bool chk_client_is_refused(const struct chk_presented *presented);

#endif
