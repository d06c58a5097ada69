/* lib/report/corpus_write.c: the formats of what is said of a corpus. */
#include "report/corpus_write.h"

#include "report/format_names.h"

static const char *const NAMES[] = { "text", "jsonl", NULL };
static const struct chk_corpus_writer *const WRITERS[] = {
	&chk_corpus_text,
	&chk_corpus_jsonl,
};

bool chk_corpus_audit(const struct chk_corpus_question *question,
		      struct chk_corpus_counts *counts,
		      struct chk_error *error)
{
	size_t i;

	*counts = (struct chk_corpus_counts){ 0 };
	return chk_format_find(NAMES, question->format, "a corpus", &i,
			       error) &&
	       chk_corpus_run(question, WRITERS[i], counts, error);
}
