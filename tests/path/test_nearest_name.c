/* tests/path/test_nearest_name.c: lib/path/nearest_name.c. */
#include "support/test.h"

#include <stdio.h>
#include <time.h>

#include "path/made_names.h"
#include "path/nearest_name.h"

static const char *nearest(struct chk_arena *arena, const char *subject,
			   const char *names, const char *host)
{
	struct chk_cert cert = made_cert(arena, subject, names);
	struct chk_identity identity;
	uint32_t count;

	if (strchr(host, '@'))
		assert_true(chk_identity_set_email(&identity, host, NULL));
	else
		assert_true(chk_identity_set(&identity, host, NULL));
	return chk_nearest_name(&cert, &identity, arena, &count);
}

static void the_name_to_look_at_comes_first(void **state)
{
	static const struct {
		const char *names, *host, *nearest;
	} ROWS[] = {
		/* A wildcard's depth before all. */
		{ "DNS:a.b.lab.tesd DNS:*.lab.test", "a.b.lab.test",
		  "DNS:*.lab.test" },
		{ "DNS:www.lab.test DNS:*.lab.test", "lab.test",
		  "DNS:*.lab.test" },
		/* Then the domain, then the letters. */
		{ "DNS:mail.other.test DNS:web.corp.test", "mail.corp.test",
		  "DNS:web.corp.test" },
		{ "DNS:one.test DNS:exampel.test DNS:two.test", "example.test",
		  "DNS:exampel.test" },
		{ "email:jim@b.test email:joe@b.test", "jo@b.test",
		  "email:joe@b.test" },
		{ "IP:192.0.2.9 IP:192.0.2.3 IP:10.0.0.1", "192.0.2.2",
		  "IP:192.0.2.3" },
		{ "IP:192.0.2.1 DNS:127.0.0.1", "127.0.0.1",
		  "DNS:127.0.0.1 (an address must be an iPAddress name)" },
	};
	struct chk_arena arena = { 0 };

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++)
		assert_string_equal(nearest(&arena, "CN=x", ROWS[i].names,
					    ROWS[i].host), ROWS[i].nearest);
	chk_arena_clear(&arena);
}

static void an_address_in_the_common_name_is_told(void **state)
{
	struct chk_arena arena = { 0 };

	assert_string_equal(nearest(&arena, "CN=127.0.0.1", NULL, "127.0.0.1"),
			    "CN=127.0.0.1 (an address must be an iPAddress "
			    "name)");
	chk_arena_clear(&arena);
}

static void without_a_name_of_the_kind_there_is_none(void **state)
{
	struct chk_arena arena = { 0 };

	assert_null(nearest(&arena, "CN=x", NULL, "a.test"));
	assert_null(nearest(&arena, "CN=x", "IP:192.0.2.1", "a.test"));
	assert_null(nearest(&arena, "CN=x", "DNS:a.test", "joe@a.test"));
	chk_arena_clear(&arena);
}

static void escape_sequences_do_not_get_through(void **state)
{
	struct chk_arena arena = { 0 };

	assert_null(strchr(nearest(&arena, "CN=x", "DNS:\x1b[2Ja.test",
				   "b.test"), '\x1b'));
	chk_arena_clear(&arena);
}

static void a_name_of_a_megabyte_is_cut(void **state)
{
	struct chk_arena arena = { 0 };
	char *names = malloc(1000005);

	assert_non_null(names);
	memset(names, 'a', 1000004);
	memcpy(names, "DNS:", 4);
	names[1000004] = '\0';
	assert_in_range(strlen(nearest(&arena, "CN=x", names, "b.test")), 100,
			1000);
	free(names);
	chk_arena_clear(&arena);
}

/* 250 letters each: whole tables would be 600 million cells. */
static void ten_thousand_long_names_cost_little(void **state)
{
	struct chk_arena arena = { 0 };
	struct chk_bytes one, content;
	struct chk_cert cert = made_cert(&arena, "CN=x", "DNS:a.test");
	struct chk_identity identity;
	char name[256], host[252];
	uint8_t *room;
	uint32_t count;
	clock_t start;

	memset(host, 'a', sizeof(host));
	for (size_t i = 10; i < sizeof(host); i += 11)
		host[i] = '.';
	host[251] = '\0';
	assert_true(chk_identity_set(&identity, host, NULL));
	snprintf(name, sizeof(name), "DNS:%s", host);
	name[4] = 'b';
	one = made_name(&arena, name);
	room = chk_arena_array(&arena, 10000, one.size);
	assert_non_null(room);
	for (size_t i = 0; i < 10000; i++)
		memcpy(room + i * one.size, one.data, one.size);
	content = chk_bytes_of(room, 10000 * one.size);
	cert.alt_names.value = made_tlv(&arena, 0x30, content);
	start = clock();
	assert_non_null(chk_nearest_name(&cert, &identity, &arena, &count));
	assert_true((clock() - start) / CLOCKS_PER_SEC < 5);
	assert_int_equal(count, 10000);
	chk_arena_clear(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_name_to_look_at_comes_first),
		cmocka_unit_test(an_address_in_the_common_name_is_told),
		cmocka_unit_test(without_a_name_of_the_kind_there_is_none),
		cmocka_unit_test(escape_sequences_do_not_get_through),
		cmocka_unit_test(a_name_of_a_megabyte_is_cut),
		cmocka_unit_test(ten_thousand_long_names_cost_little),
	};

	return cmocka_run_group_tests_name("path/nearest_name", tests, NULL,
					   NULL);
}
