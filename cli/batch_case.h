/*
 * cli/batch_case.h: one line of `verify --batch`, a JSON object, as a
 * question. chaincheck(1) has its members.
 */
#ifndef CLI_BATCH_CASE_H
#define CLI_BATCH_CASE_H

#include <jansson.h>

#include <chaincheck.h>

#define BATCH_MAX_POLICIES 64

/* struct batch_case owns what its question borrows. */
struct batch_case {
	json_t *line;
	const char *id; /* NULL: it has none; borrowed from `line` */
	struct chk_chain *leaf;
	struct chk_chain *untrusted;
	struct chk_chain *distrusted;
	struct chk_store *store;
	struct chk_crls *crls;
	const struct chk_store *stores[1];
	const char *policies[BATCH_MAX_POLICIES];
	char policy_texts[BATCH_MAX_POLICIES][40];
	struct chk_question question;
	char why[400]; /* it is no question; room for a place and an error */
};

/*
 * batch_case_read reads a line of `size` bytes; what it does not name is as in
 * `usual`. False: it is no question, and `why` says why; `id` is set where it
 * could be read. Close it either way.
 */
bool batch_case_read(struct batch_case *from, const char *line, size_t size,
		     const struct chk_question *usual);
void batch_case_close(struct batch_case *from);

#endif
