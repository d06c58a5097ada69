/*
 * lib/store/store.h: a trust store: anchors with what each is trusted for and
 * where it came from, found by subject.
 */
#ifndef CHK_STORE_STORE_H
#define CHK_STORE_STORE_H

#include <chaincheck/store.h>

#include "base/array.h"
#include "base/map.h"
#include "cert/cert.h"
#include "store/said.h"

/* No distrust-after date. */
#define CHK_NO_DATE INT64_MAX

/* An extension that a store staples to an anchor (p11-kit). */
struct chk_stapled {
	struct chk_bytes oid;   /* owned */
	bool critical;
	struct chk_bytes value; /* owned; the extnValue content */
};

struct chk_anchor {
	struct chk_cert *cert;
	enum chk_trust trust[CHK_PURPOSE_COUNT]; /* [ANY] is not used */
	/* Trusted as a leaf, besides what `trust` says; NSS's trusted peer. */
	bool peer[CHK_PURPOSE_COUNT]; /* [ANY] is not used */
	/* Its trust is an issuer's: as a leaf only where it issued itself. */
	bool issuer_only;
	int64_t distrust_after[CHK_PURPOSE_COUNT]; /* seconds, inclusive */
	struct chk_stapled *stapled;
	size_t stapled_count, stapled_room;
	char **where; /* every place it came from, owned */
	size_t where_count, where_room;
};

/*
 * A distrust of a certificate that is not at hand: by issuer and serial. Both
 * are owned; `issuer` is a Name TLV, `serial` the INTEGER content.
 */
struct chk_blocked {
	struct chk_bytes issuer, serial;
	char *where; /* owned */
};

struct chk_store {
	char *spec;
	struct chk_anchor **anchors; /* in the order they were read */
	size_t count, room;
	struct chk_map by_subject; /* subject_hash -> index in anchors */
	struct chk_map by_bytes;   /* hash of the DER -> index in anchors */
	struct chk_blocked *blocked;
	size_t blocked_count, blocked_room;
	struct chk_note *notes; /* owned texts */
	size_t note_count, note_room;
	size_t notes_over; /* not kept, for there were too many */
	struct chk_trap *traps; /* owned texts, but for the code */
	size_t trap_count, trap_room;
	struct chk_said_list said; /* how it was found */
	bool of_system; /* whatever it is called: the system's in the end */
	char *file; /* that a JVM reads by default, owned; NULL: none does */
	const char *format; /* static; NULL: nobody read it from anywhere */
	size_t keys; /* private ones that lie beside the anchors */
	bool as_jvm; /* a password that is not given opens nothing */
	/* Borrowed while it is read: the root of its paths. NULL: our own. */
	const char *root;
};

/*
 * chk_store_anchor gives the anchor of `cert`, made where there is none, with
 * nothing stated yet, and adds the place `where` to it. NULL: no memory.
 */
struct chk_anchor *chk_store_anchor(struct chk_store *store,
				    const struct chk_cert *cert,
				    const char *where);
/* The anchor that is this very certificate, by bytes; NULL: none. */
const struct chk_anchor *chk_store_find(const struct chk_store *store,
					const struct chk_cert *cert);
/*
 * chk_store_next walks the anchors whose subject matches `name` (its
 * chk_dn_hash is `hash`). `*cursor` is 0 first. NULL: no more.
 */
const struct chk_anchor *chk_store_next(const struct chk_store *store,
					struct chk_bytes name, uint64_t hash,
					size_t *cursor);
/*
 * chk_store_blocks tells whether the store distrusts this very certificate
 * for the purpose: by its own entry, or by issuer and serial.
 */
bool chk_store_blocks(const struct chk_store *store,
		      const struct chk_cert *cert, enum chk_purpose purpose);
/* Sets the trust of one purpose or, with CHK_PURPOSE_ANY, of all; a distrust
 * stays one. */
void chk_anchor_set(struct chk_anchor *anchor, enum chk_purpose purpose,
		    enum chk_trust trust);
/* Nothing is said of it for any purpose: there, and not marked. */
bool chk_anchor_is_unmarked(const struct chk_anchor *anchor);
bool chk_anchor_staple(struct chk_anchor *anchor, struct chk_bytes oid,
		       bool critical, struct chk_bytes value);
bool chk_store_block(struct chk_store *store, struct chk_bytes issuer,
		     struct chk_bytes serial, const char *where);
/*
 * A note, made printable; false: no memory. After a thousand they are only
 * counted, and the count becomes the last one.
 */
bool chk_store_note_add(struct chk_store *store, const char *where,
			const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * A trap, made printable; `code` is a finding's and static. False: no memory.
 */
bool chk_store_trap_add(struct chk_store *store, const char *code,
			const char *where, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
void chk_store_traps_clear(struct chk_store *store);
/*
 * chk_store_end ends the reading: what is blocked by issuer and serial is
 * distrusted as an anchor too, and notes that were not kept are counted.
 * False: no memory.
 */
bool chk_store_end(struct chk_store *store);

/* Errors as chk_file_read; `path` begins with the store's root. */
bool chk_store_read_file(const struct chk_store *store, const char *path,
			 uint8_t **data, size_t *size,
			 struct chk_error *error);
/*
 * chk_store_open_below is chk_store_open of a spec whose path begins with
 * `root`, and no file outside of it is opened, but by the readers that leave
 * the opening to another library: SQLite's (NSS) and p11-kit's.
 */
bool chk_store_open_below(const char *root, const char *spec,
			  const struct chk_store_options *options,
			  struct chk_store **store, struct chk_error *error);

/* For CHK_CLEANUP (base/cleanup.h). */
static inline void chk_cleanup_store(struct chk_store **store)
{
	chk_store_free(*store);
}

#endif
