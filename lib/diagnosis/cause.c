/* lib/diagnosis/cause.c: a finding for each end of the search. */
#include "diagnosis/cause.h"

#include "diagnosis/cause_words.h"
#include "diagnosis/words.h"
#include "fetch/tls_names.h"

#define TLS_1_2 0x0303
#define LIST_MAX 8

struct telling {
	const struct chk_delta *delta;
	const char *peer;
	struct chk_arena *arena;
};

/* What the server wants, and whether clients of today have it. */
struct want {
	const char *name;
	bool is_usual;
};

/* Who lags behind: the server that wants what is out of use, or the client. */
static enum chk_party party_of(bool is_usual)
{
	return is_usual ? CHK_PARTY_CLIENT : CHK_PARTY_SERVER;
}

static bool takes_usual_version(const struct chk_delta *delta)
{
	return delta->takes[TLS_1_2 - 0x0300] ||
	       delta->takes[TLS_1_2 - 0x0300 + 1];
}

static void tell_version(const struct telling *telling, struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	struct chk_arena *arena = telling->arena;
	bool usual = takes_usual_version(delta);

	*cause = (struct chk_cause){
		.id = CHK_FINDING_TLS_VERSION,
		.party = party_of(usual),
		.remedies = usual ? "tls.version/client" : "tls.version/server",
		.message = chk_words(
			arena, "%s takes %s; %s offers %s: with %s the "
			"handshake goes on", telling->peer,
			chk_cause_taken(arena, delta), chk_cause_client(delta),
			chk_cause_offered(arena, delta),
			chk_version_name(delta->version)),
	};
}

static struct want want_of(const struct telling *telling,
			   enum chk_dimension dimension)
{
	const struct chk_delta *delta = telling->delta;
	const struct chk_suite *suite = chk_suite_of(delta->suite);
	const struct chk_group *group = chk_group_of(delta->group);
	const struct chk_signature_scheme *scheme =
		chk_signature_scheme_of(delta->signature);

	if (dimension == CHK_DIMENSION_SUITE)
		return (struct want){ suite ? suite->name : NULL,
				      suite && suite->is_usual };
	if (dimension == CHK_DIMENSION_GROUP)
		return (struct want){ group ? group->name : NULL,
				      group && group->is_usual };
	return (struct want){ scheme ? scheme->name : NULL,
			      scheme && scheme->is_usual };
}

static const struct {
	enum chk_finding_id id;
	const char *plural, *client, *server;
} LISTS[CHK_DIMENSIONS] = {
	[CHK_DIMENSION_SUITE] = { CHK_FINDING_TLS_CIPHER, "cipher suites",
				  "tls.cipher/client", "tls.cipher/server" },
	[CHK_DIMENSION_GROUP] = { CHK_FINDING_TLS_GROUP, "groups",
				  "tls.group/client", "tls.group/server" },
	[CHK_DIMENSION_SIGNATURE] = { CHK_FINDING_TLS_SIGNATURE,
				      "signature schemes",
				      "tls.signature-algorithm/client",
				      "tls.signature-algorithm/server" },
};

static void tell_list(const struct telling *telling,
		      enum chk_dimension dimension, struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	struct chk_arena *arena = telling->arena;
	struct want want = want_of(telling, dimension);
	struct chk_hello hello = delta->hello;

	*cause = (struct chk_cause){
		.id = LISTS[dimension].id,
		.party = party_of(want.is_usual),
		.remedies = want.is_usual ? LISTS[dimension].client :
					    LISTS[dimension].server,
		.message = chk_words(
			arena, "%s goes on with none of the %zu %s that %s "
			"offers: with %s it does", telling->peer,
			chk_hello_ids(&hello, dimension)->count,
			LISTS[dimension].plural, chk_cause_client(delta),
			want.name ? want.name : "one that it lacks"),
	};
}

/* "TLS 1.2, a cipher suite and a group", of what is needed together. */
static const char *needed(const struct telling *telling)
{
	const struct chk_delta *delta = telling->delta;
	const char *text = NULL;

	for (enum chk_dimension i = 0; i < CHK_DIMENSION_EXTRAS; i++) {
		const char *one = i == CHK_DIMENSION_VERSION ?
			chk_version_name(delta->version) : LISTS[i].plural;

		if (delta->flips[i])
			text = text ? chk_words(telling->arena, "%s, %s", text,
						one) : one;
	}
	return text ? text : "everything that it sends along";
}

