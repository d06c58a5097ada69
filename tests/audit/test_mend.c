/* tests/audit/test_mend.c: lib/audit/mend.c and mend_changes.c. */
#include "support/test.h"

#include <stdlib.h>

#include <chaincheck/audit.h>

#include "base/buffer.h"
#include "support/made.h"
#include "support/scratch.h"

#define SERVER .usage = "1.3.6.1.5.5.7.3.1", .not_before = 1769904000, \
	       .not_after = 1777593600
static const struct recipe LEAF = { .subject = "www", .key = 2,
				    .issuer = "Inter", .issuer_key = 1,
				    .dns = "www.example.test", SERVER };
static const struct recipe INTER = { .subject = "Inter", .key = 1,
				     .issuer = "Root", .ca = true };
static const struct recipe ROOT = { .subject = "Root", .ca = true };
static const struct recipe OLD = { .subject = "Old", .key = 3, .issuer_key = 3, .ca = true,
				   .not_after = 1600000000 };
/* The root again, by another; and the intermediate by a wrong key. */
static const struct recipe BRIDGE = { .subject = "Root", .issuer = "Other",
				      .issuer_key = 4, .ca = true };
static const struct recipe OTHER = { .subject = "Other", .key = 4, .issuer_key = 4,
				     .ca = true };
static const struct recipe FALSE_INTER = { .subject = "Inter", .key = 5,
					   .issuer = "Root", .ca = true };

