/*
 * tests/path/test_name_constraints.c: lib/path/name_constraints.c, RFC 5280
 * sections 4.2.1.10 and 6.1.3. What each form means: test_subtree.c.
 */
#include "support/test.h"

#include "path/made_names.h"
#include "path/name_constraints.h"

static const struct chk_cert ISSUER = { 0 };

struct answer {
	struct chk_arena arena;
	struct chk_defects defects;
	uint32_t budget;
	struct chk_cert cert;
	char a[2048], b[2048];
};

static void keep_text(char *room, struct chk_bytes text)
{
	assert_true(text.size < 2048);
	memcpy(room, text.size ? text.data : (const uint8_t *)"", text.size);
	room[text.size] = '\0';
}

static void run(struct answer *answer, struct chk_bytes constraints)
{
	answer->defects = (struct chk_defects){ .arena = &answer->arena };
	chk_name_constraints_check(constraints, &ISSUER, &answer->cert,
				   &answer->budget, &answer->defects);
	assert_false(answer->arena.failed);
	if (answer->defects.first) {
		keep_text(answer->a, answer->defects.first->defect.a);
		keep_text(answer->b, answer->defects.first->defect.b);
	}
}

/* Is a certificate of these names allowed under these constraints? */
static bool allowed(const char *subject, const char *names,
		    const char *permitted, const char *excluded)
{
	struct answer answer = { .budget = 1000 };
	bool allows;

	answer.cert = made_cert(&answer.arena, subject, names);
	run(&answer, made_constraints(&answer.arena, permitted, excluded));
	allows = answer.defects.count == 0;
	assert_int_equal(answer.defects.cost == 0, allows);
	chk_arena_clear(&answer.arena);
	return allows;
}

static void every_name_must_be_in_a_permitted_subtree(void **state)
{
	assert_true(allowed("", "DNS:a.test", "DNS:a.test", NULL));
	assert_true(allowed("", "DNS:a.test DNS:x.b.test",
			    "DNS:a.test DNS:b.test", NULL));
	assert_false(allowed("", "DNS:a.test DNS:c.test",
			     "DNS:a.test DNS:b.test", NULL));
	/* A form that is not listed is free. */
	assert_true(allowed("O=Acme", "IP:192.0.2.1 email:a@b.test",
			    "DNS:a.test", NULL));
	assert_true(allowed("O=Acme", NULL, "DNS:a.test", NULL));
	/* IPv4 and IPv6 are one form. */
	assert_false(allowed("", "IP:2001:db8::1", "IP:0.0.0.0/0.0.0.0", NULL));
}

static void no_name_may_be_in_an_excluded_subtree(void **state)
{
	assert_true(allowed("", "DNS:a.test", NULL, "DNS:b.test"));
	assert_false(allowed("", "DNS:a.test DNS:x.b.test", NULL,
			     "DNS:b.test"));
	assert_true(allowed("", "IP:192.0.2.1", NULL, "DNS:"));
	assert_false(allowed("", "DNS:a.test", NULL, "DNS:"));
	assert_false(allowed("", "IP:192.0.2.1", NULL, "IP:0.0.0.0/0.0.0.0"));
}

static void the_subject_is_held_against_directory_names(void **state)
{
	assert_true(allowed("O=Acme,CN=x", NULL, "dir:O=Acme", NULL));
	assert_false(allowed("O=Other,CN=x", NULL, "dir:O=Acme", NULL));
	assert_false(allowed("O=Acme,CN=x", NULL, NULL, "dir:O=Acme"));
	assert_false(allowed("O=Acme", "dir:O=Other", "dir:O=Acme", NULL));
	/* An empty subject is none (4.1.2.6). */
	assert_true(allowed("", "DNS:a.test", "dir:O=Acme", NULL));
	assert_true(allowed("", "DNS:a.test", NULL, "dir:"));
}

