/* tests/revocation/test_point.c: lib/revocation/point.c. */
#include "support/test.h"

#include "cert/parts.h"
#include "path/made_names.h"
#include "revocation/made_crl.h"

/* A distribution point whose content is this. */
static struct chk_point point_of(struct chk_arena *arena,
				 struct chk_bytes content)
{
	struct chk_bytes whole = made_tlv(arena, CHK_DER_SEQUENCE, content);
	struct chk_error error = { 0 };
	struct chk_der der = chk_der_begin(whole, &error);
	struct chk_point point;

	if (!chk_point_next(&der, &point))
		fail_msg("%s", error.what);
	assert_true(chk_der_at_end(&der));
	return point;
}

static void a_distribution_point_is_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes content = full_name(&arena, "URI:http://a.test/");
	struct chk_point point = point_of(&arena, content);

	assert_non_null(point.name.full.data);
	assert_false(point.has_reasons || point.crl_issuer.data);
	/* keyCompromise and aACompromise, bits 1 and 8 */
	content = made_joined(&arena, relative_name(&arena, "CN=a"),
			      hex(&arena, "8103 074080"));
	content = made_joined(&arena, content,
			      crl_issuer_name(&arena, "O=CA"));
	point = point_of(&arena, content);
	assert_non_null(point.name.relative.data);
	assert_true(point.has_reasons);
	assert_int_equal(point.reasons, 1 << 1 | 1 << 8);
	assert_true(chk_general_names_have(point.crl_issuer,
					   made_dn(&arena, "O=CA")));
	assert_false(chk_general_names_have(point.crl_issuer,
					    made_dn(&arena, "O=CB")));
	chk_arena_clear(&arena);
}

static void an_issuing_point_is_read(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes whole = hex(&arena, "300a 8201ff 83020640 8401ff");
	struct chk_der der = chk_der_begin(whole, NULL);
	struct chk_issuing_point point;

	assert_true(chk_issuing_point_read(&der, &point));
	assert_true(point.present && point.only_cas && point.indirect);
	assert_false(point.only_users || point.only_attributes);
	assert_true(point.has_reasons);
	assert_int_equal(point.reasons, 1 << 1);
	assert_false(chk_point_name_is_there(&point.name));
	chk_arena_clear(&arena);
}

static void what_is_no_distribution_point_is_refused(void **state)
{
	static const char *const ROWS[] = {
		"0500",               /* no SEQUENCE */
		"3004 a0020500",      /* neither full nor relative */
		"3006 a004a0028900",  /* a name of no form */
		"3004 a002a000",      /* no name */
		"3002 8100",          /* reasons without content */
		"3003 810109",        /* nine unused bits */
		"3002 a200",          /* no cRLIssuer */
		"3002 8300",          /* [3] */
		"3006 a004a0028201",  /* longer than what it lies in */
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		struct chk_der der = chk_der_begin(hex(&arena, ROWS[i]), NULL);
		struct chk_point point;

		if (chk_point_next(&der, &point))
			fail_msg("%s was read", ROWS[i]);
	}
	chk_arena_clear(&arena);
}

static bool match(struct chk_arena *arena, struct chk_bytes a,
		  const char *base_a, struct chk_bytes b, const char *base_b)
{
	struct chk_point_name left = point_of(arena, a).name;
	struct chk_point_name right = point_of(arena, b).name;
	bool there = chk_point_names_match(&left, made_dn(arena, base_a),
					   &right, made_dn(arena, base_b));

	/* It does not matter which of the two is asked. */
	assert_int_equal(there, chk_point_names_match(
		&right, made_dn(arena, base_b), &left,
		made_dn(arena, base_a)));
	return there;
}

static void one_name_of_each_must_match(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes a = full_name(&arena, "URI:http://a.test/1 dir:O=A");
	struct chk_bytes b = full_name(&arena, "URI:http://b.test/1 dir:O=a");
	struct chk_bytes c = full_name(&arena, "URI:http://a.test/2 DNS:x");

	assert_true(match(&arena, a, "O=CA", a, "O=CA"));
	/* DNs without regard to case (RFC 5280 7.1) */
	assert_true(match(&arena, a, "O=CA", b, "O=CA"));
	assert_false(match(&arena, a, "O=CA", c, "O=CA"));
	assert_false(match(&arena, b, "O=CA", c, "O=CA"));
	chk_arena_clear(&arena);
}

/* 4.2.1.13, 5.2.5: an RDN behind the name of the CRL's issuer. */
static void a_relative_name_stands_behind_its_issuer(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes relative = relative_name(&arena, "CN=part 1");
	struct chk_bytes unit = relative_name(&arena, "OU=X");
	struct chk_bytes full = full_name(&arena, "dir:O=CA,CN=part,OU=x "
						  "URI:a:b");
	struct chk_bytes same = full_name(&arena, "URI:a:b dir:O=CA,OU=x");

	assert_true(match(&arena, relative, "O=CA", relative, "O=CA"));
	assert_false(match(&arena, relative, "O=CA", relative, "O=CB"));
	assert_false(match(&arena, relative, "O=CA", unit, "O=CA"));
	assert_true(match(&arena, unit, "O=CA", same, "O=CB"));
	assert_false(match(&arena, unit, "O=CB", same, "O=CA"));
	assert_true(match(&arena, unit, "O=CA,CN=part", full, "O=CA"));
	assert_false(match(&arena, relative, "O=CA", full, "O=CA"));
	chk_arena_clear(&arena);
}

/* The base may be of any size, and there may be none. */
static void any_base_will_do(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes relative = relative_name(&arena, "CN=a");
	struct chk_point_name name = point_of(&arena, relative).name;
	static char text[70000] = "O=";

	for (size_t size = 50; size + 3 < sizeof(text); size += 251) {
		struct chk_bytes base;

		memset(text + 2, 'x', size);
		text[2 + size] = '\0';
		base = made_dn(&arena, text);
		assert_true(chk_point_names_match(&name, base, &name, base));
	}
	assert_false(chk_point_names_match(&name, (struct chk_bytes){ 0 },
					   &name, (struct chk_bytes){ 0 }));
	chk_arena_clear(&arena);
}

static struct chk_bytes only_dn(struct chk_arena *arena, const char *names)
{
	struct chk_point point = point_of(arena, full_name(arena, names));

	return chk_general_names_only_dn(point.name.full);
}

static void the_only_dn_is_given(void **state)
{
	struct chk_arena arena = { 0 };

	assert_true(chk_bytes_equal(only_dn(&arena, "dir:O=CA"),
				    made_dn(&arena, "O=CA")));
	assert_null(only_dn(&arena, "dir:O=CA URI:a:b").data);
	assert_null(only_dn(&arena, "URI:a:b").data);
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_distribution_point_is_read),
		cmocka_unit_test(an_issuing_point_is_read),
		cmocka_unit_test(what_is_no_distribution_point_is_refused),
		cmocka_unit_test(one_name_of_each_must_match),
		cmocka_unit_test(a_relative_name_stands_behind_its_issuer),
		cmocka_unit_test(any_base_will_do),
		cmocka_unit_test(the_only_dn_is_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
