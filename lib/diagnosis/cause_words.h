/* lib/diagnosis/cause_words.h: hellos and answers as a person reads them. */
#ifndef CHK_DIAGNOSIS_CAUSE_WORDS_H
#define CHK_DIAGNOSIS_CAUSE_WORDS_H

#include "diagnosis/delta.h"

/* All texts are in `arena` or static, escaped, and never NULL. */

/* "resets the connection", "answers with alert 40 (handshake_failure)" */
const char *chk_cause_answers(struct chk_arena *arena,
			      const struct chk_answer *answer);
/* "TLS 1.2, TLS_RSA_WITH_AES_128_CBC_SHA", "alert 70 (protocol_version)" */
const char *chk_cause_answer(struct chk_arena *arena,
			     const struct chk_answer *answer);
/* "TLS 1.2 and TLS 1.3", "TLS 1.2 alone", "nothing that was offered" */
const char *chk_cause_taken(struct chk_arena *arena,
			    const struct chk_delta *delta);
/* "TLS 1.0 and TLS 1.1" */
const char *chk_cause_offered(struct chk_arena *arena,
			      const struct chk_delta *delta);
/* Names of numbers, "0x1234" where a registry has none. */
const char *chk_cause_suite(struct chk_arena *arena, uint16_t number);
const char *chk_cause_group(struct chk_arena *arena, uint16_t number);
const char *chk_cause_scheme(struct chk_arena *arena, uint16_t number);
/* "x25519, secp256r1", at most `max` of them, then "and 12 more". */
const char *chk_cause_list(struct chk_arena *arena, struct chk_ids ids,
			   size_t max,
			   const char *(*name)(struct chk_arena *, uint16_t));
/* The name of the client at the beginning of a sentence's part. */
const char *chk_cause_client(const struct chk_delta *delta);

#endif
