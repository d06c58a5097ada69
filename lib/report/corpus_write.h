/* lib/report/corpus_write.h: the formats of what is said of a corpus. */
#ifndef CHK_REPORT_CORPUS_WRITE_H
#define CHK_REPORT_CORPUS_WRITE_H

#include "audit/corpus.h"

extern const struct chk_corpus_writer chk_corpus_text;  /* corpus_text.c */
extern const struct chk_corpus_writer chk_corpus_jsonl; /* corpus_json.c */

#endif
