/*
 * chaincheck/fix.h: what the remedies of a report come to, as files.
 *
 * chk_fix_new makes their texts and writes nothing; the caller puts them where
 * it likes. They have fixed names, and what strangers wrote stands in comments
 * alone, escaped.
 *
 *   fullchain.pem   the chain as the server should send it
 *   missing-ca.crt  the root that the client lacks; comments in it say what
 *                   to compare before it is trusted
 *   commands.sh     what to do: comments, and the lines that only look
 *
 * Either of the first two is there only where its certificates were at hand
 * and the search was won with them.
 */
#ifndef CHAINCHECK_FIX_H
#define CHAINCHECK_FIX_H

#include <chaincheck/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The first line of commands.sh, by which a folder is known again. */
#define CHK_FIX_MARK "# Written by chaincheck --fix."

struct chk_fix;

struct chk_fix_file {
	const char *name; /* one of chk_fix_name */
	const char *text;
	const char *what; /* what it is, for a person */
};

/*
 * chk_fix_new makes the files of a report; there are none where nothing is
 * wrong with what was sent and trusted, or where nothing can be done.
 * Ownership: give `*fix` to chk_fix_free; it needs the report no more.
 * Errors: CHK_ERROR_MEMORY. `*fix` is NULL then.
 */
CHK_API CHK_MUST_CHECK
bool chk_fix_new(const struct chk_report *report, struct chk_fix **fix,
		 struct chk_error *error);
/* NULL is fine. */
CHK_API void chk_fix_free(struct chk_fix *fix);
/* How many files there are. */
CHK_API size_t chk_fix_count(const struct chk_fix *fix);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_fix_file *chk_fix_file(const struct chk_fix *fix,
						size_t i);
/* Every name that a file may have, whatever the report; NULL: past the last. */
CHK_API const char *chk_fix_name(size_t i);

#ifdef __cplusplus
}
#endif

#endif
