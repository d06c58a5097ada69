/*
 * chaincheck/crl.h: what has been revoked, from files.
 *
 * Make an empty set, read CRLs into it, and give it to a question
 * (chaincheck/verify.h). A set is immutable once a question has it, and may
 * then be shared between threads. Nothing is fetched: what is not in the set
 * is not known.
 */
#ifndef CHAINCHECK_CRL_H
#define CHAINCHECK_CRL_H

#include <chaincheck/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_crls;

/*
 * chk_crls_new makes an empty set. NULL: no memory.
 * Ownership: chk_crls_free, once no question uses it any more.
 */
CHK_API struct chk_crls *chk_crls_new(void);
/* chk_crls_free frees a set and its CRLs. NULL is fine. */
CHK_API void chk_crls_free(struct chk_crls *crls);

/*
 * chk_crls_read adds every CRL (RFC 5280 section 5; complete, delta and
 * indirect ones) of a file, PEM (several, with comments) or one DER. One that
 * is broken is passed over and kept as a note: nobody knows what it said, and
 * no certificate can be taken for unrevoked then.
 * Errors: CHK_ERROR_NOT_FOUND, CHK_ERROR_READ, CHK_ERROR_TOO_LARGE (over
 * 64 MiB, over 10,000 CRLs), CHK_ERROR_EMPTY (no CRL could be read),
 * CHK_ERROR_FORMAT (DER that is no CRL; `offset` is the byte),
 * CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_crls_read(struct chk_crls *crls, const char *path,
		   struct chk_error *error);

/* chk_crls_read_bytes is chk_crls_read for bytes at hand, called `name`. */
CHK_API CHK_MUST_CHECK
bool chk_crls_read_bytes(struct chk_crls *crls, struct chk_bytes bytes,
			 const char *name, struct chk_error *error);

/* The CRLs that could be read. */
CHK_API size_t chk_crls_count(const struct chk_crls *crls);
/* What was passed over or cut short while reading, and must not be lost. */
CHK_API size_t chk_crls_note_count(const struct chk_crls *crls);
/* The `i`th of these, with the reason. Borrowed; NULL: past the last. */
CHK_API const struct chk_note *chk_crls_note(const struct chk_crls *crls,
					     size_t i);

#ifdef __cplusplus
}
#endif

#endif
