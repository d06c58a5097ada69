/* tests/audit/test_recognise.c: lib/audit/recognise.c. */
#include "support/test.h"

#include <stdlib.h>

#include "audit/audit.h"
#include "base/buffer.h"
#include "support/made.h"
#include "support/scratch.h"

static const struct recipe ROOT = { .subject = "Root", .ca = true };
static const struct recipe INTER = { .subject = "Inter", .key = 1,
				     .issuer = "Root", .ca = true };
static const struct recipe LEAF = { .subject = "www", .key = 2,
				    .issuer = "Inter", .issuer_key = 1,
				    .dns = "www.example.test" };
static const struct recipe OTHER = { .subject = "other", .key = 3,
				     .issuer = "Elsewhere", .issuer_key = 4,
				     .dns = "other.example.test" };
static const struct recipe ALONE = { .subject = "alone", .key = 5, .issuer_key = 5,
				     .dns = "alone.example.test", .ca = true };

#define KEY "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"
#define CRL "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"

static void add(struct chk_buffer *text, const struct recipe *recipe)
{
	struct chk_cert *cert = make_cert(recipe);
	char *pem = pem_of(cert);

	chk_buffer_text(text, pem);
	free(pem);
	chk_cert_unref(cert);
}

/* What the certificates, NULL behind the last, and the text behind them are. */
static enum chk_bundle recognised(const char *behind, const char *key,
				  const struct recipe *const *recipes)
{
	const struct chk_audit_question question = { .key = key };
	struct chk_contents contents = { 0 };
	struct chk_buffer text = { 0 };
	enum chk_bundle bundle;

	chk_buffer_text(&text, "");
	for (; *recipes; recipes++)
		add(&text, *recipes);
	chk_buffer_text(&text, behind);
	contents.size = text.size;
	contents.data = (uint8_t *)chk_buffer_steal(&text);
	assert_true(chk_contents_read(&contents, NULL));
	bundle = chk_audit_recognise(&contents, &question);
	chk_contents_clear(&contents);
	return bundle;
}

#define LIST(...) ((const struct recipe *const[]){ __VA_ARGS__, NULL })
#define NONE ((const struct recipe *const[]){ NULL })

static void a_leaf_and_its_issuers_are_a_server_bundle(void **state)
{
	assert_int_equal(recognised("", NULL, LIST(&LEAF, &INTER)),
			 CHK_BUNDLE_SERVER);
	assert_int_equal(recognised("", NULL, LIST(&ROOT, &INTER, &LEAF)),
			 CHK_BUNDLE_SERVER);
	assert_int_equal(recognised(KEY, NULL, LIST(&LEAF)),
			 CHK_BUNDLE_SERVER);
	assert_int_equal(recognised("", "a.key", LIST(&ROOT)),
			 CHK_BUNDLE_SERVER);
	assert_int_equal(recognised(KEY, NULL, LIST(&ALONE)),
			 CHK_BUNDLE_SERVER);
}

static void authorities_are_a_ca_bundle(void **state)
{
	assert_int_equal(recognised("", NULL, LIST(&ROOT, &INTER)),
			 CHK_BUNDLE_CA);
	assert_int_equal(recognised(KEY, NULL, LIST(&ROOT, &INTER)),
			 CHK_BUNDLE_CA);
	/* A leaf that nothing here has to do with is a stray one. */
	assert_int_equal(recognised("", NULL, LIST(&ROOT, &INTER, &OTHER)),
			 CHK_BUNDLE_CA);
	assert_int_equal(recognised("", NULL, LIST(&LEAF, &OTHER)),
			 CHK_BUNDLE_CA);
}

static void what_stands_alone_is_that(void **state)
{
	assert_int_equal(recognised("", NULL, LIST(&LEAF)),
			 CHK_BUNDLE_CERTIFICATE);
	assert_int_equal(recognised("", NULL, LIST(&ROOT)),
			 CHK_BUNDLE_CERTIFICATE);
	assert_int_equal(recognised(KEY, NULL, NONE), CHK_BUNDLE_KEY);
	assert_int_equal(recognised(CRL, NULL, NONE), CHK_BUNDLE_CRL);
	assert_int_equal(recognised("words", NULL, NONE), CHK_BUNDLE_UNKNOWN);
	assert_int_equal(recognised("", NULL, NONE), CHK_BUNDLE_UNKNOWN);
}

static void names_are_those_that_can_be_asked_for(void **state)
{
	enum chk_bundle bundle;

	assert_true(chk_bundle_find("ca-bundle", &bundle));
	assert_int_equal(bundle, CHK_BUNDLE_CA);
	assert_string_equal(chk_bundle_name(bundle), "ca-bundle");
	assert_false(chk_bundle_find("crl", &bundle));
	assert_false(chk_bundle_find("", &bundle));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_leaf_and_its_issuers_are_a_server_bundle),
		cmocka_unit_test(authorities_are_a_ca_bundle),
		cmocka_unit_test(what_stands_alone_is_that),
		cmocka_unit_test(names_are_those_that_can_be_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, forget_made);
}