/* The host name is not looked for there either. */
/* As OpenSSL and GnuTLS have it; RFC 5280 does not go so far. */
static void a_common_name_like_a_host_counts_without_others(void **state)
{
	assert_false(allowed("CN=evil.test", NULL, "DNS:a.test", NULL));
	assert_false(allowed("CN=evil.test", NULL, NULL, "DNS:evil.test"));
	assert_false(allowed("CN=evil.test", "IP:192.0.2.1", "DNS:a.test",
			     NULL));
	assert_true(allowed("CN=evil.test", "DNS:www.a.test", "DNS:a.test",
			    NULL));
	assert_true(allowed("CN=www.a.test", NULL, "DNS:a.test", NULL));
	/* Neither a person nor an address is a host. */
	assert_true(allowed("CN=Joe", NULL, "DNS:a.test", NULL));
	assert_true(allowed("CN=192.0.2.1", NULL, "DNS:a.test", NULL));
	assert_true(allowed("CN=evil.test.", NULL, "DNS:a.test", NULL));
	assert_true(allowed("CN=evil-.test", NULL, "DNS:a.test", NULL));
}

static void addresses_in_the_subject_count(void **state)
{
	assert_false(allowed("E=joe@evil.test", NULL, "email:a.test", NULL));
	assert_false(allowed("E=joe@evil.test", "DNS:a.test", NULL,
			     "email:evil.test"));
	assert_true(allowed("E=joe@a.test", NULL, "email:a.test", NULL));
	assert_false(allowed("E=joe@a.test,E=joe@evil.test", NULL,
			     "email:a.test", NULL));
	/* RFC 5280 asks no more of it here; OpenSSL does. */
	assert_false(allowed("E=joe@evil.test", "email:joe@a.test",
			     "email:a.test", NULL));
	assert_false(allowed("E=none", NULL, "email:a.test", NULL));
}

static void a_form_that_is_not_processed_is_refused(void **state)
{
	assert_false(allowed("", "RID:", "RID:", NULL));
	assert_false(allowed("", "other:", NULL, "other:"));
	assert_true(allowed("", "DNS:a.test", "RID:", "other:"));
	assert_true(allowed("", "other: RID:", "DNS:a.test", NULL));
}

/* RFC 9598 section 6; OpenSSL has it as well. */
static void a_mailbox_beyond_ascii_is_one(void **state)
{
	assert_true(allowed("", "smtp:j\xc3\xb6@a.test", "email:a.test", NULL));
	assert_true(allowed("", "smtp:j\xc3\xb6@x.a.test", "email:.a.test",
			    NULL));
	assert_true(allowed("", "smtp:j\xc3\xb6@a.test", NULL,
			    "email:b.test email:j@a.test"));
	assert_false(allowed("", "smtp:j\xc3\xb6@b.test", "email:a.test",
			     NULL));
	assert_false(allowed("", "smtp:j\xc3\xb6@b.test", NULL,
			     "email:b.test"));
	assert_false(allowed("", "smtp:joe@b.test", NULL, "email:joe@b.test"));
	assert_false(allowed("", "smtp:j\xc3\xb6@a.test", "email:j@a.test",
			     NULL));
	/* Unread, it is within nothing: no UTF-8, no host, a host of U-labels. */
	assert_false(allowed("", "smtp:j\xc3@a.test", "email:a.test", NULL));
	assert_false(allowed("", "smtp:j\xc3\xb6", NULL, "email:b.test"));
	assert_false(allowed("", "smtp:@b.test", NULL, "email:a.test"));
	assert_false(allowed("", "smtp:j@\xc3\xb6.test", NULL, "email:b.test"));
	assert_true(allowed("", "smtp:j\xc3\xb6@b.test", "DNS:a.test", NULL));
}

static void a_name_that_cannot_be_read_is_refused(void **state)
{
	assert_false(allowed("", "DNS:a..test", NULL, "DNS:b.test"));
	assert_false(allowed("", "URI:urn:x", NULL, "URI:b.test"));
	assert_true(allowed("", "DNS:a..test", "IP:0.0.0.0/0.0.0.0", NULL));
}

/* GeneralNames { of a tag that there is not, [2] "b.test" } */
static void an_unknown_form_hides_no_name_behind_it(void **state)
{
	struct answer answer = { .budget = 100 };

	answer.cert = made_cert(&answer.arena, "", "DNS:a.test");
	answer.cert.alt_names.value =
		BYTES("\x30\x0b\x09\x01\x01\x82\x06" "b.test");
	run(&answer, made_constraints(&answer.arena, NULL, "DNS:b.test"));
	assert_int_equal(answer.defects.count, 1);
	assert_string_equal(answer.b, "DNS:b.test");
	chk_arena_clear(&answer.arena);
}

