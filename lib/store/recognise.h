/*
 * lib/store/recognise.h: which runtime a program is, by its file, what it has
 * mapped and what it was called with (lib/data/programs.tsv).
 */
#ifndef CHK_STORE_RECOGNISE_H
#define CHK_STORE_RECOGNISE_H

#include "store/surroundings.h"

enum chk_evidence {
	CHK_EVIDENCE_PROGRAM, /* the name of its file */
	CHK_EVIDENCE_LIBRARY, /* the name of a file that it maps */
	CHK_EVIDENCE_SECTION, /* of its ELF file */
	CHK_EVIDENCE_TEXT,    /* in its file */
	CHK_EVIDENCE_SCRIPT,  /* the path of its script */
	CHK_EVIDENCE_WORDS,   /* of its arguments */
	CHK_EVIDENCE_CODE,    /* its script or -c imports it */
};

/* A row of lib/data/programs.tsv. */
struct chk_program_row {
	const char *runtime;
	const char *within; /* the runtime that it is already; "-": any */
	enum chk_evidence evidence;
	const char *pattern;
	const char *source;
};

struct chk_suspect {
	const char *program; /* its file, as it names it */
	const char *file;    /* the same as it opens from here */
	const char *const *mapped;
	size_t mapped_count;
	const struct chk_surroundings *around; /* arguments and paths */
};

struct chk_recognised {
	const char *runtime; /* static */
	const char *path;    /* borrowed; the file that told it */
	const struct chk_program_row *row, *within; /* NULL: no second one */
};

/* NULL: past the last. */
const struct chk_program_row *chk_program_row(size_t i);
/* False: nothing that is known, or no memory. */
bool chk_recognise(const struct chk_suspect *suspect,
		   struct chk_recognised *recognised);
/* The first mapped file whose name fits the pattern; NULL: none. */
const char *chk_suspect_mapped(const struct chk_suspect *suspect,
			       const char *pattern);

#endif
