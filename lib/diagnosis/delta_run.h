/* lib/diagnosis/delta_run.h: a search for the smallest change, under way. */
#ifndef CHK_DIAGNOSIS_DELTA_RUN_H
#define CHK_DIAGNOSIS_DELTA_RUN_H

#include "diagnosis/delta.h"

struct chk_delta_run {
	struct chk_delta *delta;
	const struct chk_delta_server *server;
	const char *host;
	bool names_only;
	size_t limit, put; /* steps from `put` on have not been put yet */
	struct chk_error *error;
	bool failed;
};

/*
 * chk_delta_add notes a hello to be put, of a client that takes `min` .. `max`,
 * and gives its place; CHK_DELTA_NONE: no more may be put.
 */
size_t chk_delta_add(struct chk_delta_run *run, const char *what,
		     const struct chk_hello *hello, uint16_t min, uint16_t max);
/* chk_delta_put puts all that were noted. False: no memory. */
bool chk_delta_put(struct chk_delta_run *run);
/* The client would go on after the answer to this step. */
bool chk_delta_takes(const struct chk_delta *delta, size_t step);

/* One hello at once: note, put, look. */
bool chk_delta_try(struct chk_delta_run *run, const char *what,
		   const struct chk_hello *hello, uint16_t min, uint16_t max);

/*
 * Where `dimension` flips with all that the working hello has: which one of
 * that it takes. Fills in the delta. See delta_narrow.c.
 */
void chk_delta_narrow(struct chk_delta_run *run,
		      enum chk_dimension dimension, size_t flipped);
/* Between which sizes of the working hello the border lies. */
void chk_delta_narrow_size(struct chk_delta_run *run, size_t small,
			   size_t large);

#endif
