/* tests/path/test_subtree.c: lib/path/subtree.c, RFC 5280 section 4.2.1.10. */
#include "support/test.h"

#include "cert/der.h"
#include "path/made_names.h"
#include "path/subtree.h"

/* A name of made_name, as chk_general_name_next gives it. */
static struct chk_general_name read_name(struct chk_arena *arena,
					 const char *text)
{
	struct chk_der der = chk_der_begin(made_name(arena, text), NULL);
	struct chk_general_name name;

	assert_true(chk_general_name_next(&der, &name));
	return name;
}

struct row {
	const char *name, *base;
	bool permitted, excluded; /* is the name within the base, as ... */
};

static void check_rows(const struct row *rows, size_t count)
{
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < count; i++) {
		struct chk_general_name name = read_name(&arena, rows[i].name);
		struct chk_general_name base = read_name(&arena, rows[i].base);
		const struct chk_subtree_form *form =
			chk_subtree_form(name.type);

		assert_non_null(form);
		if (!form->is_name(name.value) || !form->is_base(base.value) ||
		    form->is_within(name.value, base.value, false) !=
			    rows[i].permitted ||
		    form->is_within(name.value, base.value, true) !=
			    rows[i].excluded)
			fail_msg("%s in %s", rows[i].name, rows[i].base);
	}
	chk_arena_clear(&arena);
}

static void a_dns_subtree_is_the_name_and_all_below(void **state)
{
	static const struct row ROWS[] = {
		/* the RFC's own: host.example.com */
		{ "DNS:www.host.example.com", "DNS:host.example.com", 1, 1 },
		{ "DNS:host.example.com", "DNS:host.example.com", 1, 1 },
		{ "DNS:host1.example.com", "DNS:host.example.com", 0, 0 },
		{ "DNS:HOST.Example.COM", "DNS:host.example.com", 1, 1 },
		{ "DNS:badexample.com", "DNS:example.com", 0, 0 },
		{ "DNS:anything.test", "DNS:", 1, 1 },
		{ "DNS:com", "DNS:example.com", 0, 0 },
	};

	check_rows(ROWS, CHK_COUNT(ROWS));
}

static void a_leading_dot_is_read_the_safe_way(void **state)
{
	static const struct row ROWS[] = {
		{ "DNS:www.example.com", "DNS:.example.com", 1, 1 },
		{ "DNS:a.b.example.com", "DNS:.example.com", 1, 1 },
		{ "DNS:example.com", "DNS:.example.com", 0, 1 },
		{ "DNS:badexample.com", "DNS:.example.com", 0, 0 },
	};

	check_rows(ROWS, CHK_COUNT(ROWS));
}

/* Permitted: all that it stands for. Excluded: anything of it. */
static void a_wildcard_is_read_the_safe_way(void **state)
{
	static const struct row ROWS[] = {
		{ "DNS:*.example.com", "DNS:example.com", 1, 1 },
		{ "DNS:*.example.com", "DNS:.example.com", 1, 1 },
		{ "DNS:*.example.com", "DNS:com", 1, 1 },
		{ "DNS:*.example.com", "DNS:", 1, 1 },
		{ "DNS:*.example.com", "DNS:www.example.com", 0, 1 },
		{ "DNS:*.example.com", "DNS:.www.example.com", 0, 1 },
		{ "DNS:*.example.com", "DNS:a.www.example.com", 0, 0 },
		{ "DNS:*.example.com", "DNS:example.org", 0, 0 },
		{ "DNS:*.bar.example.com", "DNS:foo.example.com", 0, 0 },
	};

	check_rows(ROWS, CHK_COUNT(ROWS));
}