/* The reader refuses such a certificate; here it must not pass either. */
static void names_that_end_early_are_refused(void **state)
{
	struct answer answer = { .budget = 100 };
	struct chk_bytes constraints =
		made_constraints(&answer.arena, NULL, "DNS:b.test");

	answer.cert = made_cert(&answer.arena, "", "DNS:a.test");
	answer.cert.alt_names.value = BYTES("\x30\x03\x82\x09z");
	run(&answer, constraints);
	assert_int_equal(answer.defects.count, 1);
	answer.cert.alt_names.value = BYTES("\x04\x00");
	run(&answer, constraints);
	assert_int_equal(answer.defects.count, 1);
	chk_arena_clear(&answer.arena);
}

static void a_violation_tells_both_operands(void **state)
{
	struct answer answer = { .budget = 100 };
	const struct chk_defect *defect;

	answer.cert = made_cert(&answer.arena, "", "DNS:a.test DNS:x.b.test");
	run(&answer, made_constraints(&answer.arena, NULL,
				      "DNS:c.test DNS:b.test"));
	defect = &answer.defects.first->defect;
	assert_int_equal(defect->rule, CHK_RULE_NAME_CONSTRAINT);
	assert_ptr_equal(defect->cert, &answer.cert);
	assert_ptr_equal(defect->other, &ISSUER);
	assert_true(defect->flag);
	assert_string_equal(answer.a, "DNS:b.test");
	assert_string_equal(answer.b, "DNS:x.b.test");
	run(&answer, made_constraints(&answer.arena, "DNS:c.test DNS:a.test "
				      "IP:192.0.2.0/255.255.255.0", NULL));
	assert_false(answer.defects.first->defect.flag);
	assert_string_equal(answer.a, "DNS:c.test, DNS:a.test");
	assert_string_equal(answer.b, "DNS:x.b.test");
	run(&answer, made_constraints(&answer.arena, "DNS:1.c DNS:2.c DNS:3.c "
				      "DNS:4.c DNS:5.c DNS:6.c", NULL));
	assert_string_equal(answer.a, "DNS:1.c, DNS:2.c, DNS:3.c, DNS:4.c, "
			    "...");
	chk_arena_clear(&answer.arena);
}

static void one_violation_is_enough(void **state)
{
	struct answer answer = { .budget = 100 };

	answer.cert = made_cert(&answer.arena, "O=x",
				"DNS:a.test DNS:b.test IP:192.0.2.1");
	run(&answer, made_constraints(&answer.arena, "DNS:c.test dir:O=y",
				      "IP:0.0.0.0/0.0.0.0"));
	assert_int_equal(answer.defects.count, 1);
	chk_arena_clear(&answer.arena);
}

static void escape_sequences_do_not_get_through(void **state)
{
	struct answer answer = { .budget = 100 };

	answer.cert = made_cert(&answer.arena, "", "DNS:\x1b[2J.test");
	run(&answer, made_constraints(&answer.arena, "DNS:c.test", NULL));
	assert_int_equal(answer.defects.count, 1);
	assert_null(strchr(answer.b, '\x1b'));
	chk_arena_clear(&answer.arena);
}

static void a_long_name_is_cut_in_the_text(void **state)
{
	struct answer answer = { .budget = 1000 };
	char name[100000] = "DNS:";

	memset(name + 4, 'a', sizeof(name) - 5);
	name[sizeof(name) - 1] = '\0';
	answer.cert = made_cert(&answer.arena, "", name);
	run(&answer, made_constraints(&answer.arena, "DNS:c.test", NULL));
	assert_in_range(strlen(answer.b), 100, 1000);
	chk_arena_clear(&answer.arena);
}

