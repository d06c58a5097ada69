/*
 * chaincheck/where.h: which of the trust stores of a machine trust this server,
 * and what each of the others lacks.
 */
#ifndef CHAINCHECK_WHERE_H
#define CHAINCHECK_WHERE_H

#include <chaincheck/places.h>
#include <chaincheck/report.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_where;

/*
 * struct chk_where_row is one answer: of all places that hold the same anchors
 * and say the same of them.
 */
struct chk_where_row {
	enum chk_verdict verdict;
	const char *code;    /* of the primary finding; NULL: none */
	const char *message; /* a sentence: why not; NULL when trusted */
	struct chk_subject anchor; /* that it trusts by; .name NULL: none */
	struct chk_subject lacks;  /* .name NULL: nothing */
	size_t set;                /* of chk_census_set */
	struct chk_until until;    /* its trust ends */
	const size_t *places;      /* of chk_census_place */
	size_t place_count;
};

/*
 * chk_where_ask asks the question of each place of `places` by itself: its
 * stores and others are not used, the rest of it is. `presented` is what a
 * fetch of `target` brought, once for all. A memory that the question has
 * spares signatures; without one there is one for this call.
 * Ownership: `places` is borrowed for as long as the answer lives; free
 * `*where` with chk_where_free. `options` may be NULL; its visitor is not used.
 * Errors: those of chk_diagnose and chk_census_take.
 */
CHK_API CHK_MUST_CHECK
bool chk_where_ask(const struct chk_target *target,
		   const struct chk_presented *presented,
		   const struct chk_question *question,
		   const struct chk_places *places,
		   const struct chk_census_options *options,
		   struct chk_where **where, struct chk_error *error);
/* chk_where_free frees an answer. NULL is fine. */
CHK_API void chk_where_free(struct chk_where *where);
/* The places and their sets. Borrowed. */
CHK_API const struct chk_census *
chk_where_census(const struct chk_where *where);
/* Rows, in the order of their first place. */
CHK_API size_t chk_where_row_count(const struct chk_where *where);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_where_row *
chk_where_row(const struct chk_where *where, size_t i);

/*
 * chk_where_write gives all of it as "text", "json" (indented,
 * doc/where.schema.json) or "csv" (a line a place, RFC 4180).
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_where_write(const struct chk_where *where, const char *format,
		     const struct chk_write_options *options, char **text,
		     struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
