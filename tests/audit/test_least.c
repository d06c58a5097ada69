/* tests/audit/test_least.c: lib/audit/least.c. */
#include "support/test.h"

#include <chaincheck/audit.h>

#include "support/made.h"

static const struct recipe A = { .subject = "A", .ca = true };
static const struct recipe B = { .subject = "B", .key = 1, .issuer_key = 1, .ca = true };
static const struct recipe C = { .subject = "C", .key = 2, .issuer_key = 2, .ca = true };
static const struct recipe UNDER_A = { .subject = "a", .key = 3,
				       .issuer = "A", .dns = "a.test" };
static const struct recipe UNDER_B = { .subject = "b", .key = 4,
				       .issuer = "B", .issuer_key = 1,
				       .dns = "b.test" };
static const struct recipe UNDER_D = { .subject = "d", .key = 5,
				       .issuer = "D", .issuer_key = 6,
				       .dns = "d.test" };
/* A again, by B: with it what is under A is served by B as well. */
static const struct recipe A_BY_B = { .subject = "A", .issuer = "B",
				      .issuer_key = 1, .ca = true };

static struct chk_chain *chain_of(const struct recipe *const *recipes)
{
	struct chk_chain *chain = chk_chain_new();

	for (; *recipes; recipes++) {
		struct chk_cert *cert = make_cert(*recipes);

		assert_true(chk_chain_add(chain, cert, "c", NULL));
		chk_cert_unref(cert);
	}
	return chain;
}

#define CHAIN(...) chain_of((const struct recipe *const[]){ __VA_ARGS__, NULL })

static struct chk_store *make_store(void)
{
	struct chk_chain *chain = CHAIN(&A, &B, &C);
	struct chk_store *store = chk_store_new("s");

	for (size_t i = 0; i < chk_chain_count(chain); i++)
		assert_true(chk_store_add(store, chk_chain_get(chain, i),
					  CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED,
					  "s", NULL));
	chk_chain_free(chain);
	return store;
}

static struct chk_least *least_of(const struct chk_store *store,
				  struct chk_chain *const *chains, size_t count)
{
	const struct chk_audit_question question = { .at = MADE_NOW,
						     .at_set = true };
	struct chk_least_host hosts[4] = { { NULL } };
	struct chk_least *least;

	for (size_t i = 0; i < count; i++)
		hosts[i].chain = chains[i];
	assert_true(chk_least_new(store, hosts, count, &question, &least,
				  NULL));
	return least;
}

static void what_no_host_uses_is_left_out(void **state)
{
	struct chk_store *store = make_store();
	struct chk_chain *chains[] = { CHAIN(&UNDER_A), CHAIN(&UNDER_B),
				       CHAIN(&UNDER_D) };
	struct chk_least *least = least_of(store, chains, 3);

	assert_int_equal(chk_least_count(least), 2);
	assert_true(chk_least_serves(least, 0, 0));
	assert_true(chk_least_serves(least, 1, 1));
	assert_false(chk_least_serves(least, 0, 1));
	assert_false(chk_least_serves(least, 0, 2));
	assert_false(chk_least_serves(least, 1, 2));
	assert_false(chk_least_serves(least, 2, 0));
	assert_null(chk_least_anchor(least, 2));
	chk_least_free(least);
	for (size_t i = 0; i < 3; i++)
		chk_chain_free(chains[i]);
	chk_store_free(store);
}

static void what_others_serve_as_well_is_left_out(void **state)
{
	struct chk_store *store = make_store();
	struct chk_chain *chains[] = { CHAIN(&UNDER_A, &A_BY_B),
				       CHAIN(&UNDER_B) };
	struct chk_least *least = least_of(store, chains, 2);

	assert_int_equal(chk_least_count(least), 1);
	assert_true(chk_least_serves(least, 0, 0));
	assert_true(chk_least_serves(least, 0, 1));
	chk_least_free(least);
	chk_chain_free(chains[0]);
	chk_chain_free(chains[1]);
	chk_store_free(store);
}

static void without_hosts_nothing_is_needed(void **state)
{
	struct chk_store *store = make_store();
	struct chk_chain *empty[] = { chk_chain_new() };
	struct chk_least *least = least_of(store, NULL, 0);

	assert_int_equal(chk_least_count(least), 0);
	chk_least_free(least);
	least = least_of(store, empty, 1);
	assert_int_equal(chk_least_count(least), 0);
	chk_least_free(least);
	chk_least_free(NULL);
	chk_chain_free(empty[0]);
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_no_host_uses_is_left_out),
		cmocka_unit_test(what_others_serve_as_well_is_left_out),
		cmocka_unit_test(without_hosts_nothing_is_needed),
	};

	return cmocka_run_group_tests(tests, NULL, forget_made);
}