static char *text_of(const struct recipe *const *recipes)
{
	struct chk_buffer text = { 0 };

	chk_buffer_text(&text, "");
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

/* Of each certificate made anew the signature is another: names are told. */
static char *names_of(const char *pem)
{
	struct chk_chain *chain = chk_chain_new();
	struct chk_buffer names = { 0 };

	chk_buffer_text(&names, "");
	assert_true(chk_chain_read_bytes(chain, chk_bytes_text(pem), "m", NULL));
	for (size_t i = 0; i < chk_chain_count(chain); i++) {
		char *name = chk_cert_subject(chk_chain_get(chain, i));

		chk_buffer_format(&names, "%s ", name);
		free(name);
	}
	chk_chain_free(chain);
	return chk_buffer_steal(&names);
}

static const struct chk_audit_question MEND = { .at = MADE_NOW,
						.at_set = true, .mend = true };

static struct chk_audited *audit(const char *text,
				 const struct chk_audit_question *question)
{
	struct chk_audited *audited;

	assert_true(chk_audit_bytes(chk_bytes_text(text), "b.pem", question,
				    &audited, NULL));
	return audited;
}

static void expect(const char *text, const struct chk_audit_question *question,
		   const char *names, size_t changes)
{
	struct chk_audited *audited = audit(text, question);
	char *mended, *found;
	bool secret;

	assert_true(chk_audited_mended(audited, CHK_MENDED_WHOLE, &mended,
				       &secret, NULL));
	found = names_of(mended);
	assert_string_equal(found, names);
	assert_int_equal(chk_audited_change_count(audited), changes);
	assert_false(secret);
	free(found);
	free(mended);
	chk_audited_free(audited);
}

static void a_chain_is_put_in_order_without_surplus(void **state)
{
	char *good = TEXT(&LEAF, &INTER), *mess = TEXT(&ROOT, &INTER, &OLD,
						       &LEAF);

	expect(good, &MEND, "CN=www CN=Inter ", 0);
	expect(mess, &MEND, "CN=www CN=Inter ", 3);
	free(good);
	free(mess);
}

static void it_is_made_whole_of_what_is_at_hand_and_of_nothing_else(
	void **state)
{
	char *alone = TEXT(&LEAF), *pool = TEXT(&FALSE_INTER, &INTER, &ROOT);
	struct chk_chain *chain = chk_chain_new();
	struct chk_audit_question question = MEND;

	question.as = CHK_BUNDLE_SERVER;
	expect(alone, &question, "CN=www ", 0);
	assert_true(chk_chain_read_bytes(chain, chk_bytes_text(pool), "p",
					 NULL));
	question.untrusted = chain;
	expect(alone, &question, "CN=www CN=Inter ", 1);
	chk_chain_free(chain);
	free(alone);
	free(pool);
}

static void of_several_stores_most_must_accept_it(void **state)
{
	char *text = TEXT(&LEAF, &INTER), *pool = TEXT(&BRIDGE);
	struct chk_store *stores[] = { chk_store_new("a"), chk_store_new("b") };
	const struct recipe *const roots[] = { &ROOT, &OTHER };
	struct chk_audit_client clients[2];
	struct chk_chain *chain = chk_chain_new();
	struct chk_audit_question question = MEND;

	for (size_t i = 0; i < 2; i++) {
		struct chk_cert *root = make_cert(roots[i]);

		assert_true(chk_store_add(stores[i], root, CHK_PURPOSE_ANY,
					  CHK_TRUST_TRUSTED, "r", NULL));
		clients[i] = (struct chk_audit_client){ .store = stores[i] };
		chk_cert_unref(root);
	}
	assert_true(chk_chain_read_bytes(chain, chk_bytes_text(pool), "p",
					 NULL));
	question.untrusted = chain;
	question.clients = clients;
	question.client_count = 1;
	expect(text, &question, "CN=www CN=Inter ", 0);
	question.client_count = 2;
	expect(text, &question, "CN=www CN=Inter CN=Root ", 1);
	chk_chain_free(chain);
	chk_store_free(stores[0]);
	chk_store_free(stores[1]);
	free(text);
	free(pool);
}

static void the_two_parts_are_leaf_and_issuers(void **state)
{
	char *text = TEXT(&INTER, &LEAF), *part, *names;
	struct chk_audited *audited = audit(text, &MEND);
	bool secret;

	assert_true(chk_audited_mended(audited, CHK_MENDED_LEAF, &part,
				       &secret, NULL));
	names = names_of(part);
	assert_string_equal(names, "CN=www ");
	free(names);
	free(part);
	assert_true(chk_audited_mended(audited, CHK_MENDED_CHAIN, &part,
				       &secret, NULL));
	names = names_of(part);
	assert_string_equal(names, "CN=Inter ");
	free(names);
	free(part);
	chk_audited_free(audited);
	free(text);
}

static void anchors_that_count_stay_once_each(void **state)
{
	char *text = TEXT(&ROOT, &OLD, &OTHER);

	expect(text, &MEND, "CN=Root CN=Other ", 1);
	free(text);
}

static void nothing_is_made_where_nothing_was_asked_or_is_left(void **state)
{
	const struct chk_audit_question plain = { .at = MADE_NOW,
						  .at_set = true };
	char *good = TEXT(&LEAF, &INTER), *old = TEXT(&OLD, &OLD), *text;
	struct chk_audit_question question = MEND;
	struct chk_audited *audited = audit(good, &plain);
	struct chk_error error;
	bool secret;

	assert_false(chk_audited_mended(audited, CHK_MENDED_WHOLE, &text,
					&secret, &error));
	assert_int_equal(error.code, CHK_ERROR_UNSUPPORTED);
	assert_null(chk_audited_change(audited, 0));
	chk_audited_free(audited);
	question.as = CHK_BUNDLE_CA;
	audited = audit(old, &question);
	assert_false(chk_audited_mended(audited, CHK_MENDED_WHOLE, &text,
					&secret, &error));
	assert_int_equal(error.code, CHK_ERROR_EMPTY);
	chk_audited_free(audited);
	free(good);
	free(old);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chain_is_put_in_order_without_surplus),
		cmocka_unit_test(
			it_is_made_whole_of_what_is_at_hand_and_of_nothing_else),
		cmocka_unit_test(of_several_stores_most_must_accept_it),
		cmocka_unit_test(the_two_parts_are_leaf_and_issuers),
		cmocka_unit_test(anchors_that_count_stay_once_each),
		cmocka_unit_test(
			nothing_is_made_where_nothing_was_asked_or_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, forget_made);
}
