/*
 * tests/diagnosis/test_delta.c: the search for the smallest change, with
 * servers that are a few rules each.
 */
#include "support/test.h"

#include "diagnosis/cause.h"
#include "fetch/tls_names.h"

#define NAME "www.example.test"
#define SUITE_COUNT 8 /* a list of more is long */

/* What a server takes; zero is "any". */
struct rules {
	uint16_t min, max;
	uint16_t suite, group, signature; /* this one alone */
	bool is_signed;    /* it tells the signature */
	uint16_t prime;    /* a suite with a prime; preferred */
	unsigned dh_bits;
	size_t size;       /* bytes of a hello, at most */
	const char *name;  /* SNI that it wants */
	const char *never; /* SNI that it does not bear */
	bool no_alpn, no_versions, needs_parts;
	bool limps;        /* it hangs up on a long list of suites */
	int alert;         /* whatever is offered; -1: none */
	uint16_t answers;  /* this version whatever is offered */
	size_t asked;      /* counted */
	size_t most;       /* at once */
};

static bool has(struct chk_ids ids, uint16_t id)
{
	return chk_ids_have(ids, id);
}

static uint16_t version_of(const struct rules *rules,
			   const struct chk_hello *hello)
{
	uint16_t best = 0;

	if (rules->answers)
		return rules->answers;
	if (!hello->versions.count)
		best = hello->version < rules->max ? hello->version :
						     rules->max;
	for (size_t i = 0; i < hello->versions.count; i++) {
		uint16_t version = hello->versions.items[i];

		if (version >= rules->min && version <= rules->max &&
		    version > best)
			best = version;
	}
	return best >= rules->min ? best : 0;
}

/* A suite of that version; TLS 1.3 has its own. */
static uint16_t suite_of(const struct rules *rules,
			 const struct chk_hello *hello, uint16_t version)
{
	if (rules->prime && has(hello->suites, rules->prime))
		return rules->prime;
	for (size_t i = 0; i < hello->suites.count; i++) {
		const struct chk_suite *suite =
			chk_suite_of(hello->suites.items[i]);

		if (suite && suite->number != 0x00ff &&
		    (suite->min == 0x0304) == (version == 0x0304) &&
		    (!rules->suite || version == 0x0304 ||
		     suite->number == rules->suite))
			return suite->number;
	}
	return 0;
}

static bool bears(const struct rules *rules, const struct chk_hello *hello)
{
	const char *name = hello->server_name;

	return !(rules->size && chk_hello_size(hello) > rules->size) &&
	       !(rules->name && (!name || strcmp(name, rules->name) != 0)) &&
	       !(rules->never && name && strcmp(name, rules->never) == 0) &&
	       !(rules->no_alpn && hello->alpn) &&
	       !(rules->no_versions && hello->versions.count) &&
	       !(rules->needs_parts && !hello->split);
}

static void refuse(struct chk_answer *answer, int alert)
{
	answer->end = CHK_ANSWER_ALERT;
	answer->alert = alert;
}

static void answer(const struct rules *rules, struct chk_asked *asked)
{
	const struct chk_hello *hello = &asked->hello;
	struct chk_answer *answer = &asked->answer;

	answer->alert = answer->warning = -1;
	answer->why = "";
	answer->version = version_of(rules, hello);
	answer->suite = suite_of(rules, hello, answer->version);
	answer->group = rules->group;
	answer->signature = rules->is_signed ? rules->signature : 0;
	answer->dh_bits = answer->suite == rules->prime ? rules->dh_bits : 0;
	answer->end = CHK_ANSWER_HELLO;
	answer->has_renegotiation_info = true;
	if (!bears(rules, hello))
		answer->end = CHK_ANSWER_RESET;
	else if (rules->limps && hello->suites.count > SUITE_COUNT)
		answer->end = CHK_ANSWER_CLOSED;
	else if (rules->alert >= 0)
		refuse(answer, rules->alert);
	else if (!answer->version)
		refuse(answer, 70);
	else if (!answer->suite ||
		 (rules->group && !has(hello->groups, rules->group)) ||
		 (rules->signature && answer->version >= 0x0303 &&
		  !has(hello->signatures, rules->signature)))
		refuse(answer, 40);
}