/* At the end of the budget there is a defect, and never a yes. */
static void the_budget_ends_in_a_defect(void **state)
{
	struct answer answer = { .budget = 3 };

	answer.cert = made_cert(&answer.arena, "",
				"DNS:a.test DNS:b.test DNS:c.test");
	run(&answer, made_constraints(&answer.arena, "DNS:test", NULL));
	assert_int_equal(answer.defects.count, 0);
	assert_int_equal(answer.budget, 0);
	run(&answer, made_constraints(&answer.arena, "DNS:test", NULL));
	assert_int_equal(answer.defects.count, 1);
	assert_int_equal(answer.defects.first->defect.rule,
			 CHK_RULE_NAME_CONSTRAINT);
	assert_null(answer.defects.first->defect.a.data);
	answer.budget = 2;
	run(&answer, made_constraints(&answer.arena, NULL, "DNS:x DNS:y"));
	assert_int_equal(answer.defects.count, 1);
	chk_arena_clear(&answer.arena);
}

/* A peer's lists are read for each path anew, whatever stands in them. */
static void what_is_read_and_not_compared_costs_as_well(void **state)
{
	struct answer answer = { .budget = 10 };
	char subtrees[64 * 50 + 1] = "";

	for (int i = 0; i < 64; i++)
		strcat(subtrees, "IP:192.0.2.0/255.255.255.0 ");
	answer.cert = made_cert(&answer.arena, "", "DNS:a.test");
	run(&answer, made_constraints(&answer.arena, NULL, subtrees));
	assert_int_equal(answer.defects.count, 0);
	/* 64 of SEQUENCE, [7] and 8 bytes: 768, and as many are read. */
	assert_int_equal(answer.budget, 7);
	answer.budget = 2;
	run(&answer, made_constraints(&answer.arena, NULL, subtrees));
	assert_int_equal(answer.defects.count, 1);
	assert_int_equal(answer.defects.first->defect.rule,
			 CHK_RULE_NAME_CONSTRAINT);
	assert_int_equal(answer.budget, 0);
	chk_arena_clear(&answer.arena);
}

/* [0] or [1] with one subtree of these parts. */
static struct chk_bytes with_subtree(struct chk_arena *arena, uint8_t tag,
				     struct chk_bytes content)
{
	return made_tlv(arena, 0x30, made_tlv(arena, tag, made_tlv(
		arena, 0x30, content)));
}

static void check_malformed(struct answer *answer, struct chk_bytes constraints)
{
	run(answer, constraints);
	assert_int_equal(answer->defects.count, 1);
	assert_int_equal(answer->defects.first->defect.rule,
			 CHK_RULE_MALFORMED);
	assert_ptr_equal(answer->defects.first->defect.cert, &ISSUER);
	assert_non_null(answer->defects.first->defect.text);
}

static void malformed_constraints_are_never_passed_over(void **state)
{
	struct answer answer = { .budget = 100 };
	struct chk_arena *arena = &answer.arena;
	struct chk_bytes dns = made_name(arena, "DNS:a.test");

	answer.cert = made_cert(arena, "", "DNS:a.test");
	check_malformed(&answer, BYTES(""));
	check_malformed(&answer, BYTES("\x30\x00"));
	check_malformed(&answer, BYTES("\x30\x02\xa0\x00"));
	check_malformed(&answer, BYTES("\x30\x02\xa1\x00"));
	check_malformed(&answer, BYTES("\x30\x02\xa2\x00"));
	check_malformed(&answer, BYTES("\x30\x04\xa0\x02\x30\x00"));
	check_malformed(&answer, BYTES("\x31\x00"));
	check_malformed(&answer, made_constraints(arena, "DNS:*.a.test", NULL));
	check_malformed(&answer, made_constraints(arena, NULL, "IP:10.0.0.0/"
						  "255.0.255.0"));
	check_malformed(&answer, made_constraints(arena, "IP:10.0.0.1", NULL));
	check_malformed(&answer, made_joined(arena, made_constraints(
				arena, "DNS:a.test", NULL), BYTES("\0")));
	/* excluded before permitted */
	check_malformed(&answer, made_tlv(arena, 0x30, made_joined(arena,
		made_tlv(arena, 0xa1, made_tlv(arena, 0x30, dns)),
		made_tlv(arena, 0xa0, made_tlv(arena, 0x30, dns)))));
	chk_arena_clear(&answer.arena);
}

