/* lib/diagnosis/probe_words.h: what a server did, as a part of a sentence. */
#ifndef CHK_DIAGNOSIS_PROBE_WORDS_H
#define CHK_DIAGNOSIS_PROBE_WORDS_H

#include "diagnosis/probes.h"

/* One thing that servers do, for one of them and for several. */
struct chk_probe_words {
	const char *key;  /* equal where they do the same; NULL: not known */
	const char *one;  /* "sends 2 certificates" */
	const char *many; /* "send 2 certificates" */
	size_t rank;      /* of as many, the higher is what it should be */
};

/* "completes the handshake", "refuses with alert 40 (handshake_failure)" */
struct chk_probe_words
chk_probe_end(struct chk_arena *arena, const struct chk_presented *presented);
/* Behind what was tried: "is refused with alert 40 (handshake_failure)" */
const char *chk_probe_passive(struct chk_arena *arena,
			      const struct chk_presented *presented);
/* "only its own certificate", "2 certificates" */
const char *chk_probe_chain(struct chk_arena *arena,
			    const struct chk_presented *presented);
/* The version that was agreed on, "TLS 1.3"; "" where none was. */
const char *chk_probe_version(struct chk_arena *arena,
			      const struct chk_presented *presented);

#endif
