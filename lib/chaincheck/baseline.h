/*
 * chaincheck/baseline.h: findings of audits that are known and accepted, each
 * with a reason and until a day. An entry is for a code and a certificate, by
 * its SHA-256, or for a code and a file where the finding is about no
 * certificate; lines do not matter. Nothing is accepted for ever.
 */
#ifndef CHAINCHECK_BASELINE_H
#define CHAINCHECK_BASELINE_H

#include <chaincheck/audit.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_baseline;

/* chk_baseline_new is one without entries. NULL: no memory. */
CHK_API struct chk_baseline *chk_baseline_new(void);
/*
 * chk_baseline_read reads a file: a line an entry, with tabs between code,
 * SHA-256 or "path:FILE", the last day (2027-03-31, UTC) and the reason; lines
 * that begin with # are comments. Ownership: free `*baseline` with
 * chk_baseline_free.
 * Errors: CHK_ERROR_FORMAT (which line, and why: nothing of it is used then),
 * CHK_ERROR_NOT_FOUND, CHK_ERROR_READ, CHK_ERROR_TOO_LARGE, CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_baseline_read(const char *path, struct chk_baseline **baseline,
		       struct chk_error *error);
/* NULL is fine. */
CHK_API void chk_baseline_free(struct chk_baseline *baseline);
/*
 * chk_baseline_accept marks those findings that an entry has whose day is not
 * past at `at`, and remembers which entries had one. Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_baseline_accept(struct chk_baseline *baseline,
			 struct chk_audited *audited, int64_t at,
			 struct chk_error *error);
/*
 * chk_baseline_judge says what is wrong with the baseline itself, once all has
 * been audited: entries whose day is past, and those that no finding met.
 * Ownership: free `*audited` with chk_audited_free. Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_baseline_judge(const struct chk_baseline *baseline, int64_t at,
			struct chk_audited **audited, struct chk_error *error);
/*
 * chk_baseline_add puts the errors and warnings of an audit in, those that are
 * accepted as they are, the others until the day of `until` with a reason that
 * somebody must write. Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_baseline_add(struct chk_baseline *baseline,
		      const struct chk_audited *audited, int64_t until,
		      struct chk_error *error);
/*
 * chk_baseline_text gives the file. Ownership: `*text` is the caller's,
 * free() it. Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_baseline_text(const struct chk_baseline *baseline, char **text,
		       struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
