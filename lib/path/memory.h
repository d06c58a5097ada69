/*
 * lib/path/memory.h: which key signed what. GnuTLS is asked once for each
 * (issuer key, signed bytes), and each key is loaded once for each thread that
 * uses it at the same time. Searches of any threads may share a memory: it has
 * copies of all that it compares, and a lock.
 *
 * A signature is remembered by its very bytes and those of the key, not by a
 * digest of them: nothing that hashes alike is taken for the same.
 */
#ifndef CHK_PATH_MEMORY_H
#define CHK_PATH_MEMORY_H

#include <chaincheck/verify.h>

#include "path/signature.h"

/*
 * chk_memory_find gives the answer that is remembered. False: there is none.
 */
bool chk_memory_find(struct chk_memory *memory,
		     const struct chk_signed_bytes *what,
		     const struct chk_cert *issuer, enum chk_signed *result);
/*
 * chk_memory_ask asks GnuTLS whether the key of `issuer` made the signature of
 * `what`, and remembers the answer. False: no memory.
 */
bool chk_memory_ask(struct chk_memory *memory,
		    const struct chk_signed_bytes *what,
		    const struct chk_cert *issuer, enum chk_signed *result);

/* What became of a memory, for tests and benchmarks. */
struct chk_memory_facts {
	size_t checks;  /* how often GnuTLS was asked */
	size_t answers; /* that are remembered */
	size_t keys;    /* that are loaded */
	size_t bytes;   /* of all that is remembered */
};
struct chk_memory_facts chk_memory_facts(struct chk_memory *memory);

#endif
