/*
 * chaincheck/report.h: the answer, as values and as text.
 *
 * A report owns all it shows: texts and arrays live until chk_report_free.
 * Texts are UTF-8 and escaped; they can be printed as they are.
 */
#ifndef CHAINCHECK_REPORT_H
#define CHAINCHECK_REPORT_H

#include <chaincheck/verify.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Zero is "untrusted": an answer that was never filled in trusts nothing. */
enum chk_verdict {
	CHK_VERDICT_UNTRUSTED = 0,
	CHK_VERDICT_TRUSTED = 1,
	CHK_VERDICT_UNDECIDED = 2, /* the question could not be put */
};

enum chk_severity {
	CHK_SEVERITY_NOTE,
	CHK_SEVERITY_WARNING,
	CHK_SEVERITY_ERROR,
};

/* enum chk_party is who must act. */
enum chk_party {
	CHK_PARTY_NONE,
	CHK_PARTY_SERVER,
	CHK_PARTY_CLIENT,
	CHK_PARTY_CA,
	CHK_PARTY_NETWORK,
};

/*
 * struct chk_remedy is one thing to do. `proved` means: applied to the inputs
 * and searched again, the verdict became trusted (or this fault was gone).
 */
struct chk_remedy {
	enum chk_party party;
	const char *text;    /* what to do, a sentence */
	const char *command; /* the lines to run, '\n' between; NULL: none */
	bool proved;
	/*
	 * Whose words these are: "debian", "nginx", "keystore", "any"; "chain":
	 * they make a file of the chain. A word of lib/data/README.md.
	 */
	const char *place;
	bool elsewhere; /* that it is the place at hand is not known */
};

/*
 * struct chk_subject describes the certificate that a finding is about. Where
 * the certificate is not at hand, `cert` is NULL and `name` and `key_id` are
 * what is known of it, and `known` where a table of public CAs has it.
 */
struct chk_subject {
	const struct chk_cert *cert;
	const char *name;        /* RFC 4514; NULL: about no certificate */
	struct chk_bytes key_id; /* .data NULL: not known */
	const struct chk_known_cert *known; /* NULL: no table has it */
	const char *where;       /* where it came from, NULL: nowhere */
};

/* struct chk_evidence is one observed fact, "leaf key id", "0a1b..." */
struct chk_evidence {
	const char *name;
	const char *value;
};

struct chk_finding {
	const char *code; /* stable: "trust.anchor-missing" */
	enum chk_severity severity;
	enum chk_party party;
	bool primary;     /* the one to act on first; at most one */
	bool alternative; /* another explanation, by another party */
	const char *message; /* one sentence */
	struct chk_subject about;
	const struct chk_evidence *evidence;
	size_t evidence_count;
	const struct chk_remedy *remedies;
	size_t remedy_count;
};

/* struct chk_rejected is a row of the ledger: a candidate, and why not. */
struct chk_rejected {
	const struct chk_cert *cert;   /* the candidate issuer */
	const struct chk_cert *issued; /* the certificate it did not issue */
	const char *where;
	const char *rule;   /* stable: "issuer-key-mismatch" */
	const char *reason; /* one sentence, with both operands */
	/*
	 * What it is to the issuer that is wanted, whose name it has: stable
	 * words ("earlier-key", "expired-twin") and all of them as a sentence;
	 * NULL and none where the evidence proves nothing of it.
	 */
	const char *const *relations;
	size_t relation_count;
	const char *relation;
};

/* enum chk_role says what a link is. */
enum chk_role {
	CHK_ROLE_LEAF,
	CHK_ROLE_INTERMEDIATE,
	CHK_ROLE_ANCHOR,   /* trusted */
	CHK_ROLE_TOP,      /* self-signed and not trusted */
	CHK_ROLE_MISSING,  /* needed and not at hand */
};

/* struct chk_path_link is one certificate of a path, with what is wrong. */
struct chk_path_link {
	enum chk_role role;
	struct chk_subject subject;
	const char *const *defects; /* sentences */
	size_t defect_count;
};

/* struct chk_path_view is a path, leaf first. */
struct chk_path_view {
	enum chk_verdict verdict;
	const struct chk_path_link *links;
	size_t link_count;
};

/*
 * struct chk_until is the end of the last valid path: no other that could be
 * found is valid any longer. CRLs are left out of account.
 */
struct chk_until {
	const struct chk_cert *cert; /* that expires; NULL: it is not known */
	enum chk_role role;          /* of it */
	int64_t at;     /* the last second at which it is valid */
	int64_t sooner; /* seconds, than the leaf itself expires */
};

