/* lib/diagnosis/delta.c: hellos side by side, and what their answers prove. */
#include "diagnosis/delta_run.h"

#include "base/error.h"
#include "fetch/tls_names.h"

#define SSL_3_0 0x0300
#define TLS_1_2 0x0303
#define TLS_1_3 0x0304
#define VERSIONS 5
/* RFC 2606: nobody's. A server that knows no such name says so. */
#define OTHER_NAME "example.com"
#define SPLIT 64
#define PLAIN "the same without ALPN, GREASE, large key shares and the like"

void chk_delta_clear(struct chk_delta *delta)
{
	for (size_t i = 0; i < delta->count; i++)
		chk_answer_clear(&delta->asked[i].answer);
	chk_arena_clear(&delta->arena);
	delta->count = 0;
}

const struct chk_answer *chk_delta_answer(const struct chk_delta *delta,
					  size_t step)
{
	return step < delta->count ? &delta->asked[step].answer : NULL;
}

/* Without the extension of TLS 1.3, all from the lowest it takes. */
bool chk_delta_offers(const struct chk_delta *delta, uint16_t version)
{
	const struct chk_hello *hello = &delta->hello;

	if (version < delta->client->min || version > delta->client->max)
		return false;
	return hello->versions.count ? chk_ids_have(hello->versions, version) :
				       version <= hello->version;
}

size_t chk_delta_add(struct chk_delta_run *run, const char *what,
		     const struct chk_hello *hello, uint16_t min, uint16_t max)
{
	struct chk_delta *delta = run->delta;
	size_t i = delta->count;

	if (run->failed || i >= run->limit) {
		delta->spent |= i >= run->limit;
		return CHK_DELTA_NONE;
	}
	delta->asked[i] = (struct chk_asked){ .hello = *hello };
	delta->steps[i] = (struct chk_delta_step){ what, min, max,
						   CHK_CLIENT_TAKES };
	return delta->count++;
}

static void judge(struct chk_delta *delta, size_t i)
{
	struct chk_client client = *delta->client;

	client.hello = delta->asked[i].hello;
	client.min = delta->steps[i].min;
	client.max = delta->steps[i].max;
	delta->steps[i].refusal = chk_client_judge(&client,
						   &delta->asked[i].answer);
}

bool chk_delta_put(struct chk_delta_run *run)
{
	struct chk_delta *delta = run->delta;
	size_t begin = run->put;

	run->put = delta->count;
	if (delta->arena.failed)
		run->failed = !chk_error_memory(run->error);
	if (run->failed || begin == delta->count)
		return !run->failed;
	run->failed = !run->server->ask(run->server->self,
					&delta->asked[begin],
					delta->count - begin, run->error);
	for (size_t i = begin; i < delta->count; i++)
		judge(delta, i);
	return !run->failed;
}

bool chk_delta_takes(const struct chk_delta *delta, size_t step)
{
	return step < delta->count &&
	       delta->steps[step].refusal == CHK_CLIENT_TAKES &&
	       chk_answer_is_accepted(&delta->asked[step].answer);
}

bool chk_delta_try(struct chk_delta_run *run, const char *what,
		   const struct chk_hello *hello, uint16_t min, uint16_t max)
{
	size_t step = chk_delta_add(run, what, hello, min, max);

	return chk_delta_put(run) && chk_delta_takes(run->delta, step);
}

static size_t add_own(struct chk_delta_run *run, const char *what,
		      const struct chk_hello *hello)
{
	return chk_delta_add(run, what, hello, run->delta->client->min,
			     run->delta->client->max);
}

/*
 * The hello itself once more, and each version with everything. The prime of a
 * Diffie-Hellman exchange is nothing that the maximum should be refused for,
 * but it would be of no use to this client.
 */
static void ask_versions(struct chk_delta_run *run, size_t steps[VERSIONS])
{
	struct chk_delta *delta = run->delta;

	delta->baseline = add_own(run, "the same again", &delta->hello);
	if (run->names_only) {
		chk_delta_put(run);
		return;
	}
	for (uint16_t i = VERSIONS; i-- > 0;) {
		uint16_t version = SSL_3_0 + i;
		struct chk_hello hello = chk_hello_of_all(
			&delta->arena, version, delta->hello.server_name);
		const char *what = chk_arena_format(
			&delta->arena, "%s with everything",
			chk_version_name(version));

		steps[i] = chk_delta_add(run, what ? what : "", &hello, version,
					 version);
	}
	if (!chk_delta_put(run))
		return;
	for (size_t i = 0; i < VERSIONS; i++)
		delta->takes[i] = chk_delta_takes(delta, steps[i]);
}

/* The highest that both have; else the highest. */
static size_t choose(const struct chk_delta *delta,
		     const size_t steps[VERSIONS])
{
	size_t best = CHK_DELTA_NONE;
	bool shared = false;

	for (uint16_t i = VERSIONS; i-- > 0;) {
		bool offers = chk_delta_offers(delta, SSL_3_0 + i);

		if (!delta->takes[i] || shared ||
		    (best != CHK_DELTA_NONE && !offers))
			continue;
		best = steps[i];
		shared = offers;
	}
	return best;
}

