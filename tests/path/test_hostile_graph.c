/*
 * tests/path/test_hostile_graph.c: certificates arranged so that a search
 * would never end, through the whole library: it ends within its budget, says
 * so, and trusts nothing.
 */
#include "support/test.h"

#include <stdio.h>
#include <time.h>

#include <chaincheck.h>

#include "support/made.h"

#define CAS 30

static void name_of(char name[16], int i)
{
	snprintf(name, 16, "CA %d", i);
}

static void add(struct chk_chain *chain, const struct recipe *recipe)
{
	struct chk_cert *cert = make_cert(recipe);

	assert_true(chk_chain_add(chain, cert, "peer", NULL));
	chk_cert_unref(cert);
}

static void add_leaf(struct chk_chain *chain)
{
	add(chain, &(struct recipe){ .subject = "leaf", .key = CAS,
				     .issuer = "CA 0", .issuer_key = 0,
				     .dns = "www.example.test" });
}

/*
 * Every CA cross-signed by every other, and none of them an anchor. `dns` is a
 * name that each of them has, or NULL.
 */
static struct chk_chain *make_graph(int cas, const char *dns)
{
	struct chk_chain *chain = chk_chain_new();
	char subject[16], issuer[16];

	add_leaf(chain);
	for (int i = 0; i < cas; i++) {
		for (int j = 0; j < cas; j++) {
			if (i == j)
				continue;
			name_of(subject, i);
			name_of(issuer, j);
			add(chain, &(struct recipe){
				.subject = subject, .key = i,
				.issuer = issuer, .issuer_key = j,
				.ca = true, .dns = dns });
		}
	}
	return chain;
}

static bool says(const struct chk_report *report, const char *code)
{
	for (size_t i = 0; i < chk_report_finding_count(report); i++) {
		if (strcmp(chk_report_finding(report, i)->code, code) == 0)
			return true;
	}
	return false;
}

static void cas_that_cross_sign_each_other_end_at_the_budget(void **state)
{
	struct chk_chain *chain = make_graph(CAS, NULL);
	struct chk_store *store = chk_store_new("empty");
	const struct chk_store *stores[] = { store };
	const struct chk_question question = {
		.stores = stores, .store_count = 1,
		.host = "www.example.test", .at_set = true, .at = MADE_NOW,
	};
	struct chk_report *report;
	clock_t start = clock();

	assert_true(chk_verify(chain, &question, &report, NULL));
	/* One second is the promise; sanitizers and valgrind are slower. */
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
	print_message("# %.0f ms\n",
		      1e3 * (double)(clock() - start) / CLOCKS_PER_SEC);
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	assert_true(chk_report_limits(report).spent);
	assert_true(chk_report_limits(report).signatures <=
		    chk_report_limits(report).max_signatures);
	assert_true(chk_report_limits(report).steps <=
		    chk_report_limits(report).max_steps);
	assert_true(says(report, "chain.search-limit"));
	chk_report_free(report);
	chk_store_free(store);
	chk_chain_free(chain);
}

/*
 * A node costs what its certificate is long: without that the same graph took
 * ten seconds where each CA had 300,000 bytes of names.
 */
static void long_certificates_end_it_sooner(void **state)
{
	static char name[100 * 1024];
	struct chk_chain *chain;
	struct chk_store *store = chk_store_new("empty");
	const struct chk_store *stores[] = { store };
	const struct chk_question question = {
		.stores = stores, .store_count = 1,
		.at_set = true, .at = MADE_NOW,
	};
	struct chk_report *report;

	memset(name, 'a', sizeof(name) - 1);
	chain = make_graph(8, name);
	assert_true(chk_verify(chain, &question, &report, NULL));
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	assert_true(chk_report_limits(report).spent);
	assert_true(says(report, "chain.search-limit"));
	/* 250,000 comparisons of 256 bytes each, less what two names take. */
	assert_true(chk_report_limits(report).steps < 1000);
	assert_false(says(report, "trust.issuer-unknown"));
	chk_report_free(report);
	chk_store_free(store);
	chk_chain_free(chain);
}

/* Small enough to be looked through: then what is missing is said. */
static void a_small_circle_is_looked_through(void **state)
{
	struct chk_chain *chain = make_graph(3, NULL);
	struct chk_store *store = chk_store_new("empty");
	const struct chk_store *stores[] = { store };
	const struct chk_question question = {
		.stores = stores, .store_count = 1,
		.at_set = true, .at = MADE_NOW,
	};
	struct chk_report *report;

	assert_true(chk_verify(chain, &question, &report, NULL));
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_UNTRUSTED);
	assert_true(says(report, "trust.anchor-missing"));
	/* Never more than there are edges: 6 among the CAs, 1 to the leaf. */
	assert_true(chk_report_limits(report).signatures <= 7);
	chk_report_free(report);
	chk_store_free(store);
	chk_chain_free(chain);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			cas_that_cross_sign_each_other_end_at_the_budget),
		cmocka_unit_test(long_certificates_end_it_sooner),
		cmocka_unit_test(a_small_circle_is_looked_through),
	};

	return cmocka_run_group_tests_name("path/hostile_graph", tests, NULL,
					   forget_made);
}