/* struct chk_store_view is one store's own answer. */
struct chk_store_view {
	const char *spec;
	size_t anchor_count;
	enum chk_verdict verdict;
	const struct chk_cert *anchor; /* it trusts the path by; NULL: none */
	struct chk_subject lacks;      /* .name NULL: nothing */
	const struct chk_reason *steps; /* how a process was found to use it */
	size_t step_count;
	struct chk_until until; /* its trust ends */
};

/*
 * struct chk_trial is what would be said if a question's `if_added` or
 * `if_sent` were so. Its report begins its sentence with that, lives in the
 * one it is of, and has no trials.
 */
struct chk_trial {
	const char *change; /* stable: "added", "sent", "added-and-sent" */
	const struct chk_report *report;
};

/* struct chk_timing is how long a part took. */
struct chk_timing {
	const char *name;
	int64_t micros;
};

struct chk_limits {
	uint32_t steps, max_steps;
	uint32_t signatures, max_signatures;
	bool spent; /* the budget ended before the search did */
};

/* chk_report_free frees a report and all that was borrowed of it. */
CHK_API void chk_report_free(struct chk_report *report);
/* Whether the chain is trusted: untrusted and undecided are two answers. */
CHK_API enum chk_verdict chk_report_verdict(const struct chk_report *report);
/* The verdict as one sentence for a person. */
CHK_API const char *chk_report_sentence(const struct chk_report *report);
/* What was asked: "www.example.test:443" or the leaf's file. */
CHK_API const char *chk_report_target(const struct chk_report *report);
/* Findings: the primary one first, then by severity. */
CHK_API size_t chk_report_finding_count(const struct chk_report *report);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_finding *
chk_report_finding(const struct chk_report *report, size_t i);
/* The finding to act on first, NULL when there is none. */
CHK_API const struct chk_finding *
chk_report_primary(const struct chk_report *report);
/* Paths that were found, the cheapest to mend first. */
CHK_API size_t chk_report_path_count(const struct chk_report *report);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_path_view *
chk_report_path(const struct chk_report *report, size_t i);
/* The ledger: candidates that were looked at and refused. */
CHK_API size_t chk_report_rejected_count(const struct chk_report *report);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_rejected *
chk_report_rejected(const struct chk_report *report, size_t i);
/* The stores that were asked, in the question's order. */
CHK_API size_t chk_report_store_count(const struct chk_report *report);
/* What the `i`th of them alone would say. Borrowed; NULL: past the last. */
CHK_API const struct chk_store_view *
chk_report_store(const struct chk_report *report, size_t i);
/*
 * The chain as it should be sent: the leaf first, each certificate behind the
 * one it issued, whole, without root and strangers; what was sent for clients
 * with other anchors stays. All of it was at hand, and the search was won with
 * it and nothing else (where other faults are mended as well). 0: it was sent
 * so, or no such chain can be made.
 */
CHK_API size_t chk_report_corrected_count(const struct chk_report *report);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_cert *
chk_report_corrected(const struct chk_report *report, size_t i);
/* What the question wanted tried; no verdict but their own depends on it. */
CHK_API size_t chk_report_trial_count(const struct chk_report *report);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_trial *
chk_report_trial(const struct chk_report *report, size_t i);
/* When trust ends for want of a path; of what is trusted alone. */
CHK_API struct chk_until chk_report_until(const struct chk_report *report);
/* What the search used of its budget. */
CHK_API struct chk_limits chk_report_limits(const struct chk_report *report);

/* struct chk_write_options: zero it; zero is the default of every field. */
struct chk_write_options {
	bool colour;   /* text: ANSI colours */
	int width;     /* text: columns, 80 when 0 */
	/* text: 1 the ledger and timings, 2 all evidence; of audits, -1: a
	 * line a file */
	int verbose;
	const char *id; /* json: the "id" member; NULL: none */
	/* sarif: paths below this folder are written from there; NULL: none */
	const char *base;
	bool fail_on_warning; /* junit: a warning is a failure too */
};

/*
 * chk_report_write gives the report in a format: "text", "json" (indented,
 * doc/report.schema.json), "jsonl" (one line), "sarif" (2.1.0), "junit". Of the
 * last two chk_audit_writer makes one document of many reports.
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_report_write(const struct chk_report *report, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error);

/*
 * chk_explain gives the page on a finding code ("trust.anchor-missing"),
 * Markdown, static; NULL: no such code. chk_explain_code lists the codes in
 * order, NULL past the last.
 */
CHK_API const char *chk_explain(const char *code);
CHK_API const char *chk_explain_code(size_t i);

#ifdef __cplusplus
}
#endif

#endif
