/*
 * chaincheck/difference.h: two trust stores by key: what one trusts and the
 * other does not, and what it refuses and the other does not.
 *
 * Open both stores, compare them, look at the changes or write them in a
 * format. Certificates of one subject and key are one anchor, so that a
 * renewed one is no loss; and a CA that is there with another key is one
 * change and not two.
 */
#ifndef CHAINCHECK_DIFFERENCE_H
#define CHAINCHECK_DIFFERENCE_H

#include <chaincheck/store.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_difference;

/* enum chk_change_kind: in the order of the rows, what may harm comes first. */
enum chk_change_kind {
	/* Refused before and not now, or a distrust-after gone or later. */
	CHK_CHANGE_DISTRUST_LOST,
	/* A stapled extension that is not there now. */
	CHK_CHANGE_CONSTRAINTS_LOST,
	/* One that is new, or says something else. */
	CHK_CHANGE_CONSTRAINTS,
	/* Trusted for more or for less. */
	CHK_CHANGE_PURPOSES,
	CHK_CHANGE_DISTRUST_GAINED,
	CHK_CHANGE_REMOVED,
	/* Removed and added under one name, with another key. */
	CHK_CHANGE_REKEYED,
	CHK_CHANGE_ADDED,
	/* Another certificate of the same name and key. */
	CHK_CHANGE_RENEWED,
	CHK_CHANGE_COUNT
};

enum chk_side {
	CHK_SIDE_BEFORE,
	CHK_SIDE_AFTER,
};

/*
 * struct chk_store_change is one row. Of several certificates of one key it
 * names the one that made the difference. A certificate that is refused by
 * issuer and serial number alone, and is not at hand, has neither `before`
 * nor `after` but an `issuer`.
 */
struct chk_store_change {
	enum chk_change_kind kind;
	const struct chk_anchor *before; /* of the store; NULL: not there */
	const struct chk_anchor *after;
	unsigned purposes; /* those that it is about, 1u << enum chk_purpose */
	const char *issuer;      /* RFC 4514; NULL: see above */
	struct chk_bytes serial; /* content of the INTEGER */
	const char *where;       /* the place that says so */
	size_t constraints;      /* how many were lost or changed */
};

/*
 * chk_store_compare compares what two stores say of each key. What a store
 * holds and says nothing of is not compared.
 *
 * Ownership: both stores are borrowed as long as `*difference` lives; free
 * it with chk_difference_free.
 * Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_store_compare(const struct chk_store *before,
		       const struct chk_store *after,
		       struct chk_difference **difference,
		       struct chk_error *error);
/* chk_difference_free frees a difference, not its stores. NULL is fine. */
CHK_API void chk_difference_free(struct chk_difference *difference);

/* Rows; none: they say the same. */
CHK_API size_t chk_difference_count(const struct chk_difference *difference);
/* The `i`th of them. Borrowed; NULL: past the last. */
CHK_API const struct chk_store_change *
chk_difference_get(const struct chk_difference *difference, size_t i);
/* Rows of one kind. */
CHK_API size_t
chk_difference_kind_count(const struct chk_difference *difference,
			  enum chk_change_kind kind);
/* Keys that both stores say the same of. */
CHK_API size_t chk_difference_same(const struct chk_difference *difference);
/* Keys that a store holds, says nothing of, and that were not compared. */
CHK_API size_t chk_difference_unstated(const struct chk_difference *difference,
				       enum chk_side side);
/* The store of that side. Borrowed. */
CHK_API const struct chk_store *
chk_difference_store(const struct chk_difference *difference,
		     enum chk_side side);

/*
 * chk_store_change_trust gives what a side says of the key, all its
 * certificates together: trusted where one of them is, else distrusted where
 * one is.
 */
CHK_API enum chk_trust
chk_store_change_trust(const struct chk_store_change *change,
		       enum chk_side side, enum chk_purpose purpose);
/* The last second of a leaf's notBefore; INT64_MAX: no such date. */
CHK_API int64_t
chk_store_change_distrust_after(const struct chk_store_change *change,
				enum chk_side side, enum chk_purpose purpose);
/* "distrust-lost"; "unknown" for what is no kind. Static. */
CHK_API const char *chk_store_change_name(enum chk_change_kind kind);

/* struct chk_difference_options: zero is the default of every field. */
struct chk_difference_options {
	bool colour; /* text: ANSI colours */
	int width;   /* text: columns, 80 when 0 */
	int verbose; /* text: fingerprints whole, both certificates */
	bool quiet;  /* text: the first sentence alone */
};

/*
 * chk_difference_write gives the difference as "text", "json"
 * (doc/difference.schema.json) or "csv" (RFC 4180; what a spreadsheet would
 * take for a formula has an apostrophe before it).
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_difference_write(const struct chk_difference *difference,
			  const char *format,
			  const struct chk_difference_options *options,
			  char **text, struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
