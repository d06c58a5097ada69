/*
 * lib/store/source_of.h: a certificate that a store lacks, where it lies among
 * what a system makes that store from: why it is not in it.
 */
#ifndef CHK_STORE_SOURCE_OF_H
#define CHK_STORE_SOURCE_OF_H

#include "store/store.h"

/* What keeps it out, and what is to be done. */
struct chk_source_of {
	const char *code;    /* a finding's, static; NULL: it lies nowhere */
	const char *variant; /* of its remedies, static */
	char *path;          /* owned; within the root */
	char *why;           /* owned; a clause behind the path */
	struct chk_cert *cert; /* a reference */
};

/* Is this certificate the one? */
typedef bool chk_source_wanted(void *context, const struct chk_cert *cert);

/*
 * chk_source_of looks for what is wanted among the sources of `store`, where
 * the files that it was read from are those that the tool of a system makes.
 * The first that is found is told; what lies among distrusted ones is not.
 * Ownership: chk_source_of_clear, either way. False: no memory.
 */
bool chk_source_of(const struct chk_store *store, chk_source_wanted *wanted,
		   void *context, struct chk_source_of *found);
void chk_source_of_clear(struct chk_source_of *found);

#endif
