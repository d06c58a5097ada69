/* lib/diagnosis/cause.h: what a search for the smallest change comes to. */
#ifndef CHK_DIAGNOSIS_CAUSE_H
#define CHK_DIAGNOSIS_CAUSE_H

#include "diagnosis/delta.h"
#include "diagnosis/finding.h"

/* struct chk_cause is a finding about a handshake, without its inquiry. */
struct chk_cause {
	enum chk_finding_id id;
	enum chk_party party;
	const char *message;  /* a sentence without its stop */
	const char *remedies; /* key of lib/data/remedies.tsv */
};

/*
 * chk_cause_find says why the server `peer` (escaped) and the client did not
 * come together. False: the search proved nothing that the failure itself does
 * not say.
 * Ownership: texts are in `arena`.
 */
bool chk_cause_find(const struct chk_delta *delta, const char *peer,
		    struct chk_arena *arena, struct chk_cause *cause);
/* The same where whatever was offered was refused: cause_refused.c. */
bool chk_cause_of_refusals(const struct chk_delta *delta, const char *peer,
			   struct chk_arena *arena, struct chk_cause *cause);

/*
 * chk_cause_evidence gives what both sides offer, how many connections it
 * took, and each hello with its answer.
 * Ownership: the array and its texts are in `arena`.
 */
const struct chk_evidence *chk_cause_evidence(const struct chk_delta *delta,
					      struct chk_arena *arena,
					      size_t *count);

#endif
