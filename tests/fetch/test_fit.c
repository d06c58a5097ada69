/* tests/fetch/test_fit.c: lib/fetch/fit.c, certificates made for it. */
#include "support/test.h"

#include "fetch/fit.h"
#include "support/made.h"

#define CLIENT_AUTH "1.3.6.1.5.5.7.3.2"
#define SERVER_AUTH "1.3.6.1.5.5.7.3.1"

/* ClientCertificateType rsa_sign and ecdsa_sign. */
static const uint8_t TYPES[] = { 1, 64 };
static uint16_t SIGNATURES[] = { 0x0403, 0x0401 };
static struct chk_bytes issuer; /* the name R */

static struct chk_request tls12(void)
{
	return (struct chk_request){
		.form = CHK_REQUEST_TLS_1_2,
		.types = chk_bytes_of(TYPES, sizeof(TYPES)),
		.signatures = SIGNATURES,
		.signature_count = CHK_COUNT(SIGNATURES),
		.issuers = &issuer,
		.issuer_count = 1,
	};
}

static struct chk_cert *root;
static struct chk_chain *chain;

static struct chk_credential credential(const struct recipe *leaf,
					const struct recipe *inter)
{
	const struct recipe *const recipes[] = { leaf, inter };

	chain = chk_chain_new();
	for (size_t i = 0; i < 2 && recipes[i]; i++) {
		struct chk_cert *cert = make_cert(recipes[i]);

		assert_true(chk_chain_add(chain, cert, NULL, NULL));
		chk_cert_unref(cert);
	}
	return (struct chk_credential){ .chain = chain, .matches = true };
}

static const struct recipe LEAF = { .subject = "leaf", .key = 3,
				    .issuer = "R", .issuer_key = 1,
				    .usage = CLIENT_AUTH };

/* What speaks against LEAF, changed; its chain goes. */
static unsigned against(const struct chk_request *request,
			const struct recipe *leaf, int64_t now)
{
	struct chk_credential made = credential(leaf, NULL);
	unsigned misfits = chk_fit(request, &made, now);

	chk_chain_free(chain);
	return misfits;
}

static void nothing_speaks_against_what_was_asked_for(void **state)
{
	const struct chk_request request = tls12();

	assert_int_equal(against(&request, &LEAF, MADE_NOW), 0);
}

static void validity_is_inclusive_at_both_ends(void **state)
{
	const struct chk_request request = tls12();
	struct recipe leaf = LEAF;

	leaf.not_before = MADE_NOW;
	leaf.not_after = MADE_NOW + 10;
	assert_int_equal(against(&request, &leaf, MADE_NOW), 0);
	assert_int_equal(against(&request, &leaf, MADE_NOW + 10), 0);
	assert_int_equal(against(&request, &leaf, MADE_NOW - 1),
			 CHK_MISFIT_EARLY);
	assert_int_equal(against(&request, &leaf, MADE_NOW + 11),
			 CHK_MISFIT_EXPIRED);
}

static void usages_must_be_those_of_a_client(void **state)
{
	const struct chk_request request = tls12();
	struct recipe leaf = LEAF;

	leaf.usage = SERVER_AUTH;
	assert_int_equal(against(&request, &leaf, MADE_NOW), CHK_MISFIT_EKU);
	leaf.usage = "2.5.29.37.0";
	assert_int_equal(against(&request, &leaf, MADE_NOW), 0);
	leaf.usage = NULL;
	assert_int_equal(against(&request, &leaf, MADE_NOW), 0);
	leaf.key_usage = GNUTLS_KEY_KEY_AGREEMENT;
	assert_int_equal(against(&request, &leaf, MADE_NOW),
			 CHK_MISFIT_USAGE);
}

static void an_issuer_may_be_listed_above_the_leaf(void **state)
{
	const struct recipe inter = { .subject = "I", .key = 2, .issuer = "R",
				      .issuer_key = 1, .ca = true };
	struct chk_request request = tls12();
	struct recipe leaf = LEAF;
	struct chk_credential made;

	leaf.issuer = "I";
	leaf.issuer_key = 2;
	assert_int_equal(against(&request, &leaf, MADE_NOW),
			 CHK_MISFIT_ISSUER | CHK_MISFIT_ALONE);
	made = credential(&leaf, &inter);
	assert_int_equal(chk_fit(&request, &made, MADE_NOW), 0);
	chk_chain_free(chain);
	/* No list, or one that is not all here, speaks against nothing. */
	request.issuers_left_out = 1;
	assert_int_equal(against(&request, &leaf, MADE_NOW), 0);
	request.issuers_left_out = 0;
	request.issuer_count = 0;
	assert_int_equal(against(&request, &leaf, MADE_NOW), 0);
}

