/*
 * chaincheck/places.h: every trust store of a machine, of another root file
 * system, or below a folder; what each holds, and which are alike.
 *
 * chk_places_find looks where distributions, runtimes and programs are known
 * to keep their stores, and then at the first bytes of every file for others.
 * chk_census_take opens what was found and groups what holds the same anchors.
 * Neither follows a link out of the root, and neither writes anything.
 */
#ifndef CHAINCHECK_PLACES_H
#define CHAINCHECK_PLACES_H

#include <chaincheck/report.h>
#include <chaincheck/store.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_places;
struct chk_census;

/* struct chk_places_options: zero it; zero is the default of every field. */
struct chk_places_options {
	const char *root;   /* the root that is looked at; NULL: "/" */
	const char *in;     /* only below this folder, a path from the root */
	size_t max;         /* places at most; 0: 20,000 */
	uint64_t max_files; /* entries looked at, at most; 0: 20 million */
	/*
	 * Called every 100 ms at most: entries looked at so far, and where;
	 * `path` is as the file system has it, not escaped.
	 */
	void (*progress)(void *context, uint64_t files, const char *path);
	void *context;
};

/* struct chk_place_reader is who reads a place (lib/data/places.tsv). */
struct chk_place_reader {
	const char *name; /* "Firefox profile"; static */
	const char *kind; /* "nss", "java", "system", "python"...; static */
};

/*
 * struct chk_store_place is a file or directory that is a trust store, or may
 * be one. Paths are as the file system has them: escape them to print them.
 */
struct chk_store_place {
	const char *path;         /* from the root; the first of the names */
	const char *const *names; /* all of them, links and hard links too */
	size_t name_count;
	const char *real_path;    /* as this process opens it, without links */
	const char *spec;         /* for chk_store_open */
	const char *format;       /* by its first bytes: "pem", "jks", ... */
	const struct chk_place_reader *readers;
	size_t reader_count;
	bool known;     /* it is where somebody reads it; false: by content */
	bool directory;
	uint64_t size;  /* bytes; of a directory: 0 */
	int64_t modified; /* seconds since 1970-01-01T00:00:00Z */
};

/* struct chk_figures is what the finding took. */
struct chk_figures {
	uint64_t files;       /* entries that are no directories */
	uint64_t directories; /* entered */
	uint64_t heads;       /* files whose first bytes were read, once each */
};

/*
 * chk_places_find finds the places. What could not be looked at is a note.
 * A link is resolved within the root. /proc, /sys, /dev and file systems of
 * that kind are passed over; files that are no regular ones are not opened.
 *
 * A live root that somebody else can write to may change between this and the
 * opening of a spec; what matters then is looked at from a copy.
 * Ownership: free `*places` with chk_places_free. `options` may be NULL.
 * Errors: CHK_ERROR_NOT_FOUND, CHK_ERROR_READ (the root, the folder),
 * CHK_ERROR_ARGUMENT (the folder is none), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_places_find(const struct chk_places_options *options,
		     struct chk_places **places, struct chk_error *error);
/* chk_places_free frees what was found. NULL is fine. */
CHK_API void chk_places_free(struct chk_places *places);
/* Places: known ones first, in the order of the table, then by path. */
CHK_API size_t chk_places_count(const struct chk_places *places);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_store_place *
chk_places_get(const struct chk_places *places, size_t i);
/* What could not be looked at. */
CHK_API size_t chk_places_note_count(const struct chk_places *places);
/* The `i`th of these, with the reason. Borrowed; NULL: past the last. */
CHK_API const struct chk_note *chk_places_note(const struct chk_places *places,
					       size_t i);
/* What it took. */
CHK_API struct chk_figures chk_places_figures(const struct chk_places *places);

/* struct chk_census_options: zero it; zero is the default of every field. */
struct chk_census_options {
	int64_t at;       /* what has expired by then; 0: now */
	const char *pass; /* a password for keystores; NULL: none is given */
	/*
	 * Called with each place that was read, by its numbers of
	 * chk_census_place and chk_census_set, and its store, which is gone
	 * afterwards. False: no memory, and the census ends.
	 */
	bool (*visit)(void *visitor, size_t place, size_t set,
		      const struct chk_store *store);
	void *visitor;
	/*
	 * Called before each place is opened: how many were, and the path of
	 * the next, not escaped.
	 */
	void (*progress)(void *context, uint64_t done, const char *path);
	void *context;
};

/*
 * struct chk_anchor_set is a set of certificates that at least one place
 * trusts for TLS servers, each within the same limits (a day after which what
 * it issues is distrusted, stapled extensions), and no other. It is compared
 * with the reference, the system's own set, by subject and key: a root that
 * was renewed with its key is the same root.
 */
struct chk_anchor_set {
	const struct chk_cert *const *anchors; /* by SHA-256 */
	size_t anchor_count;
	const struct chk_cert *oldest, *newest; /* by notBefore; or NULL */
	size_t expired;
	bool reference;
	const struct chk_cert *const *lacks;
	size_t lack_count;
	const struct chk_cert *const *extra;
	size_t extra_count;
	size_t other_limits; /* anchors of the reference within other limits */
};

/* struct chk_census_place is a place, and what opening it came to. */
struct chk_census_place {
	const struct chk_store_place *place;
	const char *format; /* as it was read, or by its first bytes */
	size_t certificates, anchors; /* all, and those trusted for TLS */
	size_t set;         /* SIZE_MAX: it could not be read */
	const struct chk_error *error; /* why not; NULL: it was read */
};

/*
 * chk_census_take opens each place and groups them. A file that was found by
 * its content alone is left out where it holds fewer than three certificates
 * of CAs, or is a server's chain. A place that cannot be read is listed with
 * the reason. Below another root nothing is opened outside of it, and no
 * library found there is ever loaded.
 * Ownership: `places` is borrowed for as long as the census lives; free
 * `*census` with chk_census_free. `options` may be NULL.
 * Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_census_take(const struct chk_places *places,
		     const struct chk_census_options *options,
		     struct chk_census **census, struct chk_error *error);
/* chk_census_free frees a census and its sets. NULL is fine. */
CHK_API void chk_census_free(struct chk_census *census);
/* Sets, in the order of their first place. */
CHK_API size_t chk_census_set_count(const struct chk_census *census);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_anchor_set *
chk_census_set(const struct chk_census *census, size_t i);
/* Places, in the order of chk_places_get. */
CHK_API size_t chk_census_place_count(const struct chk_census *census);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_census_place *
chk_census_place(const struct chk_census *census, size_t i);
/* What was compared with: a path from the root, "system", NULL: nothing. */
CHK_API const char *chk_census_reference(const struct chk_census *census);
/* What was passed over in places that were read. */
CHK_API size_t chk_census_note_count(const struct chk_census *census);
/* The `i`th of these, with the reason. Borrowed; NULL: past the last. */
CHK_API const struct chk_note *chk_census_note(const struct chk_census *census,
					       size_t i);

/*
 * What is wrong with the stores as they lie there: of the system's store,
 * held against the directories that it is made from, and of each place.
 */
CHK_API size_t chk_census_finding_count(const struct chk_census *census);
/* The `i`th of these, from 0. Borrowed; the members are NULL past the last. */
CHK_API struct chk_reason chk_census_finding(const struct chk_census *census,
					     size_t i);

/*
 * chk_census_write gives all of it in a format: "text" (one sentence with a
 * `verbose` below 0), "json" (doc/stores.schema.json), "csv" (a line a place,
 * RFC 4180).
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_census_write(const struct chk_census *census, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