static bool ask(void *self, struct chk_asked *asked, size_t count,
		struct chk_error *error)
{
	struct rules *rules = self;

	rules->asked += count;
	rules->most = count > rules->most ? count : rules->most;
	for (size_t i = 0; i < count; i++)
		answer(rules, &asked[i]);
	return true;
}

static const uint16_t NEW[] = { 0x0304, 0x0303 };
static const uint16_t SUITES[] = { 0x1301, 0x1302, 0xc02f, 0xc030, 0x009e };
static const uint16_t SUITES_OLD[] = { 0xc013, 0x002f, 0x0035 };
static const uint16_t GROUPS[] = { 0x001d, 0x0017 };
static const uint16_t SCHEMES[] = { 0x0804, 0x0403, 0x0401 };
static const char *const PROTOCOLS[] = { "h2", NULL };

static const struct chk_client MODERN = {
	.label = "this client", .runtime = "", .min = 0x0303, .max = 0x0304,
	.dh_min = 1024,
	.hello = { .version = 0x0303, .versions = { NEW, 2 },
		   .suites = { SUITES, 5 }, .groups = { GROUPS, 2 },
		   .signatures = { SCHEMES, 3 }, .key_shares = { GROUPS, 1 } },
};
static const struct chk_client OLD = {
	.label = "Java 7", .runtime = "java", .min = 0x0301, .max = 0x0301,
	.hello = { .version = 0x0301, .suites = { SUITES_OLD, 3 },
		   .groups = { GROUPS, 2 } },
};

/* Whatever is found: it was found within the limits. */
static void find(const struct chk_client *client, const char *name,
		 struct rules *rules, struct chk_delta *delta)
{
	const struct chk_delta_limits limits = { .hellos = CHK_DELTA_MAX };
	const struct chk_delta_server server = { ask, rules };
	struct chk_error error;

	*delta = (struct chk_delta){ 0 };
	assert_true(chk_delta_find(client, name, NAME, limits, &server, delta,
				   &error));
	assert_int_equal(delta->count, rules->asked);
	assert_true(delta->count <= CHK_DELTA_MAX);
	assert_false(delta->spent);
}

/* One dimension flips, and it is this one. */
static void flips(const struct chk_delta *delta, enum chk_dimension dimension)
{
	assert_int_equal(delta->end, CHK_DELTA_CHANGE);
	assert_false(delta->together);
	for (int i = 0; i < CHK_DIMENSIONS; i++)
		assert_int_equal(delta->flips[i], (int)dimension == i);
}

static void says(const struct chk_delta *delta, enum chk_finding_id id,
		 enum chk_party party, const char *part)
{
	struct chk_arena arena = { 0 };
	struct chk_cause cause;

	assert_true(chk_cause_find(delta, "a.test:443", &arena, &cause));
	assert_int_equal(cause.id, id);
	assert_int_equal(cause.party, party);
	assert_non_null(strstr(cause.message, part));
	assert_non_null(strstr(cause.message, "a.test:443"));
	chk_arena_clear(&arena);
}

static void what_is_taken_needs_no_change(void **state)
{
	struct rules rules = { .min = 0x0301, .max = 0x0304, .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_TAKEN);
	assert_int_equal(delta.count, 6);
	chk_delta_clear(&delta);
}

static void an_old_client_lacks_the_version(void **state)
{
	struct rules rules = { .min = 0x0303, .max = 0x0303, .alert = -1 };
	struct chk_delta delta;

	find(&OLD, NAME, &rules, &delta);
	flips(&delta, CHK_DIMENSION_VERSION);
	assert_int_equal(delta.version, 0x0303);
	says(&delta, CHK_FINDING_TLS_VERSION, CHK_PARTY_CLIENT,
	     "takes TLS 1.2 alone; Java 7 offers TLS 1.0: with TLS 1.2 the");
	chk_delta_clear(&delta);
}

