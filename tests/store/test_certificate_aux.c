/* tests/store/test_certificate_aux.c: lib/store/certificate_aux.c. */
#include "support/test.h"

#include "store/certificate_aux.h"

/* id-kp serverAuth, clientAuth and anyExtendedKeyUsage (RFC 5280 4.2.1.12). */
#define SERVER "\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01"
#define CLIENT "\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x02"
#define ANY "\x06\x04\x55\x1d\x25\x00"

static bool parse(struct chk_bytes bytes, struct chk_certificate_aux *aux)
{
	struct chk_der der = chk_der_begin(bytes, NULL);

	return chk_certificate_aux_parse(&der, aux);
}

static struct chk_anchor apply(struct chk_bytes bytes)
{
	struct chk_certificate_aux aux;
	struct chk_anchor anchor = { .cert = NULL };

	assert_true(parse(bytes, &aux));
	chk_certificate_aux_apply(&aux, &anchor);
	return anchor;
}

static void nothing_behind_the_certificate_is_a_plain_one(void **state)
{
	struct chk_anchor empty = apply(BYTES(""));
	struct chk_anchor bare = apply(BYTES("\x30\x00"));
	struct chk_anchor alias = apply(BYTES("\x30\x03\x0c\x01x"));

	for (int i = 0; i < CHK_PURPOSE_ANY; i++) {
		assert_int_equal(empty.trust[i], CHK_TRUST_TRUSTED);
		assert_int_equal(bare.trust[i], CHK_TRUST_TRUSTED);
		assert_int_equal(alias.trust[i], CHK_TRUST_TRUSTED);
	}
}

static void a_trust_list_trusts_for_what_is_on_it(void **state)
{
	struct chk_anchor anchor =
		apply(BYTES("\x30\x0c\x30\x0a" SERVER));

	for (int i = 0; i < CHK_PURPOSE_ANY; i++)
		assert_int_equal(anchor.trust[i],
				 i == CHK_PURPOSE_TLS_SERVER ?
				 CHK_TRUST_TRUSTED : CHK_TRUST_NOT_STATED);
}

static void a_trust_list_of_nothing_known_trusts_nothing(void **state)
{
	struct chk_anchor empty = apply(BYTES("\x30\x02\x30\x00"));
	struct chk_anchor strange =
		apply(BYTES("\x30\x05\x30\x03\x06\x01\x2a"));

	for (int i = 0; i < CHK_PURPOSE_ANY; i++) {
		assert_int_equal(empty.trust[i], CHK_TRUST_NOT_STATED);
		assert_int_equal(strange.trust[i], CHK_TRUST_NOT_STATED);
	}
}

static void a_rejection_wins_over_the_trust_list(void **state)
{
	struct chk_anchor anchor = apply(BYTES(
		"\x30\x18\x30\x0a" SERVER "\xa0\x0a" SERVER));

	assert_int_equal(anchor.trust[CHK_PURPOSE_TLS_SERVER],
			 CHK_TRUST_DISTRUSTED);
}

static void a_rejection_alone_leaves_the_rest_trusted(void **state)
{
	struct chk_anchor anchor =
		apply(BYTES("\x30\x0c\xa0\x0a" CLIENT));
	struct chk_anchor none = apply(BYTES("\x30\x08\xa0\x06" ANY));

	for (int i = 0; i < CHK_PURPOSE_ANY; i++) {
		assert_int_equal(anchor.trust[i],
				 i == CHK_PURPOSE_TLS_CLIENT ?
				 CHK_TRUST_DISTRUSTED : CHK_TRUST_TRUSTED);
		assert_int_equal(none.trust[i], CHK_TRUST_DISTRUSTED);
	}
}

static void what_is_out_of_order_or_left_over_is_refused(void **state)
{
	const struct chk_bytes bad[] = {
		BYTES("\x30"),
		BYTES("\x31\x00"),
		BYTES("\x30\x00\x00"),
		BYTES("\x30\x05\x30\x03\x02\x01\x01"),
		/* The alias before the trust list. */
		BYTES("\x30\x0f\x0c\x01x\x30\x0a" SERVER),
		/* Two trust lists. */
		BYTES("\x30\x18\x30\x0a" SERVER "\x30\x0a" CLIENT),
	};
	struct chk_certificate_aux aux;

	for (size_t i = 0; i < CHK_COUNT(bad); i++)
		assert_false(parse(bad[i], &aux));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_behind_the_certificate_is_a_plain_one),
		cmocka_unit_test(a_trust_list_trusts_for_what_is_on_it),
		cmocka_unit_test(a_trust_list_of_nothing_known_trusts_nothing),
		cmocka_unit_test(a_rejection_wins_over_the_trust_list),
		cmocka_unit_test(a_rejection_alone_leaves_the_rest_trusted),
		cmocka_unit_test(what_is_out_of_order_or_left_over_is_refused),
	};

	return cmocka_run_group_tests_name("store/certificate_aux", tests, NULL,
					   NULL);
}
