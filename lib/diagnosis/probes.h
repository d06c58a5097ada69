/* lib/diagnosis/probes.h: many handshakes with one server, side by side. */
#ifndef CHK_DIAGNOSIS_PROBES_H
#define CHK_DIAGNOSIS_PROBES_H

#include <chaincheck/handshake.h>

#include "base/arena.h"
#include "diagnosis/cause.h"
#include "fetch/presented.h"

/* What a probe changes; the first is the one that the others are held to. */
enum chk_probe_kind {
	CHK_PROBE_WHOLE,
	CHK_PROBE_NO_NAME,
	CHK_PROBE_TLS_1_2,
	CHK_PROBE_TLS_1_3,
	CHK_PROBE_KINDS,
};

struct chk_probe {
	struct chk_presented *presented; /* owned; NULL: it was not made */
	const char *code; /* "tls.alert", of its failure; NULL: none */
	bool no_time;     /* that is why it was not made */
};

/* One address of the name. */
struct chk_probed {
	const char *address;
	struct chk_probe probes[CHK_PROBE_KINDS];
};

struct chk_probes {
	struct chk_arena arena; /* owns every text and array */
	const char *peer;       /* "www.example.test:443" */
	struct chk_presented *found; /* owned; how the addresses were found */
	struct chk_probed *addresses;
	size_t address_count;
	enum chk_probes_outcome outcome;
	const char *summary;    /* a sentence without its stop */
	struct chk_probes_step *steps;
	size_t step_count;
	const char **differences;
	size_t difference_count;
	bool addresses_differ;
	struct chk_delta *delta; /* owned; NULL: no other hello was put */
	bool is_explained;       /* by `cause` */
	struct chk_cause cause;
	const struct chk_evidence *facts; /* of the delta */
	size_t fact_count;
};

/* "whole", "without-sni", "tls1.2", "tls1.3": stable. */
const char *chk_probe_name(enum chk_probe_kind kind);
/* A connection was made. */
bool chk_probe_answered(const struct chk_probe *probe);
/* The handshake was completed, and the server left it at that. */
bool chk_probe_works(const struct chk_probe *probe);
/* The first whole probe that answered; NULL: none did. */
const struct chk_probed *chk_probes_first(const struct chk_probes *probes);

/* chk_probes_tell fills the steps, from what the probes brought. */
void chk_probes_tell(struct chk_probes *probes);
/* chk_probes_compare fills the differences. */
void chk_probes_compare(struct chk_probes *probes);
/* chk_probes_judge compares, tells, and says what it comes to. */
void chk_probes_judge(struct chk_probes *probes);

#endif
