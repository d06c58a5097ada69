/* lib/audit/corpus_judge.h: one part of a corpus, judged and written. */
#ifndef CHK_AUDIT_CORPUS_JUDGE_H
#define CHK_AUDIT_CORPUS_JUDGE_H

#include "audit/corpus.h"
#include "audit/corpus_input.h"

/* A certificate of the part; whether it comes again is told behind it. */
struct chk_corpus_item {
	size_t der, size; /* in `ders` */
	uint64_t key;     /* of its SHA-256 */
	size_t path;      /* in the part's `paths` */
	unsigned long line;
	size_t end;       /* of what is written of it */
	bool told;        /* something is wrong with it */
};

/* Zero it; it is used again and again. */
struct chk_corpus_judged {
	struct chk_corpus_item *items;
	size_t count, room;
	struct chk_buffer ders; /* of the items */
	struct chk_buffer text; /* what is written */
	struct chk_corpus_text file; /* a small one */
	struct chk_corpus_counts counts;
	bool failed; /* no memory */
};

/* What all parts are judged by; not changed meanwhile. */
struct chk_corpus_terms {
	struct chk_alone_terms alone;
	const struct chk_corpus_writer *writer;
	const struct chk_write_options *how;
	bool all;
};

void chk_corpus_judge(const struct chk_corpus_terms *terms,
		      const struct chk_corpus_part *part,
		      struct chk_corpus_judged *judged);
/* Writes that an item of the part came before. */
void chk_corpus_tell_again(const struct chk_corpus_terms *terms,
			   const struct chk_corpus_part *part,
			   const struct chk_corpus_judged *judged,
			   const struct chk_corpus_item *item,
			   struct chk_corpus_counts *counts,
			   struct chk_buffer *text);
/* For the next part. */
void chk_corpus_judged_empty(struct chk_corpus_judged *judged);
void chk_corpus_judged_clear(struct chk_corpus_judged *judged);

#endif
