/*
 * lib/store/token.h: what is read of a PKCS#11 token through an open session:
 * objects, their attributes, and the trust they state.
 */
#ifndef CHK_STORE_TOKEN_H
#define CHK_STORE_TOKEN_H

#include <p11-kit/p11-kit.h>
#include <p11-kit/pkcs11.h>
#include <p11-kit/pkcs11x.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/store.h"

struct chk_token {
	CK_FUNCTION_LIST *module;
	CK_SESSION_HANDLE session;
	const char *name; /* for places and errors, printable; borrowed */
};

/* Zero it; free(items). */
struct chk_handles {
	CK_OBJECT_HANDLE *items;
	size_t count, room;
};

/*
 * chk_token_find gives the objects that match, at most 100,000 (a token that
 * never ends is an error). A class that the module does not know has none.
 * Errors: CHK_ERROR_TOKEN, CHK_ERROR_PASSWORD, CHK_ERROR_TOO_LARGE,
 * CHK_ERROR_MEMORY.
 */
bool chk_token_find(const struct chk_token *token, CK_ATTRIBUTE *template,
		    size_t count, struct chk_handles *handles,
		    struct chk_error *error);
/*
 * chk_token_values reads attributes of one object into `arena`; one that is
 * not there, or larger than 1 MiB, has .data NULL.
 * Errors: CHK_ERROR_TOKEN, CHK_ERROR_MEMORY.
 */
bool chk_token_values(const struct chk_token *token, CK_OBJECT_HANDLE object,
		      const CK_ATTRIBUTE_TYPE *types, size_t count,
		      struct chk_arena *arena, struct chk_bytes *values,
		      struct chk_error *error);
bool chk_token_is_true(struct chk_bytes value);
/* The number in `value`, or `otherwise` where it is none. */
CK_ULONG chk_token_number(struct chk_bytes value, CK_ULONG otherwise);
/* Why no PIN is to be tried on a token of these flags; NULL: it may be. */
const char *chk_token_pin_refusal(CK_FLAGS flags);
/* An error of the module's, in its words. Always false. */
bool chk_token_failed(struct chk_error *error, const char *where, CK_RV rv,
		      const char *what);

/*
 * chk_token_load adds the certificates of the token that match `template`
 * (`count` attributes besides the class) with the trust that the token states:
 * CKA_TRUSTED, CKA_X_DISTRUSTED, trust objects as NSS and p11-kit have them,
 * distrust-after dates, and extensions that p11-kit staples. One that it says
 * nothing of is there, is not trusted, and leaves a note.
 */
bool chk_token_load(struct chk_store *store, const struct chk_token *token,
		    const CK_ATTRIBUTE *template, size_t count,
		    struct chk_error *error);

#endif
