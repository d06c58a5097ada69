/* lib/store/token_key.h: the public half of a key on a PKCS#11 token. */
#ifndef CHK_STORE_TOKEN_KEY_H
#define CHK_STORE_TOKEN_KEY_H

#include "store/token.h"

/*
 * chk_token_key appends the subjectPublicKeyInfo of the key that matches
 * `template` (label and id): of the public key object, or of an RSA private
 * one. Nothing is appended where there is none, or it is of another kind than
 * RSA and EC. Nothing is signed, and no private value is asked for.
 * Errors: those of chk_token_find and chk_token_values.
 */
bool chk_token_key(const struct chk_token *token, const CK_ATTRIBUTE *template,
		   size_t count, struct chk_buffer *spki,
		   struct chk_error *error);
/*
 * chk_read_token_key does so by a pkcs11: URI, which must name a single key by
 * the rules of chk_read_pkcs11 (read_pkcs11.c).
 * Errors: as chk_read_pkcs11; CHK_ERROR_NOT_FOUND (no such key).
 */
bool chk_read_token_key(const char *uri,
			const struct chk_store_options *options,
			struct chk_buffer *spki, struct chk_error *error);

#endif
