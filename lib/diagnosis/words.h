/*
 * lib/diagnosis/words.h: things as a person reads them. Every text is escaped
 * and bounded, lives in the arena and is never NULL: without memory it is ""
 * and the arena says that it failed.
 */
#ifndef CHK_DIAGNOSIS_WORDS_H
#define CHK_DIAGNOSIS_WORDS_H

#include "base/arena.h"
#include "cert/cert.h"
#include "path/defect.h"
#include "store/store.h"

const char *chk_words(struct chk_arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * chk_words_fill gives `text` with the value of each {place} in its stead, by
 * `value_of`, which is given `with`.
 */
const char *chk_words_fill(struct chk_arena *arena, const char *text,
			   const char *(*value_of)(const void *with,
						   const char *place,
						   size_t size),
			   const void *with);
const char *chk_words_escape(struct chk_arena *arena, const char *text);
const char *chk_words_bytes(struct chk_arena *arena, struct chk_bytes text);
/* "«Int A»", of a Name TLV; an empty name is "«»" with a word on it. */
const char *chk_words_name(struct chk_arena *arena, struct chk_bytes name);
/* "«Int A»" of the subject. */
const char *chk_words_cert(struct chk_arena *arena,
			   const struct chk_cert *cert);
/* RFC 4514, at most 4 KiB. */
const char *chk_words_dn(struct chk_arena *arena, struct chk_bytes name);
/* Where two names that match differ in their bytes; `a` is "here". */
const char *chk_words_name_difference(struct chk_arena *arena,
				      struct chk_bytes a, struct chk_bytes b);
/* Lower-case hexadecimal, at most 64 bytes of it; "none" when absent. */
const char *chk_words_hex(struct chk_arena *arena, struct chk_bytes bytes);
/* The same with colons, as openssl and the tree of a report have key ids. */
const char *chk_words_key_id(struct chk_arena *arena, struct chk_bytes key_id);
/* " with key id 0a:1b:..."; nothing where there is none. */
const char *chk_words_with_key_id(struct chk_arena *arena,
				  struct chk_bytes key_id);
const char *chk_words_sha256(struct chk_arena *arena,
			     const struct chk_cert *cert);
/* SHA-256 as openssl prints it, "AB:CD:...", for comparing. */
const char *chk_words_fingerprint(struct chk_arena *arena,
				  const struct chk_cert *cert);
/* "2026-04-01T00:00:00Z" */
const char *chk_words_when(struct chk_arena *arena, int64_t seconds);
/* "2026-04-01" */
const char *chk_words_day(struct chk_arena *arena, int64_t seconds);
/* "3 days", between two moments. */
const char *chk_words_between(struct chk_arena *arena, int64_t a, int64_t b);
/* "/etc/ssl/certs/ca-certificates.crt (144 anchors)" */
const char *chk_words_store(struct chk_arena *arena,
			    const struct chk_store *store);
/*
 * Several, "A (1 anchor) and B (2 anchors)"; none: "any store, since none was
 * named".
 */
const char *chk_words_stores(struct chk_arena *arena,
			     const struct chk_store *const *stores,
			     size_t count);
/* "leaf.pem:1" is of the file leaf.pem; cut to `size`. */
void chk_words_file(const char *where, char *name, size_t size);
/* The names a certificate is for, at most `max` of them, then "...". */
const char *chk_words_alt_names(struct chk_arena *arena,
				const struct chk_cert *cert, size_t max);
/* The extended key usages it has, "clientAuth, emailProtection". */
const char *chk_words_usages(struct chk_arena *arena,
			     const struct chk_cert *cert);
/* "serverAuth" or the dotted form. */
const char *chk_words_oid(struct chk_arena *arena, struct chk_bytes oid);

/*
 * chk_words_defect says what is wrong in one sentence with both operands,
 * without a full stop.
 */
const char *chk_words_defect(struct chk_arena *arena,
			     const struct chk_defect *defect);
/* The same where a paragraph begins with it. */
const char *chk_words_sentence(struct chk_arena *arena,
			       const struct chk_defect *defect);

#endif