static uint16_t lower(uint16_t a, uint16_t b)
{
	return a < b ? a : b;
}

static uint16_t higher(uint16_t a, uint16_t b)
{
	return a > b ? a : b;
}

/* The client's hello with one thing of the working one; its place. */
static size_t add_change(struct chk_delta_run *run,
			 enum chk_dimension dimension)
{
	static const char *const WHATS[] = {
		[CHK_DIMENSION_SUITE] = "the same with all cipher suites",
		[CHK_DIMENSION_GROUP] = "the same with all groups",
		[CHK_DIMENSION_SIGNATURE] = "the same with all signature "
					    "schemes",
		[CHK_DIMENSION_EXTRAS] = PLAIN,
	};
	struct chk_delta *delta = run->delta;
	const struct chk_client *client = delta->client;
	uint16_t version = delta->version;
	bool only = chk_delta_offers(delta, version);
	struct chk_hello hello;
	const char *what;

	if (dimension != CHK_DIMENSION_VERSION) {
		hello = chk_hello_with(&delta->arena, &delta->hello,
				       &delta->asked[delta->working].hello,
				       dimension);
		return add_own(run, WHATS[dimension], &hello);
	}
	hello = only ? chk_hello_only_version(&delta->hello, version) :
		       chk_hello_with_version(&delta->arena, &delta->hello,
					      version);
	what = chk_arena_format(&delta->arena, "the same with %s %s",
				chk_version_name(version),
				only ? "alone" : "too");
	return chk_delta_add(run, what ? what : "", &hello,
			     lower(client->min, version),
			     higher(client->max, version));
}

/* The working hello, made as large as the client's. */
static size_t add_large(struct chk_delta_run *run, size_t size)
{
	struct chk_delta *delta = run->delta;
	const struct chk_delta_step *step = &delta->steps[delta->working];
	struct chk_hello hello = delta->asked[delta->working].hello;

	hello.size = size;
	return chk_delta_add(run, "what is taken, padded to the size of the "
			     "client's", &hello, step->min, step->max);
}

/*
 * No single change will do: from the working hello one thing after the other
 * is made the client's again, for as long as it is taken. What cannot be is
 * needed.
 */
static void find_together(struct chk_delta_run *run)
{
	static const enum chk_dimension ORDER[] = {
		CHK_DIMENSION_EXTRAS, CHK_DIMENSION_SIGNATURE,
		CHK_DIMENSION_GROUP, CHK_DIMENSION_SUITE,
		CHK_DIMENSION_VERSION,
	};
	struct chk_delta *delta = run->delta;
	const struct chk_delta_step *step = &delta->steps[delta->working];
	struct chk_hello hello = delta->asked[delta->working].hello;

	delta->smallest = delta->working;
	for (size_t i = 0; i < CHK_COUNT(ORDER); i++) {
		struct chk_hello like = chk_hello_like(&hello, &delta->hello,
						       ORDER[i]);

		if (chk_delta_try(run, "what is taken, with one thing more of "
				  "the client's", &like,
				  lower(step->min, delta->client->min),
				  higher(step->max, delta->client->max))) {
			hello = like;
			delta->smallest = delta->count - 1;
		} else {
			delta->flips[ORDER[i]] = true;
		}
	}
	delta->together = true;
	delta->end = CHK_DELTA_CHANGE;
}

/* Of what a server need not know, ALPN alone has an alert of its own. */
static void find_extra(struct chk_delta_run *run)
{
	struct chk_delta *delta = run->delta;
	struct chk_hello hello = delta->hello;

	hello.alpn = NULL;
	delta->end = CHK_DELTA_EXTRAS;
	delta->alpn = delta->hello.alpn &&
		      chk_delta_try(run, "the same without ALPN", &hello,
				    delta->client->min, delta->client->max);
	if (delta->alpn)
		delta->smallest = delta->count - 1;
}

/* One change is enough; the first that is, in the order of the dimensions. */
static void tell_change(struct chk_delta_run *run, const size_t *steps)
{
	struct chk_delta *delta = run->delta;
	enum chk_dimension first = CHK_DIMENSIONS;

	for (enum chk_dimension i = CHK_DIMENSIONS; i-- > 0;) {
		delta->flips[i] = chk_delta_takes(delta, steps[i]);
		first = delta->flips[i] ? i : first;
	}
	if (first == CHK_DIMENSIONS) {
		find_together(run);
		return;
	}
	delta->smallest = steps[first];
	delta->end = CHK_DELTA_CHANGE;
	if (first == CHK_DIMENSION_VERSION &&
	    chk_delta_offers(delta, delta->version))
		delta->end = CHK_DELTA_VERSIONS;
	else if (first == CHK_DIMENSION_EXTRAS)
		find_extra(run);
	for (enum chk_dimension i = CHK_DIMENSION_SUITE;
	     i < CHK_DIMENSION_EXTRAS && delta->end == CHK_DELTA_CHANGE; i++) {
		if (delta->flips[i])
			chk_delta_narrow(run, i, steps[i]);
	}
}