/* 4.2.1.10: minimum is zero, maximum absent; else process or reject. */
static void a_minimum_or_a_maximum_is_refused(void **state)
{
	struct answer answer = { .budget = 100 };
	struct chk_arena *arena = &answer.arena;
	struct chk_bytes dns = made_name(arena, "DNS:a.test");

	answer.cert = made_cert(arena, "", "DNS:a.test");
	check_malformed(&answer, with_subtree(arena, 0xa0, made_joined(
				arena, dns, BYTES("\x80\x01\x01"))));
	check_malformed(&answer, with_subtree(arena, 0xa0, made_joined(
				arena, dns, BYTES("\x81\x01\x00"))));
	check_malformed(&answer, with_subtree(arena, 0xa0, made_joined(
				arena, dns, BYTES("\x80\x01\x80"))));
	run(&answer, with_subtree(arena, 0xa0, made_joined(
				arena, dns, BYTES("\x80\x01\x00"))));
	assert_int_equal(answer.defects.count, 0);
	chk_arena_clear(&answer.arena);
}

/* Whatever the name and the subtree: excluded wins. */
static void what_is_excluded_too_is_always_refused(void **state)
{
	static const char *const NAMES[] = {
		"DNS:a.test", "DNS:*.a.test", "DNS:x.a.test", "IP:192.0.2.1",
		"IP:2001:db8::1", "email:joe@a.test", "email:a@x.a.test",
		"URI:https://a.test/", "dir:O=Acme,CN=x", "DNS:..", "RID:",
	};
	static const char *const BASES[] = {
		"DNS:", "DNS:a.test", "DNS:.a.test", "DNS:test", "email:",
		"IP:192.0.2.0/255.255.255.0", "IP:0.0.0.0/0.0.0.0", "IP:::/::",
		"email:joe@a.test", "email:a.test", "email:.a.test",
		"URI:a.test", "URI:.test", "URI:", "dir:O=Acme", "dir:", "RID:",
	};

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		for (size_t j = 0; j < CHK_COUNT(BASES); j++) {
			bool permitted = allowed("", NAMES[i], BASES[j], NULL);
			bool free = allowed("", NAMES[i], NULL, BASES[j]);
			bool both = allowed("", NAMES[i], BASES[j], BASES[j]);

			/* Only a form that is not constrained gets through. */
			if (both && !(permitted && free))
				fail_msg("%s %s", NAMES[i], BASES[j]);
			if (both && strncmp(NAMES[i], BASES[j],
					    strcspn(NAMES[i], ":") + 1) == 0)
				fail_msg("%s %s", NAMES[i], BASES[j]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_name_must_be_in_a_permitted_subtree),
		cmocka_unit_test(no_name_may_be_in_an_excluded_subtree),
		cmocka_unit_test(the_subject_is_held_against_directory_names),
		cmocka_unit_test(
			a_common_name_like_a_host_counts_without_others),
		cmocka_unit_test(addresses_in_the_subject_count),
		cmocka_unit_test(a_form_that_is_not_processed_is_refused),
		cmocka_unit_test(a_mailbox_beyond_ascii_is_one),
		cmocka_unit_test(a_name_that_cannot_be_read_is_refused),
		cmocka_unit_test(an_unknown_form_hides_no_name_behind_it),
		cmocka_unit_test(names_that_end_early_are_refused),
		cmocka_unit_test(a_violation_tells_both_operands),
		cmocka_unit_test(one_violation_is_enough),
		cmocka_unit_test(escape_sequences_do_not_get_through),
		cmocka_unit_test(a_long_name_is_cut_in_the_text),
		cmocka_unit_test(the_budget_ends_in_a_defect),
		cmocka_unit_test(what_is_read_and_not_compared_costs_as_well),
		cmocka_unit_test(malformed_constraints_are_never_passed_over),
		cmocka_unit_test(a_minimum_or_a_maximum_is_refused),
		cmocka_unit_test(what_is_excluded_too_is_always_refused),
	};

	return cmocka_run_group_tests_name("path/name_constraints", tests, NULL,
					   NULL);
}
