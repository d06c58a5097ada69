/*
 * lib/diagnosis/inquiry.h: one question being answered: its inputs made ready
 * for the search, and the search itself, as it is or with something changed.
 */
#ifndef CHK_DIAGNOSIS_INQUIRY_H
#define CHK_DIAGNOSIS_INQUIRY_H

#include "diagnosis/delta.h"
#include "diagnosis/report.h"
#include "fetch/presented.h"
#include "path/profile.h"
#include "path/search.h"
#include "store/source_of.h"
#include "supply/aia.h"

/* Certificates that a change sends, at most. */
#define CHK_MAX_SENT 8

/*
 * struct chk_change is what is done to the inputs before a search: zero is
 * nothing. A proof applies the change that a remedy would make.
 */
struct chk_change {
	const struct chk_cert *anchor; /* is trusted as well */
	const struct chk_cert *sent[CHK_MAX_SENT]; /* are sent as well */
	size_t sent_count;
	/* What was sent of this path is sent, in order, and nothing else. */
	const struct chk_path *resent;
	/* These are sent, the leaf first, and the client has none itself. */
	const struct chk_cert *const *exactly;
	size_t exactly_count;
	const struct chk_store *only;  /* this store alone; others elsewhere */
	bool any_name;                 /* every name will do */
	bool at_set;
	int64_t at;
};

struct chk_inquiry {
	const struct chk_chain *chain; /* leaf first; may be empty */
	const struct chk_question *question;
	const struct chk_presented *presented; /* NULL: no network was used */
	const struct chk_delta *delta; /* NULL: no other hello was put */
	struct chk_identity identity;
	const struct chk_profile *profile;
	const struct chk_strength *strength;
	struct chk_policy_inputs policies; /* in `arena` */
	struct chk_bytes usage; /* in `arena`; .data NULL: none is wanted */
	int64_t at;
	const char *peer;  /* "www.example.test:443", "leaf.pem"; escaped */
	const char *sends; /* what it does with certificates, as a verb */
	const char *host;  /* that is asked for; safe in a command */
	uint16_t port;     /* 0: no network was used */
	struct chk_memory *memory; /* the question's, or its own */
	bool owns_memory;
	struct chk_aia aia; /* what was fetched */
	struct chk_source_of source; /* what lies among the sources */
	struct chk_store *sources;   /* the same as a store; NULL: nothing */
	struct chk_arena arena; /* the search's; `outcome` lives in it */
	struct chk_outcome outcome;
	struct chk_report *report;
	/* Of a trial: the report it stands beside, and "With it added, ". */
	const struct chk_report *tried_on;
	const char *supposed;
	struct chk_finding_node *findings; /* newest first; see finding.h */
	/* What all remedies of the best path come to together. */
	struct chk_change whole;
	bool whole_tried, whole_holds;
};

/*
 * chk_inquiry_search runs the search under `change`. The outcome lives in
 * `arena`. False: no memory.
 */
bool chk_inquiry_search(struct chk_inquiry *inquiry,
			const struct chk_change *change,
			struct chk_arena *arena, struct chk_outcome *outcome);
/* The only place that says "trusted" of a search. */
bool chk_outcome_is_trusted(const struct chk_outcome *outcome);
/* The limits that hold for a question. */
struct chk_budget chk_inquiry_budget(const struct chk_question *question);
/* The best path; NULL: there is none. */
const struct chk_path *chk_inquiry_best(const struct chk_inquiry *inquiry);
/* Frees what the inquiry owns; the report is not its own. */
void chk_inquiry_clear(struct chk_inquiry *inquiry);

#endif
