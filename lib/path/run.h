/*
 * lib/path/run.h: what one search keeps while it runs, for search.c, which
 * goes upwards, and ends.c, which says where there is no further.
 */
#ifndef CHK_PATH_RUN_H
#define CHK_PATH_RUN_H

#include "path/node.h"
#include "path/queue.h"
#include "path/refusals.h"

struct chk_run {
	const struct chk_search *search;
	struct chk_arena *arena;
	struct chk_queue queue;
	struct chk_budget left;
	struct chk_path *paths;
	size_t path_count, path_room;
	struct chk_refusals refusals;
	bool spent;       /* some of it was not enough */
	bool names_spent; /* there were more names than may be compared */
	bool failed;      /* no memory */
};

/* A node above `below` (NULL: the leaf). NULL: no budget or no memory. */
struct chk_node *chk_run_node(struct chk_run *run, struct chk_node *below,
			      struct chk_link link);
void chk_run_queue(struct chk_run *run, struct chk_node *node);
/* The signature of `cert` by `issuer`; false: no budget or no memory. */
bool chk_run_check_signature(struct chk_run *run, const struct chk_cert *cert,
			     const struct chk_cert *issuer,
			     enum chk_signed *result);
/* The same of any signed bytes. */
bool chk_run_check_signed(struct chk_run *run,
			  const struct chk_signed_bytes *what,
			  const struct chk_cert *issuer,
			  enum chk_signed *result);

#endif
