/*
 * lib/store/sources.h: what a distribution makes its trust store from, held
 * against what it is: files that are passed over, certificates that came in by
 * hand, a store that is empty or not there.
 */
#ifndef CHK_STORE_SOURCES_H
#define CHK_STORE_SOURCES_H

#include "store/census.h"

/* A row of lib/data/sources.tsv; "-" is nothing. */
struct chk_source_row {
	const char *system;      /* "debian" */
	const char *ids;         /* of os-release(5), blanks between them */
	const char *bundle;      /* that is made */
	const char *directories; /* of the distribution's own */
	const char *local;       /* the administrator's */
	const char *ending;      /* the names that are taken end in it */
	const char *list;        /* that switches files off */
	const char *tool;        /* that makes it */
	const char *install;     /* the command for the package */
	const char *source;
};

/* NULL: past the last. */
const struct chk_source_row *chk_source_row(size_t i);

/*
 * chk_sources_look adds to `census->said` what it finds in the root of the
 * census. Below a folder alone it says nothing. False: no memory.
 */
bool chk_sources_look(struct chk_census *census);

#endif
