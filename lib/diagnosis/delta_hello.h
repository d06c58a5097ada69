/* lib/diagnosis/delta_hello.h: hellos made of others, one thing changed. */
#ifndef CHK_DIAGNOSIS_DELTA_HELLO_H
#define CHK_DIAGNOSIS_DELTA_HELLO_H

#include "base/arena.h"
#include "fetch/hello.h"

/* What of a hello is changed at once. */
enum chk_dimension {
	CHK_DIMENSION_VERSION,
	CHK_DIMENSION_SUITE,
	CHK_DIMENSION_GROUP,
	CHK_DIMENSION_SIGNATURE,
	CHK_DIMENSION_EXTRAS, /* ALPN, GREASE, large key shares */
	CHK_DIMENSIONS,
};

/*
 * All of these give a hello whose lists are in `arena` or borrowed of what it
 * was made of. No memory: arena->failed, and the hello is good for nothing.
 */

/*
 * Everything the tables know of `version` and no other, the usual first. What
 * proves no server, and what is no choice (anonymous, PSK), is left out.
 */
struct chk_hello chk_hello_of_all(struct chk_arena *arena, uint16_t version,
				  const char *server_name);
/*
 * `hello` with `version` offered too, and with what a client of it cannot be
 * without.
 */
struct chk_hello chk_hello_with_version(struct chk_arena *arena,
					const struct chk_hello *hello,
					uint16_t version);
/* `hello`, of what it offers this version alone. */
struct chk_hello chk_hello_only_version(const struct chk_hello *hello,
					uint16_t version);
/* What `working` offers of a dimension stands behind what `hello` does. */
struct chk_hello chk_hello_with(struct chk_arena *arena,
				const struct chk_hello *hello,
				const struct chk_hello *working,
				enum chk_dimension dimension);
/* `hello` with the dimension of `other` in the place of its own. */
struct chk_hello chk_hello_like(const struct chk_hello *hello,
				const struct chk_hello *other,
				enum chk_dimension dimension);
/* TLS 1.2 with the suites of most clients, in fewer than 256 bytes. */
struct chk_hello chk_hello_small(const char *server_name);
/* Without ALPN, GREASE and key shares of more than one hundred bytes. */
struct chk_hello chk_hello_plain(struct chk_arena *arena,
				 const struct chk_hello *hello);
/* Without suites whose key exchange is Diffie-Hellman in a prime field. */
struct chk_hello chk_hello_without_dh(struct chk_arena *arena,
				      const struct chk_hello *hello);

/* The list of a dimension that is one. */
struct chk_ids *chk_hello_ids(struct chk_hello *hello,
			      enum chk_dimension dimension);
bool chk_ids_have(struct chk_ids ids, uint16_t id);
/* `ids`, then what of `more` is not among them. */
struct chk_ids chk_ids_join(struct chk_arena *arena, struct chk_ids ids,
			    struct chk_ids more);
/* What of `ids` is not in `without`. */
struct chk_ids chk_ids_minus(struct chk_arena *arena, struct chk_ids ids,
			     struct chk_ids without);
/* Bytes of the message; 0: no memory. */
size_t chk_hello_size(const struct chk_hello *hello);

#endif
