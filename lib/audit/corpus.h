/* lib/audit/corpus.h: any number of certificates, each judged by itself. */
#ifndef CHK_AUDIT_CORPUS_H
#define CHK_AUDIT_CORPUS_H

#include <chaincheck/corpus.h>

#include "audit/alone.h"

/* One certificate, judged. */
struct chk_corpus_told {
	const char *path;   /* as it was found, not escaped */
	unsigned long line; /* of its BEGIN, from 1; 0: it is no PEM */
	const struct chk_cert *cert; /* NULL: it cannot be read */
	const uint8_t *sha256; /* 32 bytes; NULL: there are no bytes */
	const char *fault;  /* why it cannot be read */
	const struct chk_alone *found;
	size_t count;
};

/* How what was found is written. */
struct chk_corpus_writer {
	void (*cert)(const struct chk_corpus_told *told,
		     const struct chk_alone_terms *terms,
		     const struct chk_write_options *how,
		     struct chk_buffer *text);
	/* Of a file: that it could not be read, as a sentence. */
	void (*note)(const char *path, const char *what,
		     const struct chk_write_options *how,
		     struct chk_buffer *text);
	void (*end)(const struct chk_corpus_counts *counts,
		    const struct chk_write_options *how,
		    struct chk_buffer *text);
};

/* chk_corpus_audit, with the writer of its format. */
bool chk_corpus_run(const struct chk_corpus_question *question,
		    const struct chk_corpus_writer *writer,
		    struct chk_corpus_counts *counts, struct chk_error *error);

#endif
