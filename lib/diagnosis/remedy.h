/*
 * lib/diagnosis/remedy.h: what to do about a finding, from data/remedies.tsv.
 * What a stranger wrote goes into sentences alone, never into a command.
 */
#ifndef CHK_DIAGNOSIS_REMEDY_H
#define CHK_DIAGNOSIS_REMEDY_H

#include "diagnosis/finding.h"

/* The name that every command gives to the certificate to be installed. */
#define CHK_MISSING_FILE "missing-ca.crt"

/* A row of the table. */
struct chk_remedy_row {
	const char *key;     /* finding code, and a variant behind a slash */
	enum chk_party party;
	const char *place;   /* "debian", "nginx"; "any": wherever it is */
	const char *text;    /* with places as {name} */
	const char *command; /* ""; takes what data/README.md has */
	bool proof;          /* the change stands for what it does */
	const char *source;
};

size_t chk_remedy_row_count(void);
const struct chk_remedy_row *chk_remedy_row(size_t i);

/*
 * chk_remedies_add gives `node` every remedy of `key` that fits the question:
 * for a client those of its place and of the kinds of its stores, and one for
 * each place that may be meant, which `elsewhere` marks. `change` is what they
 * come to, and is tried once; NULL: it cannot be tried, and the text says so.
 */
void chk_remedies_add(struct chk_inquiry *inquiry,
		      struct chk_finding_node *node, const char *key,
		      const struct chk_change *change);

#endif
