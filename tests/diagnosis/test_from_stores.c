/* tests/diagnosis/test_from_stores.c: lib/diagnosis/from_stores.c. */
#include "support/test.h"

#include <stdlib.h>

#include <chaincheck/verify.h>

#include "diagnosis/report.h"
#include "store/store.h"
#include "support/made.h"

static struct chk_cert *root;
static struct chk_chain *chain;
static struct chk_store *store;
static struct chk_report *report;

static int begin(void **state)
{
	root = make_cert(&(struct recipe){ .subject = "Root", .ca = true });
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(root);
	forget_keys();
	return 0;
}

static int set_up(void **state)
{
	chain = chk_chain_new();
	store = chk_store_new("jks:a.jks");
	assert_true(chk_chain_add(chain, root, "sent", NULL));
	return 0;
}

static int tear_down(void **state)
{
	chk_report_free(report);
	chk_store_free(store);
	chk_chain_free(chain);
	report = NULL;
	return 0;
}

static void trust_root(void)
{
	assert_true(chk_store_add(store, root, CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "a.jks: alias root",
				  NULL));
}

static void ask(void)
{
	const struct chk_store *stores[] = { store };
	const struct chk_question question = {
		.stores = stores, .store_count = 1, .at_set = true,
		.at = MADE_NOW };

	assert_true(chk_verify(chain, &question, &report, NULL));
}

/* The `n`th finding of this code; NULL: there is none. */
static const struct chk_finding *find(const char *code, size_t n)
{
	for (size_t i = 0; i < chk_report_finding_count(report); i++) {
		const struct chk_finding *finding =
			chk_report_finding(report, i);

		if (strcmp(finding->code, code) == 0 && n-- == 0)
			return finding;
	}
	return NULL;
}

static void traps_of_one_code_are_one_finding(void **state)
{
	const struct chk_finding *finding;

	trust_root();
	assert_true(chk_store_trap_add(store, "store.java-empty", "a.p12",
				       "first"));
	assert_true(chk_store_trap_add(store, "store.override", "b", "other"));
	assert_true(chk_store_trap_add(store, "store.java-empty", "c.p12",
				       "second"));
	ask();
	finding = find("store.java-empty", 0);
	assert_non_null(finding);
	assert_string_equal(finding->message, "a.p12: first");
	assert_int_equal(finding->evidence_count, 2);
	assert_string_equal(finding->evidence[1].name, "c.p12");
	assert_string_equal(finding->evidence[1].value, "second");
	assert_true(finding->remedy_count > 0);
	assert_null(find("store.java-empty", 1));
	assert_non_null(find("store.override", 0));
}

static void a_trap_does_not_change_the_verdict(void **state)
{
	trust_root();
	assert_true(chk_store_trap_add(store, "store.password", "a", "b"));
	ask();
	assert_int_equal(chk_report_verdict(report), CHK_VERDICT_TRUSTED);
	assert_int_equal(find("store.password", 0)->severity,
			 CHK_SEVERITY_NOTE);
}

static void a_trap_of_no_known_code_is_left_out(void **state)
{
	trust_root();
	assert_true(chk_store_trap_add(store, "store.nonsense", "a", "b"));
	ask();
	assert_null(find("store.nonsense", 0));
}

static void an_empty_store_is_told(void **state)
{
	ask();
	assert_non_null(find("store.empty", 0));
}

static void notes_are_told_where_trust_was_not_found(void **state)
{
	struct chk_cert *other =
		make_cert(&(struct recipe){ .subject = "Other", .key = 1,
					    .ca = true });

	assert_true(chk_store_add(store, other, CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "a", NULL));
	assert_true(chk_store_note_add(store, "a.jks", "passed over"));
	ask();
	assert_non_null(find("store.malformed", 0));
	chk_cert_unref(other);
}

static void notes_are_not_told_where_it_was(void **state)
{
	trust_root();
	assert_true(chk_store_note_add(store, "a.jks", "passed over"));
	ask();
	assert_null(find("store.malformed", 0));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(traps_of_one_code_are_one_finding),
		CASE(a_trap_does_not_change_the_verdict),
		CASE(a_trap_of_no_known_code_is_left_out),
		CASE(an_empty_store_is_told),
		CASE(notes_are_told_where_trust_was_not_found),
		CASE(notes_are_not_told_where_it_was),
	};

	return cmocka_run_group_tests_name("diagnosis/from_stores", tests,
					   begin, end);
}