static void an_old_server_lacks_the_version(void **state)
{
	struct rules rules = { .min = 0x0300, .max = 0x0302, .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.version, 0x0302);
	says(&delta, CHK_FINDING_TLS_VERSION, CHK_PARTY_SERVER,
	     "takes SSL 3.0, TLS 1.0 and TLS 1.1; this client offers TLS 1.2 "
	     "and TLS 1.3: with TLS 1.1 ");
	chk_delta_clear(&delta);
}

static void a_version_that_was_not_offered_is_none(void **state)
{
	struct rules rules = { .max = 0x0300, .answers = 0x0300, .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.version, 0x0300);
	says(&delta, CHK_FINDING_TLS_VERSION, CHK_PARTY_SERVER,
	     "takes SSL 3.0 alone");
	chk_delta_clear(&delta);
}

static void one_suite_is_missing(void **state)
{
	struct rules rules = { .min = 0x0303, .max = 0x0303, .suite = 0x002f,
			       .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	flips(&delta, CHK_DIMENSION_SUITE);
	assert_int_equal(delta.suite, 0x002f);
	says(&delta, CHK_FINDING_TLS_CIPHER, CHK_PARTY_SERVER,
	     "none of the 5 cipher suites that this client offers: with "
	     "TLS_RSA_WITH_AES_128_CBC_SHA it does");
	chk_delta_clear(&delta);
}

static void the_client_lacks_a_usual_suite(void **state)
{
	struct rules rules = { .min = 0x0301, .max = 0x0303, .suite = 0xc02f,
			       .alert = -1 };
	struct chk_delta delta;

	find(&OLD, NAME, &rules, &delta);
	assert_int_equal(delta.suite, 0xc02f);
	says(&delta, CHK_FINDING_TLS_CIPHER, CHK_PARTY_CLIENT,
	     "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
	chk_delta_clear(&delta);
}

static void one_group_is_missing(void **state)
{
	struct rules rules = { .min = 0x0303, .max = 0x0304, .group = 0x001a,
			       .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	flips(&delta, CHK_DIMENSION_GROUP);
	assert_int_equal(delta.group, 0x001a);
	says(&delta, CHK_FINDING_TLS_GROUP, CHK_PARTY_SERVER,
	     "with brainpoolP256r1 it does");
	chk_delta_clear(&delta);
}

/* In TLS 1.3 nobody sees what the server would have signed with. */
static void a_scheme_is_found_whether_it_is_told_or_not(void **state)
{
	for (int is_signed = 0; is_signed < 2; is_signed++) {
		struct rules rules = { .min = 0x0303, .max = 0x0303,
				       .signature = 0x0201, .alert = -1,
				       .is_signed = is_signed };
		struct chk_delta delta;

		find(&MODERN, NAME, &rules, &delta);
		flips(&delta, CHK_DIMENSION_SIGNATURE);
		assert_int_equal(delta.signature, 0x0201);
		says(&delta, CHK_FINDING_TLS_SIGNATURE, CHK_PARTY_SERVER,
		     "with rsa_pkcs1_sha1 it does");
		chk_delta_clear(&delta);
	}
}

static void two_things_at_once(void **state)
{
	struct rules rules = { .min = 0x0303, .max = 0x0303, .suite = 0x002f,
			       .group = 0x001a, .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_CHANGE);
	assert_true(delta.together);
	assert_true(delta.flips[CHK_DIMENSION_SUITE]);
	assert_true(delta.flips[CHK_DIMENSION_GROUP]);
	assert_false(delta.flips[CHK_DIMENSION_VERSION]);
	assert_false(delta.flips[CHK_DIMENSION_SIGNATURE]);
	says(&delta, CHK_FINDING_TLS_CIPHER, CHK_PARTY_SERVER,
	     "cipher suites, groups must change together");
	chk_delta_clear(&delta);
}

static void newer_versions_are_not_borne(void **state)
{
	struct rules rules = { .min = 0x0301, .max = 0x0303,
			       .no_versions = true, .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_VERSIONS);
	assert_int_equal(delta.version, 0x0303);
	says(&delta, CHK_FINDING_TLS_INTOLERANCE, CHK_PARTY_SERVER,
	     "resets the connection where more than TLS 1.2 is offered");
	chk_delta_clear(&delta);
}

static void the_border_of_sizes_is_found(void **state)
{
	struct chk_client large = MODERN;

	large.hello.size = 1700;
	for (size_t border = 290; border < 1700; border += 313) {
		struct rules rules = { .min = 0x0301, .max = 0x0304,
				       .size = border, .alert = -1 };
		struct chk_delta delta;

		find(&large, NAME, &rules, &delta);
		assert_int_equal(delta.end, CHK_DELTA_SIZE);
		assert_int_equal(delta.size_taken, border);
		assert_int_equal(delta.size_refused, border + 1);
		says(&delta, CHK_FINDING_TLS_INTOLERANCE, CHK_PARTY_NETWORK,
		     "that of this client has 1700");
		chk_delta_clear(&delta);
	}
}

static void names(struct rules rules, const char *name, enum chk_finding_id id,
		  enum chk_party party, const char *part)
{
	struct chk_delta delta;

	rules.min = 0x0301;
	rules.max = 0x0304;
	rules.alert = -1;
	find(&MODERN, name, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_NAME);
	says(&delta, id, party, part);
	chk_delta_clear(&delta);
}

static void the_name_is_what_it_is(void **state)
{
	names((struct rules){ .never = NAME }, NAME,
	      CHK_FINDING_TLS_INTOLERANCE, CHK_PARTY_NETWORK,
	      "goes on with SNI example.com");
	names((struct rules){ .name = NAME }, NULL, CHK_FINDING_TLS_SNI,
	      CHK_PARTY_CLIENT, "without SNI, and goes on where the name");
}

static void alpn_is_what_it_is(void **state)
{
	struct rules rules = { .min = 0x0301, .max = 0x0304, .no_alpn = true,
			       .alert = -1 };
	struct chk_client client = MODERN;
	struct chk_delta delta;

	client.hello.alpn = PROTOCOLS;
	find(&client, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_EXTRAS);
	assert_true(delta.alpn);
	says(&delta, CHK_FINDING_TLS_ALPN, CHK_PARTY_SERVER, "without ALPN");
	chk_delta_clear(&delta);
}

static void records_are_what_it_is(void **state)
{
	struct rules rules = { .min = 0x0301, .max = 0x0304,
			       .needs_parts = true, .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_RECORDS);
	says(&delta, CHK_FINDING_TLS_INTOLERANCE, CHK_PARTY_NETWORK,
	     "split into several records");
	chk_delta_clear(&delta);
}

static void a_short_prime_is_the_servers(void **state)
{
	struct rules rules = { .min = 0x0303, .max = 0x0303, .prime = 0x009e,
			       .dh_bits = 768, .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_SMALL_DH);
	assert_true(delta.without_dh);
	says(&delta, CHK_FINDING_TLS_WEAK_DH, CHK_PARTY_SERVER,
	     "a Diffie-Hellman prime of 768 bits, which this client refuses; "
	     "without DHE suites it goes on");
	chk_delta_clear(&delta);
}

static void one_alert_to_all_proves_nothing_more(void **state)
{
	struct rules rules = { .min = 0x0301, .max = 0x0304, .alert = 40 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_REFUSED);
	says(&delta, CHK_FINDING_ALERT, CHK_PARTY_SERVER,
	     "alert 40 (handshake_failure), to every ClientHello");
	chk_delta_clear(&delta);
}

/* Versions are told apart, and no suite will do. */
static void without_a_certificate_no_suite_will_do(void **state)
{
	struct rules rules = { .min = 0x0303, .max = 0x0303, .suite = 0xffff,
			       .alert = -1 };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_REFUSED);
	says(&delta, CHK_FINDING_TLS_CIPHER, CHK_PARTY_SERVER,
	     "no certificate for any cipher suite");
	chk_delta_clear(&delta);
}

/* No version was told from another. */
static void answers_that_differ_by_chance_prove_nothing(void **state)
{
	struct rules rules = { .min = 0x0301, .max = 0x0304, .alert = 40,
			       .limps = true };
	struct chk_delta delta;

	find(&MODERN, NAME, &rules, &delta);
	assert_int_equal(delta.end, CHK_DELTA_REFUSED);
	says(&delta, CHK_FINDING_ALERT, CHK_PARTY_SERVER,
	     "answers with alert 40 (handshake_failure): whatever");
	chk_delta_clear(&delta);
}

static void no_more_is_put_than_may_be(void **state)
{
	struct rules rules = { .min = 0x0303, .max = 0x0303,
			       .signature = 0x0201, .alert = -1 };
	const struct chk_delta_server server = { ask, &rules };

	for (size_t limit = 0; limit < 20; limit++) {
		struct chk_delta delta = { 0 };
		struct chk_error error;

		rules.asked = 0;
		assert_true(chk_delta_find(
			&MODERN, NAME, NAME,
			(struct chk_delta_limits){ .hellos = limit }, &server,
			&delta, &error));
		assert_true(rules.asked <= limit);
		assert_true(delta.spent || delta.signature == 0x0201);
		chk_delta_clear(&delta);
	}
}

static void where_no_tls_is_spoken_names_alone_are_tried(void **state)
{
	struct rules rules = { .min = 0x0301, .max = 0x0304, .size = 1,
			       .alert = -1 };
	const struct chk_delta_server server = { ask, &rules };
	const struct chk_delta_limits limits = { .hellos = CHK_DELTA_MAX,
						 .names_only = true };
	struct chk_delta delta = { 0 };
	struct chk_error error;

	assert_true(chk_delta_find(&MODERN, NAME, NAME, limits, &server,
				   &delta, &error));
	assert_int_equal(delta.end, CHK_DELTA_REFUSED);
	assert_int_equal(rules.asked, 3);
	chk_delta_clear(&delta);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_needs_no_change),
		cmocka_unit_test(an_old_client_lacks_the_version),
		cmocka_unit_test(an_old_server_lacks_the_version),
		cmocka_unit_test(a_version_that_was_not_offered_is_none),
		cmocka_unit_test(one_suite_is_missing),
		cmocka_unit_test(the_client_lacks_a_usual_suite),
		cmocka_unit_test(one_group_is_missing),
		cmocka_unit_test(a_scheme_is_found_whether_it_is_told_or_not),
		cmocka_unit_test(two_things_at_once),
		cmocka_unit_test(newer_versions_are_not_borne),
		cmocka_unit_test(the_border_of_sizes_is_found),
		cmocka_unit_test(the_name_is_what_it_is),
		cmocka_unit_test(alpn_is_what_it_is),
		cmocka_unit_test(records_are_what_it_is),
		cmocka_unit_test(a_short_prime_is_the_servers),
		cmocka_unit_test(one_alert_to_all_proves_nothing_more),
		cmocka_unit_test(without_a_certificate_no_suite_will_do),
		cmocka_unit_test(answers_that_differ_by_chance_prove_nothing),
		cmocka_unit_test(no_more_is_put_than_may_be),
		cmocka_unit_test(where_no_tls_is_spoken_names_alone_are_tried),
	};

	return cmocka_run_group_tests_name("diagnosis/delta", tests, NULL, NULL);
}