/* Something is taken: which of what it has is it that the client's has not? */
static void compare(struct chk_delta_run *run)
{
	struct chk_delta *delta = run->delta;
	const struct chk_hello *working = &delta->asked[delta->working].hello;
	size_t steps[CHK_DIMENSIONS], large = CHK_DELTA_NONE;
	size_t own = chk_hello_size(&delta->hello);
	size_t size = chk_hello_size(working);

	delta->version = delta->asked[delta->working].answer.version;
	if (own > size)
		large = add_large(run, own);
	for (enum chk_dimension i = 0; i < CHK_DIMENSIONS; i++)
		steps[i] = add_change(run, i);
	if (!chk_delta_put(run))
		return;
	if (large != CHK_DELTA_NONE && !chk_delta_takes(delta, large))
		chk_delta_narrow_size(run, size, own);
	else
		tell_change(run, steps);
}

/* Changes for peers, and boxes before them, that bear no such hello. */
static void ask_variants(struct chk_delta_run *run)
{
	struct chk_delta *delta = run->delta;
	const struct chk_hello *own = &delta->hello;
	struct chk_hello unnamed = *own, other = *own, split = *own;
	struct chk_hello small = chk_hello_small(own->server_name);
	struct chk_hello plain = chk_hello_plain(&delta->arena, own);
	size_t without = CHK_DELTA_NONE, with = CHK_DELTA_NONE;
	size_t in_parts = CHK_DELTA_NONE;

	unnamed.server_name = own->server_name ? NULL : run->host;
	other.server_name = delta->other_name = OTHER_NAME;
	split.split = SPLIT;
	if (own->server_name || run->host)
		without = add_own(run, own->server_name ?
				  "the same without SNI" : "the same with SNI",
				  &unnamed);
	if (own->server_name)
		with = add_own(run, "the same with SNI " OTHER_NAME, &other);
	if (!run->names_only) {
		in_parts = add_own(run, "the same in records of 64 bytes",
				   &split);
		delta->working = chk_delta_add(
			run, "TLS 1.2 in less than 256 bytes", &small,
			SSL_3_0 + 1, TLS_1_2);
		delta->smallest = add_own(run, PLAIN, &plain);
	}
	if (!chk_delta_put(run))
		return;
	delta->end = CHK_DELTA_NAME;
	delta->other_taken = chk_delta_takes(delta, with);
	delta->unnamed_taken = chk_delta_takes(delta, without);
	if (delta->other_taken || delta->unnamed_taken) {
		delta->smallest = delta->other_taken ? with : without;
	} else if (chk_delta_takes(delta, in_parts)) {
		delta->end = CHK_DELTA_RECORDS;
		delta->smallest = in_parts;
	} else if (chk_delta_takes(delta, delta->working)) {
		compare(run);
	} else if (chk_delta_takes(delta, delta->smallest)) {
		find_extra(run);
	} else {
		delta->end = CHK_DELTA_REFUSED;
	}
}

/* The prime is the server's choice: is there another way to it? */
static void avoid_dh(struct chk_delta_run *run)
{
	struct chk_delta *delta = run->delta;
	struct chk_hello hello = chk_hello_without_dh(&delta->arena,
						      &delta->hello);

	delta->end = CHK_DELTA_SMALL_DH;
	delta->without_dh = hello.suites.count &&
			    chk_delta_try(run, "the same without DHE suites",
					  &hello, delta->client->min,
					  delta->client->max);
	if (delta->without_dh)
		delta->smallest = delta->count - 1;
}

static void search(struct chk_delta_run *run)
{
	struct chk_delta *delta = run->delta;
	size_t steps[VERSIONS];

	ask_versions(run, steps);
	/* Where not even the client's own may be put, nothing is proved. */
	if (run->failed || delta->baseline == CHK_DELTA_NONE)
		return;
	delta->working = choose(delta, steps);
	if (chk_delta_takes(delta, delta->baseline))
		delta->end = CHK_DELTA_TAKEN;
	else if (delta->steps[delta->baseline].refusal == CHK_CLIENT_REFUSES_DH)
		avoid_dh(run);
	else if (delta->working != CHK_DELTA_NONE)
		compare(run);
	else
		ask_variants(run);
}

bool chk_delta_find(const struct chk_client *client, const char *name,
		    const char *host, struct chk_delta_limits limits,
		    const struct chk_delta_server *server,
		    struct chk_delta *delta, struct chk_error *error)
{
	struct chk_delta_run run = {
		.delta = delta, .server = server, .host = host,
		.limit = limits.hellos < CHK_DELTA_MAX ? limits.hellos :
							 CHK_DELTA_MAX,
		.names_only = limits.names_only,
		.error = error,
	};

	delta->client = client;
	delta->hello = client->hello;
	delta->baseline = delta->working = delta->smallest = CHK_DELTA_NONE;
	delta->hello.server_name = name;
	search(&run);
	if (!run.failed && delta->arena.failed)
		return chk_error_memory(error);
	return !run.failed;
}
