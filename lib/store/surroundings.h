/*
 * lib/store/surroundings.h: what a program was started with, as far as it
 * decides which trust store it reads.
 */
#ifndef CHK_STORE_SURROUNDINGS_H
#define CHK_STORE_SURROUNDINGS_H

#include "base/bytes.h"

struct chk_surroundings {
	const char *root;      /* stands before every path; "": our own */
	const char *directory; /* relative paths begin here; NULL: not known */
	const char *const *environment; /* NAME=VALUE */
	size_t environment_count;
	const char *const *arguments; /* the first is the program's name */
	size_t argument_count;
	/* "home=/usr/lib/jvm/x": what the paths of the table leave open. */
	const char *const *facts;
	size_t fact_count;
};

/* The value of NAME in a list of NAME=VALUE, the first there is; or NULL. */
const char *chk_surroundings_find(const char *const *list, size_t count,
				  const char *name, size_t name_size);
/* The variable; NULL: it is not set. */
const char *chk_surroundings_variable(const struct chk_surroundings *around,
				      const char *name);
/*
 * chk_surroundings_fill replaces each {fact} of `pattern`, and {VARIABLE} in
 * capitals by the environment's. Ownership: free() `*text`, NULL where one of
 * them is not known. False: no memory.
 */
bool chk_surroundings_fill(const struct chk_surroundings *around,
			   const char *pattern, char **text);
/*
 * chk_surroundings_here gives the path that opens from here what the program
 * calls `path`. Ownership: free() `*here`; NULL: it leads nowhere, or begins
 * in a directory that is not known. False: no memory.
 */
bool chk_surroundings_here(const struct chk_surroundings *around,
			   const char *path, char **here);

#endif
