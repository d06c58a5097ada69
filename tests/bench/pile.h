/* tests/bench/pile.h: many certificates where few would do. */
#ifndef CHK_BENCH_PILE_H
#define CHK_BENCH_PILE_H

#include "bench/peer.h"

enum bench_pile_kind {
	/*
	 * A leaf, so many CAs of its issuer's name, and the root of them all.
	 * One of them has the key that issued the leaf: it is in the middle,
	 * for some look at the last one alone. The key ids say which, or there
	 * are none.
	 */
	BENCH_SENT_TOLD,
	BENCH_SENT_SILENT,
	/* The same, with the CAs trusted and not sent. */
	BENCH_TRUSTED_TOLD,
	BENCH_TRUSTED_SILENT,
	/* A leaf, an intermediate, and so many roots of other names. */
	BENCH_ROOTS,
	/* So many CAs, each issued by each of the others; none is trusted. */
	BENCH_CROSS_SIGNED,
};

/* Give it back: bench_pile_free. */
struct bench_input *bench_pile(enum bench_pile_kind kind, size_t count);
void bench_pile_free(struct bench_input *input);
/*
 * The signatures that could be asked about: of each certificate that was sent,
 * as many as there are keys under the name of its issuer.
 */
size_t bench_pile_edges(const struct bench_input *input);

#endif