static void an_email_subtree_is_mailbox_host_or_domain(void **state)
{
	static const struct row ROWS[] = {
		{ "email:root@example.com", "email:root@example.com", 1, 1 },
		{ "email:root@EXAMPLE.com", "email:root@example.com", 1, 1 },
		{ "email:Root@example.com", "email:root@example.com", 0, 0 },
		{ "email:joe@example.com", "email:root@example.com", 0, 0 },
		{ "email:joe@example.com", "email:example.com", 1, 1 },
		{ "email:joe@mail.example.com", "email:example.com", 0, 0 },
		{ "email:joe@mail.example.com", "email:.example.com", 1, 1 },
		{ "email:joe@example.com", "email:.example.com", 0, 0 },
		{ "email:joe@example.com", "email:", 1, 1 },
		/* RFC 5321 4.1.2: the same mailbox, quoted. */
		{ "email:\"joe\"@example.com", "email:joe@example.com", 1, 1 },
		{ "email:\"j\\oe\"@example.com", "email:joe@example.com",
		  1, 1 },
		{ "email:joe@example.com", "email:\"\\joe\"@example.com",
		  1, 1 },
		{ "email:\"joe@x\"@example.com", "email:joe@example.com",
		  0, 0 },
		{ "email:\"joe x\"@example.com", "email:example.com", 1, 1 },
	};

	check_rows(ROWS, CHK_COUNT(ROWS));
}

static void an_address_is_held_against_the_mask(void **state)
{
	static const struct row ROWS[] = {
		{ "IP:192.0.2.77", "IP:192.0.2.0/255.255.255.0", 1, 1 },
		{ "IP:192.0.3.1", "IP:192.0.2.0/255.255.255.0", 0, 0 },
		{ "IP:192.0.2.1", "IP:192.0.2.1/255.255.255.255", 1, 1 },
		{ "IP:10.1.2.3", "IP:0.0.0.0/0.0.0.0", 1, 1 },
		{ "IP:10.255.0.0", "IP:10.1.2.3/255.0.0.0", 1, 1 },
		{ "IP:2001:db8::1", "IP:2001:db8::/ffff:ffff::", 1, 1 },
		{ "IP:2001:db9::1", "IP:2001:db8::/ffff:ffff::", 0, 0 },
		{ "IP:2001:db8::1", "IP:0.0.0.0/0.0.0.0", 0, 0 },
		{ "IP:192.0.2.1", "IP:::/::", 0, 0 },
	};

	check_rows(ROWS, CHK_COUNT(ROWS));
}

static void a_uri_is_held_by_its_host(void **state)
{
	static const struct row ROWS[] = {
		{ "URI:https://host.example.com/x", "URI:host.example.com",
		  1, 1 },
		{ "URI:https://u:p@host.example.com:8443/x?y#z",
		  "URI:host.example.com", 1, 1 },
		{ "URI:https://www.host.example.com", "URI:host.example.com",
		  0, 0 },
		{ "URI:ldap://my.host.example.com", "URI:.example.com", 1, 1 },
		{ "URI:https://example.com", "URI:.example.com", 0, 0 },
		{ "URI:https://evil.test/@host.example.com",
		  "URI:host.example.com", 0, 0 },
		{ "URI:https://evil.test?@host.example.com",
		  "URI:host.example.com", 0, 0 },
		{ "URI:https://host.example.com@evil.test",
		  "URI:host.example.com", 0, 0 },
	};

	check_rows(ROWS, CHK_COUNT(ROWS));
}

static void a_directory_name_is_held_by_its_first_parts(void **state)
{
	static const struct row ROWS[] = {
		{ "dir:O=Acme,CN=www", "dir:O=Acme", 1, 1 },
		{ "dir:O=ACME,CN=www", "dir:O=Acme", 1, 1 },
		{ "dir:O=Acme", "dir:O=Acme", 1, 1 },
		{ "dir:O=Acme", "dir:O=Acme,OU=Lab", 0, 0 },
		{ "dir:OU=Lab,O=Acme", "dir:O=Acme", 0, 0 },
		{ "dir:O=Acme,CN=www", "dir:", 1, 1 },
	};

	check_rows(ROWS, CHK_COUNT(ROWS));
}

