/* lib/diagnosis/delta_narrow.c: which one of a list, and where a border is. */
#include "diagnosis/delta_run.h"

static uint16_t chosen(const struct chk_answer *answer,
		       enum chk_dimension dimension)
{
	return dimension == CHK_DIMENSION_SUITE ? answer->suite :
	       dimension == CHK_DIMENSION_GROUP ? answer->group :
						  answer->signature;
}

static uint16_t *needed(struct chk_delta *delta, enum chk_dimension dimension)
{
	return dimension == CHK_DIMENSION_SUITE ? &delta->suite :
	       dimension == CHK_DIMENSION_GROUP ? &delta->group :
						  &delta->signature;
}

/* The client's hello with these more. */
static bool takes_with(struct chk_delta_run *run,
		       enum chk_dimension dimension, struct chk_ids more)
{
	struct chk_delta *delta = run->delta;
	struct chk_hello working = delta->hello, hello;

	*chk_hello_ids(&working, dimension) = more;
	hello = chk_hello_with(&delta->arena, &delta->hello, &working,
			       dimension);
	return chk_delta_try(run, "the same with some of those more", &hello,
			     delta->client->min, delta->client->max);
}

/*
 * What the server chose is most often the one. Where it did not say, or has
 * chosen one that was offered before (a curve may be missing for its key
 * alone), halves are put.
 */
void chk_delta_narrow(struct chk_delta_run *run,
		      enum chk_dimension dimension, size_t flipped)
{
	struct chk_delta *delta = run->delta;
	struct chk_hello hello = delta->asked[flipped].hello;
	struct chk_ids missing = chk_ids_minus(
		&delta->arena, *chk_hello_ids(&hello, dimension),
		*chk_hello_ids(&delta->hello, dimension));
	uint16_t id = chosen(&delta->asked[flipped].answer, dimension);
	struct chk_ids one = { &id, 1 };

	if (chk_ids_have(missing, id) && takes_with(run, dimension, one)) {
		*needed(delta, dimension) = id;
		return;
	}
	while (missing.count > 1 && !run->failed && !delta->spent) {
		struct chk_ids half = { missing.items, missing.count / 2 };

		if (!takes_with(run, dimension, half)) {
			half.items += half.count;
			half.count = missing.count - half.count;
		}
		missing = half;
	}
	if (missing.count == 1 && !delta->spent)
		*needed(delta, dimension) = missing.items[0];
}

void chk_delta_narrow_size(struct chk_delta_run *run, size_t small,
			   size_t large)
{
	struct chk_delta *delta = run->delta;
	const struct chk_delta_step *step = &delta->steps[delta->working];
	struct chk_hello hello = delta->asked[delta->working].hello;

	delta->end = CHK_DELTA_SIZE;
	delta->smallest = delta->working;
	/* Padding takes four bytes at least: RFC 7685 section 3. */
	while (large - small > 1 && !run->failed && !delta->spent) {
		hello.size = small + (large - small) / 2;
		if (chk_delta_try(run, "what is taken, of another size",
				  &hello, step->min, step->max))
			small = hello.size;
		else
			large = hello.size;
	}
	delta->size_taken = small;
	delta->size_refused = large;
}