static void a_key_must_be_of_a_kind_that_is_wanted(void **state)
{
	static const uint8_t RSA_ALONE[] = { 1 };
	static uint16_t OF_RSA[] = { 0x0401, 0x0804 };
	struct chk_request request = tls12();

	request.types = chk_bytes_of(RSA_ALONE, 1);
	assert_int_equal(against(&request, &LEAF, MADE_NOW), CHK_MISFIT_TYPE);
	request.types = chk_bytes_of(NULL, 0);
	assert_int_equal(against(&request, &LEAF, MADE_NOW), CHK_MISFIT_TYPE);
	request.form = CHK_REQUEST_TLS_1_3;
	assert_int_equal(against(&request, &LEAF, MADE_NOW), 0);
	request.signatures = OF_RSA;
	assert_int_equal(against(&request, &LEAF, MADE_NOW),
			 CHK_MISFIT_SIGNATURE | CHK_MISFIT_CERT_SIGNATURE);
	/* What the certificates may be signed with has a list of its own. */
	request.cert_signatures = SIGNATURES;
	request.cert_signature_count = CHK_COUNT(SIGNATURES);
	assert_int_equal(against(&request, &LEAF, MADE_NOW),
			 CHK_MISFIT_SIGNATURE);
	/* TLS 1.1 has no list of them. */
	request = tls12();
	request.form = CHK_REQUEST_TLS_1_1;
	request.signature_count = 0;
	assert_int_equal(against(&request, &LEAF, MADE_NOW), 0);
}

/* The one that is sent of two; -1: none. */
static int sent_of(struct chk_credential *a, struct chk_credential *b)
{
	const struct chk_credential *const both[] = { a, b };
	struct chk_presented *presented = chk_presented_new();
	int sent = -1;

	presented->request = tls12();
	assert_true(chk_fit_all(presented, both, 2, MADE_NOW));
	assert_int_equal(presented->at_hand_count, 2);
	for (int i = 0; i < 2; i++) {
		if (presented->at_hand[i].sent) {
			assert_int_equal(sent, -1);
			sent = i;
		}
	}
	chk_presented_free(presented);
	return sent;
}

static void the_first_that_fits_is_sent_else_one_that_can_be(void **state)
{
	struct recipe expired = LEAF;
	struct chk_credential old, good;
	struct chk_chain *first;

	expired.not_after = MADE_NOW - 1;
	old = credential(&expired, NULL);
	first = chain;
	good = credential(&LEAF, NULL);
	old.where = good.where = (char[]){ "x" };
	assert_int_equal(sent_of(&old, &good), 1);
	assert_int_equal(sent_of(&good, &old), 0);
	good.matches = false;
	assert_int_equal(sent_of(&good, &old), 1);
	old.matches = false;
	assert_int_equal(sent_of(&good, &old), -1);
	chk_chain_free(first);
	chk_chain_free(chain);
}

static int set_up(void **state)
{
	root = make_cert(&(struct recipe){ .subject = "R", .key = 1,
					   .issuer_key = 1, .ca = true });
	issuer = root->subject;
	return 0;
}

static int tear_down(void **state)
{
	chk_cert_unref(root);
	return forget_made(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_speaks_against_what_was_asked_for),
		cmocka_unit_test(validity_is_inclusive_at_both_ends),
		cmocka_unit_test(usages_must_be_those_of_a_client),
		cmocka_unit_test(an_issuer_may_be_listed_above_the_leaf),
		cmocka_unit_test(a_key_must_be_of_a_kind_that_is_wanted),
		cmocka_unit_test(
			the_first_that_fits_is_sent_else_one_that_can_be),
	};

	return cmocka_run_group_tests_name("fetch/fit", tests, set_up,
					   tear_down);
}