static void tell_together(const struct telling *telling,
			  struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	struct chk_arena *arena = telling->arena;
	const struct chk_answer *answer =
		chk_delta_answer(delta, delta->smallest);

	cause->message = chk_words(
		arena, "%s takes %s; %s offers %s, and lacks more than one "
		"thing: %s must change together (with %s the handshake goes "
		"on)", telling->peer, chk_cause_taken(arena, delta),
		chk_cause_client(delta), chk_cause_offered(arena, delta),
		needed(telling),
		answer ? chk_cause_answer(arena, answer) : "them");
}

static bool tell_change(const struct telling *telling, struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	enum chk_dimension first = 0;

	while (first < CHK_DIMENSION_EXTRAS && !delta->flips[first])
		first++;
	if (first == CHK_DIMENSION_EXTRAS)
		return false;
	if (first == CHK_DIMENSION_VERSION)
		tell_version(telling, cause);
	else
		tell_list(telling, first, cause);
	if (delta->together)
		tell_together(telling, cause);
	return true;
}

static bool tell_versions(const struct telling *telling,
			  struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	struct chk_arena *arena = telling->arena;

	*cause = (struct chk_cause){
		.id = CHK_FINDING_TLS_INTOLERANCE,
		.party = CHK_PARTY_SERVER,
		.remedies = "tls.intolerance/version",
		.message = chk_words(
			arena, "%s %s where more than %s is offered; to %s "
			"alone it goes on: it does not bear newer versions",
			telling->peer,
			chk_cause_answers(arena, chk_delta_answer(
						  delta, delta->baseline)),
			chk_version_name(delta->version),
			chk_version_name(delta->version)),
	};
	return true;
}

static bool tell_size(const struct telling *telling, struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	struct chk_arena *arena = telling->arena;

	*cause = (struct chk_cause){
		.id = CHK_FINDING_TLS_INTOLERANCE,
		.party = CHK_PARTY_NETWORK,
		.remedies = "tls.intolerance/size",
		.message = chk_words(
			arena, "%s goes on with a ClientHello of %zu bytes, "
			"and %s at one of %zu; that of %s has %zu",
			telling->peer, delta->size_taken,
			chk_cause_answers(arena, chk_delta_answer(
						  delta, delta->baseline)),
			delta->size_refused, chk_cause_client(delta),
			chk_hello_size(&delta->hello)),
	};
	return true;
}

static bool tell_extras(const struct telling *telling, struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	struct chk_arena *arena = telling->arena;

	*cause = (struct chk_cause){
		.id = delta->alpn ? CHK_FINDING_TLS_ALPN :
				    CHK_FINDING_TLS_INTOLERANCE,
		.party = CHK_PARTY_SERVER,
		.remedies = delta->alpn ? "tls.alpn" :
					  "tls.intolerance/extension",
		.message = chk_words(
			arena, "%s %s, and goes on %s", telling->peer,
			chk_cause_answers(arena, chk_delta_answer(
						  delta, delta->baseline)),
			delta->alpn ?
				"without ALPN: it has none of the protocols "
				"that are offered" :
				"where extensions that it need not know are "
				"left out"),
	};
	return true;
}

static bool tell_records(const struct telling *telling,
			 struct chk_cause *cause)
{
	*cause = (struct chk_cause){
		.id = CHK_FINDING_TLS_INTOLERANCE,
		.party = CHK_PARTY_NETWORK,
		.remedies = "tls.intolerance/name",
		.message = chk_words(
			telling->arena, "%s goes on where the ClientHello is "
			"split into several records: something on the way "
			"reads it and stops it", telling->peer),
	};
	return true;
}

static const char *asked_name(const struct telling *telling)
{
	return chk_words_escape(telling->arena,
				telling->delta->hello.server_name);
}

/*
 * Who refuses a name says so in an alert; a box that filters hangs up, or
 * answers in the server's stead.
 */
