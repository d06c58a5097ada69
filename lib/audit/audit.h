/* lib/audit/audit.h: one file being judged. */
#ifndef CHK_AUDIT_AUDIT_H
#define CHK_AUDIT_AUDIT_H

#include <chaincheck/audit.h>

#include "audit/contents.h"
#include "diagnosis/finding.h"

/* A finding in the making, and where it is. */
struct chk_said_node {
	struct chk_finding_node *node; /* NULL: `taken` is it */
	const struct chk_finding *taken; /* of a report that is kept */
	unsigned long line;
	const char *alias;
};

/* What is to stand in the file; all of it in the arena of the audit. */
struct chk_mending {
	const struct chk_cert **certs; /* in this order; held by the report */
	size_t count;
	bool chain; /* the first is a server's own */
	const struct chk_item **keys; /* private ones, behind them */
	size_t key_count;
	const char **changes; /* sentences; none: it is right as it is */
	size_t change_count;
};

struct chk_audited {
	enum chk_bundle bundle;
	size_t certs;
	struct chk_report *report; /* its arena holds all texts */
	const char *path;
	struct chk_report **reports; /* whose findings were taken, owned */
	size_t report_count, report_room;
	struct chk_audit_finding *findings; /* in the arena */
	size_t finding_count;
	struct chk_mending mending;
	struct chk_contents contents;
};

/* What stat(2) says of the file, where it is one. */
struct chk_audit_file_facts {
	bool known;
	bool changed; /* while it was read */
	unsigned mode;
	const char *path; /* to open it again */
};

/* One file being judged. */
struct chk_audit {
	struct chk_audited *audited;
	const struct chk_audit_question *question;
	const struct chk_contents *contents; /* of `audited` */
	struct chk_audit_file_facts file;
	struct chk_question asked; /* what the inquiry borrows */
	struct chk_inquiry inquiry; /* for findings and remedies */
	struct chk_arena *arena;    /* of the report */
	struct chk_store *keystore; /* owned; NULL: it is none, or not read */
	const uint32_t *faults; /* of PEM, for each piece; NULL: none */
	enum chk_party party;       /* who deploys it */
	int64_t at;
	struct chk_said_node *said; /* owned */
	size_t said_count, said_room;
	struct chk_error *error;
};

/* What judges a file; each is a file of this room. False: an error. */
typedef bool chk_auditor(struct chk_audit *audit);
chk_auditor chk_audit_syntax;        /* syntax.c: of PEM */
chk_auditor chk_audit_server_bundle; /* server_bundle.c */
chk_auditor chk_audit_ca_bundle;     /* ca_bundle.c */
chk_auditor chk_audit_keystore;      /* keystore.c */
chk_auditor chk_audit_crl;           /* crl.c */
chk_auditor chk_audit_key;           /* key.c: a key alone */
chk_auditor chk_audit_lone;          /* by what the certificate is */
/* Is it a keystore, by its first bytes? keystore.c */
bool chk_audit_is_keystore(struct chk_bytes bytes);
/* Its certificates become the contents. False: an error. */
bool chk_audit_read_keystore(struct chk_audit *audit);
/* A finding for what holds nothing that is known; unknown.c. */
void chk_audit_unknown(struct chk_audit *audit);

/*
 * chk_audit_say begins a finding about a piece of the file (NULL: about all of
 * it) with the row's severity; remedies of the code stand with it. NULL: no
 * memory, which the arena says.
 */
struct chk_finding_node *chk_audit_say(struct chk_audit *audit,
				       enum chk_finding_id id,
				       const struct chk_item *item,
				       const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The finding that was begun last stands at this line. */
void chk_audit_set_line(struct chk_audit *audit, unsigned long line);
/*
 * chk_audit_take takes a finding of a report that chk_audit_keep was given,
 * unless the same was taken before.
 */
void chk_audit_take(struct chk_audit *audit, const struct chk_finding *finding);
/* The report is the audit's from here on. False: no memory, and it is not. */
bool chk_audit_keep(struct chk_audit *audit, struct chk_report *report);
/* Puts all findings in order into `audited`. */
void chk_audit_finish(struct chk_audit *audit);

/* "OpenSSL refuses the file, Go keeps 1 of 3"; syntax.c. */
const char *chk_audit_takers(struct chk_audit *audit, const uint32_t *faults);

/* Says that the mode of a key's file lets everybody at it; server_key.c. */
void chk_audit_key_mode(struct chk_audit *audit, const struct chk_item *item,
			const char *path, unsigned mode);
/* What public programmes say of an anchor; programmes.c. */
void chk_audit_programmes(struct chk_audit *audit, const struct chk_item *item);
/* A comment above it that speaks of another; comments.c. */
void chk_audit_comments(struct chk_audit *audit, const struct chk_item *item);
/*
 * Says what alone.c finds about a certificate of the file, of the findings
 * that are named; CHK_FINDING_COUNT ends them.
 */
void chk_audit_alone(struct chk_audit *audit, const struct chk_item *item,
		     const enum chk_finding_id *wanted);

/* recognise.c: what a file is, by what stands in it. */
enum chk_bundle chk_audit_recognise(const struct chk_contents *contents,
				    const struct chk_audit_question *question);
/* Is it the certificate of a server or another end, rather than a CA's? */
bool chk_audit_is_leaf(const struct chk_cert *cert);

#endif
