/*
 * lib/diagnosis/finding.h: findings while they are being made. finding.def is
 * the table of all that can be found.
 */
#ifndef CHK_DIAGNOSIS_FINDING_H
#define CHK_DIAGNOSIS_FINDING_H

#include "diagnosis/inquiry.h"

enum chk_finding_id {
#define CHK_FINDING(name, code, severity, party, clause) CHK_FINDING_##name,
#include "diagnosis/finding.def"
#undef CHK_FINDING
	CHK_FINDING_COUNT,
};

struct chk_finding_facts {
	const char *code;
	enum chk_severity severity;
	enum chk_party party;
	const char *clause; /* with {name} */
};

/* A finding in the making; lists keep the newest first. */
struct chk_finding_node {
	enum chk_finding_id id;
	struct chk_finding finding;
	struct chk_bytes dn; /* of what it is about; for the short name */
	struct chk_finding_node *next;
	struct chk_evidence *evidence; /* what finding.evidence points to */
	struct chk_remedy *remedies;
	size_t evidence_room, remedy_room;
	const struct chk_cert *about; /* for merging, not held */
};

const struct chk_finding_facts *chk_finding_facts(enum chk_finding_id id);
/* CHK_FINDING_COUNT: there is no such code. */
enum chk_finding_id chk_finding_find(const char *code);

/*
 * chk_finding_add begins a finding with the table's severity and party. All
 * that is given lives in the report's arena. NULL: no memory, and the arena
 * says so; every call below takes NULL and does nothing.
 */
struct chk_finding_node *chk_finding_add(struct chk_inquiry *inquiry,
					 enum chk_finding_id id,
					 const char *message);
/* The finding that was made last with this id about `cert`; NULL: none. */
struct chk_finding_node *chk_finding_last(const struct chk_inquiry *inquiry,
					  enum chk_finding_id id,
					  const struct chk_cert *cert);
void chk_finding_set_party(struct chk_finding_node *node,
			   enum chk_party party);
void chk_finding_set_alternative(struct chk_finding_node *node);
/* It is about this certificate; a reference is held by the report. */
void chk_finding_set_about(struct chk_inquiry *inquiry,
			   struct chk_finding_node *node,
			   const struct chk_cert *cert, const char *where);
/* It is about the issuer of `cert`, which is not at hand. */
void chk_finding_set_missing(struct chk_inquiry *inquiry,
			     struct chk_finding_node *node,
			     const struct chk_cert *cert);
/* One observed fact; more than a screenful is left out. */
void chk_finding_evidence(struct chk_inquiry *inquiry,
			  struct chk_finding_node *node, const char *name,
			  const char *value);
void chk_finding_remedy(struct chk_inquiry *inquiry,
			struct chk_finding_node *node,
			const struct chk_remedy *remedy);
/* The clause of the table with its places filled in. */
const char *chk_finding_clause(struct chk_inquiry *inquiry,
			       const struct chk_finding_node *node);
/*
 * chk_findings_finish puts all findings into the report, the primary first,
 * then by severity and in the order of the table.
 */
void chk_findings_finish(struct chk_inquiry *inquiry);
/* The primary before finishing; NULL: there is no error. */
struct chk_finding_node *
chk_findings_primary(const struct chk_inquiry *inquiry);

/* The report keeps a reference to `cert`; NULL is fine. Gives `cert`. */
const struct chk_cert *chk_report_hold(struct chk_report *report,
				       const struct chk_cert *cert);
/* A subject for a certificate at hand, and for the missing issuer of one. */
struct chk_subject chk_subject_of(struct chk_inquiry *inquiry,
				  const struct chk_cert *cert,
				  const char *where);
struct chk_subject chk_subject_missing(struct chk_inquiry *inquiry,
				       const struct chk_cert *cert);
enum chk_party chk_party_of(enum chk_actor actor);

#endif