static bool is_sound(struct chk_arena *arena, const char *text, bool base)
{
	struct chk_general_name name = read_name(arena, text);
	const struct chk_subtree_form *form = chk_subtree_form(name.type);

	return base ? form->is_base(name.value) : form->is_name(name.value);
}

static void names_that_cannot_be_held_are_not_sound(void **state)
{
	static const char *const NAMES[] = {
		"DNS:", "DNS:.example.com", "DNS:*", "DNS:a..b", "DNS:a.",
		"DNS:f*.example.com", "DNS:a/b", "DNS:\xc3\xbc.test",
		"email:", "email:a", "email:@b.test", "email:a@",
		"email:a@b@c.test", "email:\"a@b.test", "email:\"\"@b.test",
		"email:\"a\\\"@b.test", "email:\"a\"b\"@c.test",
		"email:a b@c.test", "email:a\"@b.test", "email:\"@b.test",
		"email:a\\b@c.test",
		"email:a@[192.0.2.1]", "email:a@b.test.", "email:a@.b.test",
		"URI:", "URI:mailto:a@b.test", "URI:/x", "URI:://b.test",
		"URI:https://", "URI:https://192.0.2.1/", "URI:https://[::1]/",
		"URI:https://127.1/", "URI:https://b.test./",
		"URI:https://b%2etest/", "URI:https://b.test\\@c.test",
		"IP:192.0.2.1/255.255.255.255",
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		if (is_sound(&arena, NAMES[i], false))
			fail_msg("%s", NAMES[i]);
	}
	chk_arena_clear(&arena);
}

static void bases_that_are_none_are_not_sound(void **state)
{
	static const char *const BASES[] = {
		"DNS:*.example.com", "DNS:.", "DNS:..a", "DNS:a.", "DNS:a b",
		"email:@b.test", "email:a@", "email:a@.b.test", "email:a b",
		"URI:https://b.test", "URI:*.b.test", "URI:b.test:443",
		"IP:192.0.2.1", "IP:10.0.0.0/255.0.255.0",
		"IP:10.0.0.0/0.0.0.255", "IP:::/0:ffff::", "IP:::1",
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(BASES); i++) {
		if (is_sound(&arena, BASES[i], true))
			fail_msg("%s", BASES[i]);
	}
	assert_false(chk_subtree_form(CHK_NAME_DNS)->is_name(
		BYTES("a.test\0.b.test")));
	assert_false(chk_subtree_form(CHK_NAME_DNS)->is_base(BYTES("a\0")));
	assert_false(chk_subtree_form(CHK_NAME_EMAIL)->is_name(
		BYTES("joe\0x@b.test")));
	assert_false(chk_subtree_form(CHK_NAME_EMAIL)->is_name(
		BYTES("\"joe\\\0\"@b.test")));
	chk_arena_clear(&arena);
}

static void other_forms_are_not_processed(void **state)
{
	assert_null(chk_subtree_form(CHK_NAME_OTHER));
	assert_null(chk_subtree_form(CHK_NAME_X400));
	assert_null(chk_subtree_form(CHK_NAME_EDI));
	assert_null(chk_subtree_form(CHK_NAME_REGISTERED_ID));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dns_subtree_is_the_name_and_all_below),
		cmocka_unit_test(a_leading_dot_is_read_the_safe_way),
		cmocka_unit_test(a_wildcard_is_read_the_safe_way),
		cmocka_unit_test(an_email_subtree_is_mailbox_host_or_domain),
		cmocka_unit_test(an_address_is_held_against_the_mask),
		cmocka_unit_test(a_uri_is_held_by_its_host),
		cmocka_unit_test(a_directory_name_is_held_by_its_first_parts),
		cmocka_unit_test(names_that_cannot_be_held_are_not_sound),
		cmocka_unit_test(bases_that_are_none_are_not_sound),
		cmocka_unit_test(other_forms_are_not_processed),
	};

	return cmocka_run_group_tests_name("path/subtree", tests, NULL, NULL);
}