static bool tell_name(const struct telling *telling, struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	struct chk_arena *arena = telling->arena;
	const struct chk_answer *answer =
		chk_delta_answer(delta, delta->baseline);
	bool is_filter = delta->other_taken && answer->end != CHK_ANSWER_ALERT;
	const char *answers = chk_cause_answers(arena, answer);

	if (!delta->hello.server_name)
		*cause = (struct chk_cause){
			CHK_FINDING_TLS_SNI, CHK_PARTY_CLIENT,
			chk_words(arena, "%s %s without SNI, and goes on where "
				  "the name is sent", telling->peer, answers),
			"tls.sni/client",
		};
	else if (is_filter)
		*cause = (struct chk_cause){
			CHK_FINDING_TLS_INTOLERANCE, CHK_PARTY_NETWORK,
			chk_words(arena, "%s %s to SNI %s, and goes on with "
				  "SNI %s: something on the way filters by "
				  "name", telling->peer, answers,
				  asked_name(telling), delta->other_name),
			"tls.intolerance/name",
		};
	else
		*cause = (struct chk_cause){
			CHK_FINDING_TLS_SNI, CHK_PARTY_SERVER,
			chk_words(arena, "%s %s to SNI %s, and goes on %s: it "
				  "is not set up for that name", telling->peer,
				  answers, asked_name(telling),
				  delta->other_taken ? "with another name" :
						       "without SNI"),
			"tls.sni/server",
		};
	return true;
}

static bool tell_dh(const struct telling *telling, struct chk_cause *cause)
{
	const struct chk_delta *delta = telling->delta;
	unsigned bits = chk_delta_answer(delta, delta->baseline)->dh_bits;

	*cause = (struct chk_cause){
		.id = CHK_FINDING_TLS_WEAK_DH,
		.party = CHK_PARTY_SERVER,
		.remedies = delta->without_dh ? "tls.weak-dh/avoidable" :
						"tls.weak-dh",
		.message = chk_words(
			telling->arena, "%s uses a Diffie-Hellman prime of %u "
			"bits, which %s refuses%s", telling->peer, bits,
			chk_cause_client(delta),
			delta->without_dh ?
				"; without DHE suites it goes on" : ""),
	};
	return true;
}

bool chk_cause_find(const struct chk_delta *delta, const char *peer,
		    struct chk_arena *arena, struct chk_cause *cause)
{
	static bool (*const TELL[])(const struct telling *,
				    struct chk_cause *) = {
		[CHK_DELTA_SMALL_DH] = tell_dh,
		[CHK_DELTA_CHANGE] = tell_change,
		[CHK_DELTA_NAME] = tell_name,
		[CHK_DELTA_VERSIONS] = tell_versions,
		[CHK_DELTA_SIZE] = tell_size,
		[CHK_DELTA_EXTRAS] = tell_extras,
		[CHK_DELTA_RECORDS] = tell_records,
	};
	const struct telling telling = { delta, peer, arena };

	if (delta->end == CHK_DELTA_REFUSED)
		return chk_cause_of_refusals(delta, peer, arena, cause);
	return (size_t)delta->end < CHK_COUNT(TELL) && TELL[delta->end] &&
	       TELL[delta->end](&telling, cause);
}

struct facts {
	struct chk_evidence *items;
	size_t count;
};

static void add_fact(struct facts *facts, const char *name, const char *value)
{
	facts->items[facts->count++] = (struct chk_evidence){ name, value };
}

const struct chk_evidence *chk_cause_evidence(const struct chk_delta *delta,
					      struct chk_arena *arena,
					      size_t *count)
{
	const struct chk_hello *hello = &delta->hello;
	struct facts facts = {
		.items = chk_arena_array(arena, delta->count + 6,
					 sizeof(*facts.items)),
	};

	*count = 0;
	if (!facts.items)
		return NULL;
	add_fact(&facts, "offered versions", chk_cause_offered(arena, delta));
	add_fact(&facts, "offered suites",
		 chk_cause_list(arena, hello->suites, LIST_MAX,
				chk_cause_suite));
	add_fact(&facts, "offered groups",
		 chk_cause_list(arena, hello->groups, LIST_MAX,
				chk_cause_group));
	add_fact(&facts, "offered signatures",
		 chk_cause_list(arena, hello->signatures, LIST_MAX,
				chk_cause_scheme));
	add_fact(&facts, "the server takes", chk_cause_taken(arena, delta));
	add_fact(&facts, "ClientHellos put",
		 chk_words(arena, "%zu%s", delta->count,
			   delta->spent ? ", the most there may be" : ""));
	for (size_t i = 0; i < delta->count; i++)
		add_fact(&facts, "asked",
			 chk_words(arena, "%s: %s", delta->steps[i].what,
				   chk_cause_answer(arena, &delta->asked[i]
								.answer)));
	*count = facts.count;
	return facts.items;
}
