/* tests/audit/test_audit.c: lib/audit/audit.c and findings.c. */
#include "support/test.h"

#include <stdlib.h>

#include <chaincheck/audit.h>

#include "base/buffer.h"
#include "support/made.h"
#include "support/scratch.h"

static const struct recipe LEAF = { .subject = "www", .key = 2,
				    .issuer = "Inter", .issuer_key = 1,
				    .dns = "www.example.test",
				    .usage = "1.3.6.1.5.5.7.3.1",
				    .not_before = 1769904000,
				    .not_after = 1777593600 };
static const struct recipe INTER = { .subject = "Inter", .key = 1,
				     .issuer = "Root", .ca = true };
static const struct recipe ROOT = { .subject = "Root", .ca = true };
static const struct recipe OLD = { .subject = "Old", .key = 3, .issuer_key = 3, .ca = true,
				   .not_after = 1600000000 };

static const struct chk_audit_question NOW = { .at = MADE_NOW,
					       .at_set = true };

static char *text_of(const struct recipe *const *recipes)
{
	struct chk_buffer text = { 0 };

	for (; *recipes; recipes++) {
		struct chk_cert *cert = make_cert(*recipes);
		char *pem = pem_of(cert);

		chk_buffer_text(&text, pem);
		free(pem);
		chk_cert_unref(cert);
	}
	return chk_buffer_steal(&text);
}

#define TEXT(...) text_of((const struct recipe *const[]){ __VA_ARGS__, NULL })

static struct chk_audited *audit(const char *text,
				 const struct chk_audit_question *question)
{
	struct chk_audited *audited;

	assert_true(chk_audit_bytes(chk_bytes_text(text), "b.pem", question,
				    &audited, NULL));
	return audited;
}

static void findings_stand_by_severity_and_then_by_line(void **state)
{
	char *text = TEXT(&INTER, &LEAF, &OLD, &INTER);
	struct chk_audit_question question = NOW;
	struct chk_audited *audited;
	const struct chk_audit_finding *last = NULL, *found;

	question.as = CHK_BUNDLE_SERVER;
	audited = audit(text, &question);
	assert_true(chk_audited_finding_count(audited) >= 3);
	for (size_t i = 0; (found = chk_audited_finding(audited, i)); i++) {
		if (last) {
			assert_true(last->finding.severity >=
				    found->finding.severity);
			if (last->finding.severity == found->finding.severity)
				assert_true(last->line <= found->line);
		}
		assert_int_equal(found->finding.primary, i == 0);
		assert_string_equal(found->path, "b.pem");
		last = found;
	}
	found = chk_audited_finding(audited, 0);
	assert_string_equal(found->finding.code, "bundle.order");
	assert_int_equal(found->line, 1);
	assert_non_null(found->finding.about.cert);
	chk_audited_free(audited);
	free(text);
}

static void a_good_chain_has_no_findings_for_who_has_its_root(void **state)
{
	char *text = TEXT(&LEAF, &INTER);
	struct chk_store *store = chk_store_new("root");
	struct chk_cert *root = make_cert(&ROOT);
	const struct chk_audit_client client = { .name = "root",
						 .store = store };
	struct chk_audit_question question = NOW;
	struct chk_audited *audited;

	assert_true(chk_store_add(store, root, CHK_PURPOSE_ANY,
				  CHK_TRUST_TRUSTED, "r", NULL));
	question.clients = &client;
	question.client_count = 1;
	audited = audit(text, &question);
	assert_int_equal(chk_audited_bundle(audited), CHK_BUNDLE_SERVER);
	assert_int_equal(chk_audited_cert_count(audited), 2);
	assert_int_equal(chk_audited_finding_count(audited), 0);
	chk_audited_free(audited);
	chk_cert_unref(root);
	chk_store_free(store);
	free(text);
}

/* Nobody's trust is taken for granted. */
static void without_clients_the_issuer_is_asked_for(void **state)
{
	char *text = TEXT(&LEAF, &INTER);
	struct chk_audited *audited = audit(text, &NOW);

	assert_int_equal(chk_audited_finding_count(audited), 1);
	assert_string_equal(chk_audited_finding(audited, 0)->finding.code,
			    "bundle.issuer-unknown");
	chk_audited_free(audited);
	free(text);
}

static void what_is_nothing_is_a_finding_and_no_error(void **state)
{
	static const char *const TEXTS[] = { "", "words", "\x30\x03\x02\x01",
					     "-----BEGIN " };

	for (size_t i = 0; i < CHK_COUNT(TEXTS); i++) {
		struct chk_audited *audited = audit(TEXTS[i], &NOW);

		assert_int_equal(chk_audited_bundle(audited),
				 CHK_BUNDLE_UNKNOWN);
		assert_int_equal(chk_audited_finding_count(audited), 1);
		assert_string_equal(
			chk_audited_finding(audited, 0)->finding.code,
			"bundle.unknown");
		chk_audited_free(audited);
	}
}

static void a_file_that_is_not_there_is_an_error(void **state)
{
	struct chk_audited *audited;
	struct chk_error error;

	assert_false(chk_audit_file("/nowhere/b.pem", &NOW, &audited, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	assert_null(audited);
	chk_audited_free(NULL);
}

static void what_is_asked_for_overrides_what_it_seems(void **state)
{
	char *text = TEXT(&LEAF, &INTER);
	struct chk_audit_question question = NOW;
	struct chk_audited *audited;

	question.as = CHK_BUNDLE_CA;
	audited = audit(text, &question);
	assert_int_equal(chk_audited_bundle(audited), CHK_BUNDLE_CA);
	assert_string_equal(chk_audited_finding(audited, 0)->finding.code,
			    "bundle.not-a-ca");
	chk_audited_free(audited);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_stand_by_severity_and_then_by_line),
		cmocka_unit_test(
			a_good_chain_has_no_findings_for_who_has_its_root),
		cmocka_unit_test(without_clients_the_issuer_is_asked_for),
		cmocka_unit_test(what_is_nothing_is_a_finding_and_no_error),
		cmocka_unit_test(a_file_that_is_not_there_is_an_error),
		cmocka_unit_test(what_is_asked_for_overrides_what_it_seems),
	};

	return cmocka_run_group_tests(tests, NULL, forget_made);
}
