/* lib/audit/baseline.h: the entries of a baseline. */
#ifndef CHK_AUDIT_BASELINE_H
#define CHK_AUDIT_BASELINE_H

#include <chaincheck/baseline.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"

struct chk_baseline_entry {
	const char *code;
	const char *what;   /* SHA-256 in lower case, or "path:" and the file */
	int64_t until;      /* the last second of its day */
	const char *reason;
	const char *comment; /* what it is, for a person; NULL: none */
	unsigned long line; /* in the file, from 1 */
	bool met;           /* some finding is the one */
};

struct chk_baseline {
	struct chk_arena arena; /* of all texts */
	const char *path;       /* NULL: it is no file */
	struct chk_baseline_entry *entries; /* owned */
	size_t count, room;
	struct chk_map by_what; /* of code and what */
};

/* The entry of this code and certificate or file; NULL: there is none. */
struct chk_baseline_entry *
chk_baseline_find(const struct chk_baseline *baseline, const char *code,
		  const char *what);
/* Texts are copied. False: no memory. */
bool chk_baseline_put(struct chk_baseline *baseline,
		      const struct chk_baseline_entry *entry);
/*
 * What a finding is known by: its certificate, or its file. False: no memory.
 * Ownership: chk_buffer_clear.
 */
bool chk_baseline_what(const struct chk_audit_finding *found,
		       struct chk_buffer *what);

#endif
