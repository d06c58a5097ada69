/* tests/bench/ours.h: one search from DER to the verdict, and its counts. */
#ifndef CHK_BENCH_OURS_H
#define CHK_BENCH_OURS_H

#include "bench/peer.h"
#include "path/search.h"

struct bench_ours {
	const struct bench_input *input;
	struct chk_store *store;
	const struct chk_store *stores[1];
	struct chk_identity identity;
	struct chk_search search; /* but for what is made anew each time */
	struct chk_memory *memory; /* borrowed; NULL: a new one each time */
};

struct bench_counts {
	uint32_t checks; /* asked of GnuTLS */
	uint32_t steps;
	bool spent;
};

/* The trusted ones are read. Give it back: bench_ours_free. */
struct bench_ours *bench_ours_new(const struct bench_input *input);
/* Is it trusted? `counts` may be NULL. Any thread may ask. */
bool bench_ours_search(const struct bench_ours *ours,
		       struct bench_counts *counts);
void bench_ours_free(struct bench_ours *ours);

#endif
