/*
 * lib/audit/pem_faults.h: what is wrong with the writing of PEM blocks, and
 * what each reader takes from a file that has such (lib/data/pem_readers.tsv).
 */
#ifndef CHK_AUDIT_PEM_FAULTS_H
#define CHK_AUDIT_PEM_FAULTS_H

#include "audit/contents.h"

/* In the order of the table. */
enum chk_pem_fault {
	CHK_PEM_BASE64,
	CHK_PEM_CUT,
	CHK_PEM_LABEL,
	CHK_PEM_HEADER,
	CHK_PEM_BROKEN,
	CHK_PEM_BEHIND,
	CHK_PEM_BEFORE,
	CHK_PEM_BOM,
	CHK_PEM_NUL,
	CHK_PEM_INDENTED,
	CHK_PEM_HOLLOW,
	CHK_PEM_CRAMMED,
	CHK_PEM_RETURN,
	CHK_PEM_NAMED,
	CHK_PEM_TRUSTED,
	CHK_PEM_STRAY,
	CHK_PEM_KEY,
	CHK_PEM_REQUEST,
	CHK_PEM_OTHER,
	CHK_PEM_FAULTS,
};

/* What a fault costs a reader. */
enum chk_pem_effect {
	CHK_EFFECT_OK,
	CHK_EFFECT_LOST, /* this block */
	CHK_EFFECT_REST, /* this block and all behind it */
	CHK_EFFECT_FILE, /* the file is refused */
};

enum { CHK_PEM_READERS = 5 };

/* "OpenSSL"; a reader is a number below CHK_PEM_READERS. */
const char *chk_pem_reader_name(size_t reader);
/* A clause, "BEGIN is indented". */
const char *chk_pem_fault_words(enum chk_pem_fault fault);
enum chk_pem_effect chk_pem_effect(enum chk_pem_fault fault, size_t reader);

/* The faults of a piece, as bits. */
uint32_t chk_pem_faults(const struct chk_contents *contents, size_t item);

/* What a reader takes of the certificates. */
struct chk_pem_taken {
	bool refused;  /* the file, with an error */
	size_t count;
};
void chk_pem_take(const struct chk_contents *contents, const uint32_t *faults,
		  struct chk_pem_taken taken[CHK_PEM_READERS]);

#endif
