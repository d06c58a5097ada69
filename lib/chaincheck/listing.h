/*
 * chaincheck/listing.h: what a trust store holds and what each is trusted for,
 * for a person, for a program, or as a bundle for programs that read PEM.
 */
#ifndef CHAINCHECK_LISTING_H
#define CHAINCHECK_LISTING_H

#include <chaincheck/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An anchor that expires sooner is marked. */
#define CHK_LISTING_SOON INT64_C(7776000) /* seconds: 90 days */

/* struct chk_listing_options: zero is the default of every field. */
struct chk_listing_options {
	bool colour; /* text: ANSI colours */
	int width;   /* text: columns, 80 when 0 */
	int verbose; /* text: whole names, fingerprints, every place */
	bool quiet;  /* text: the first sentence alone */
	int64_t at;  /* the moment that decides what has expired, seconds */
	enum chk_purpose purpose; /* what is counted, and what PEM is for */
	/*
	 * pem: told of each thing that the store says and PEM cannot, a
	 * sentence without a full stop that can be printed; NULL: nobody.
	 */
	void (*lost)(void *user, const char *what);
	void *user;
};

/*
 * chk_store_write gives the store as "text", "json" (doc/store.schema.json),
 * "csv" (RFC 4180; what a spreadsheet would take for a formula has an
 * apostrophe before it) or "pem": the anchors that are trusted for the
 * purpose, with what is lost in comments. What is distrusted for it is never
 * written, and with CHK_PURPOSE_ANY what is distrusted for any.
 *
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_EMPTY (pem: nothing is
 * trusted for the purpose), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_store_write(const struct chk_store *store, const char *format,
		     const struct chk_listing_options *options, char **text,
		     struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
