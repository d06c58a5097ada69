/*
 * chaincheck/corpus.h: any number of certificates, each judged by itself, on
 * all processors and in bounded memory, and told as it is judged. Whether one
 * is trusted is not asked, and no signature is checked.
 */
#ifndef CHAINCHECK_CORPUS_H
#define CHAINCHECK_CORPUS_H

#include <chaincheck/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How many certificates are remembered, to tell which come again. */
#define CHK_CORPUS_REMEMBERED 6291456u

/* struct chk_corpus_counts is what came of it so far. */
struct chk_corpus_counts {
	uint64_t certificates; /* malformed ones too */
	uint64_t with_findings;
	uint64_t errors, warnings, notes; /* findings */
	uint64_t files;        /* that were read */
	uint64_t empty;        /* of them, without a certificate */
	uint64_t unread;       /* that could not be read, or not as they were */
	uint64_t bytes;        /* of the input */
	/* More than CHK_CORPUS_REMEMBERED: what came later was only compared */
	bool forgot;
};

/* struct chk_corpus_question: zero it and set what matters. Borrowed. */
struct chk_corpus_question {
	/*
	 * Files and folders, ends in NULL. A file has certificates in PEM, any
	 * number, or one in DER; "-" is `standard_input`, read to its end.
	 * Links to files are followed, those to folders are not.
	 */
	const char *const *paths;
	int standard_input;
	int64_t at;           /* seconds since 1970 UTC, if `at_set` */
	bool at_set;
	/* Days: a certificate that ends sooner is told; 0: not asked */
	int64_t warning_days, critical_days;
	const char *strength; /* of chk_strength_name; NULL: "medium" */
	unsigned threads;     /* 0: one for each processor */
	bool all;             /* tell those too with which nothing is wrong */
	const char *format;   /* "text", "jsonl" (doc/audit.schema.json) */
	const struct chk_write_options *how; /* NULL: as if zero */
	/* Takes text; false: stop. One call at a time, from any thread. */
	bool (*sink)(void *self, const char *text, size_t size);
	/* How far it is, after each part; NULL: not asked */
	void (*progress)(void *self, const struct chk_corpus_counts *counts);
	void *self;           /* for both */
};

/*
 * chk_corpus_audit judges all that the question names. What is said comes in
 * the order of the input, whatever the number of threads; within a folder that
 * is the order in which the system gives its entries. What cannot be read is
 * said, counted, and passed over.
 *
 * Errors: CHK_ERROR_ARGUMENT (format, strength), CHK_ERROR_WRITE (the sink
 * wants no more), CHK_ERROR_MEMORY. `*counts` is filled either way.
 */
CHK_API CHK_MUST_CHECK
bool chk_corpus_audit(const struct chk_corpus_question *question,
		      struct chk_corpus_counts *counts,
		      struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
