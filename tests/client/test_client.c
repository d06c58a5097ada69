/* tests/client/test_client.c: lib/client/client.c and lib/data/clients.tsv. */
#include "support/test.h"

#include "client/client.h"
#include "path/profile.h"

static const struct chk_client *client_of(const char *id)
{
	const struct chk_client *client = chk_client_find(id);

	assert_non_null(client);
	return client;
}

static bool has(struct chk_ids ids, uint16_t id)
{
	for (size_t i = 0; i < ids.count; i++) {
		if (ids.items[i] == id)
			return true;
	}
	return false;
}

static void a_client_is_found_by_id_alias_and_likeness(void **state)
{
	assert_string_equal(client_of("java-7u25")->id, "java-7u25");
	assert_string_equal(client_of("java7")->id, "java-7u25");
	assert_string_equal(client_of("java")->id, "java-17.0.21");
	assert_string_equal(client_of("openssl3")->id, "openssl-3.0.19");
	assert_string_equal(client_of("go1.19")->id, "go-1.19");
	assert_string_equal(client_of("Android7")->id, "android-7");
	assert_string_equal(client_of("Chrome")->id, "chromium-156");
}

static void what_is_none_is_not_found(void **state)
{
	assert_null(chk_client_find(""));
	assert_null(chk_client_find("-"));
	assert_null(chk_client_find("java1"));
	assert_null(chk_client_find("java17,java"));
	assert_null(chk_client_find("jav"));
}

/* An id and an alias lead to their row, and there are no two of one name. */
static void every_row_is_found_by_its_names(void **state)
{
	const struct chk_client *client;
	char names[64], *name, *rest;

	for (size_t i = 0; (client = chk_client_at(i)); i++) {
		assert_ptr_equal(chk_client_find(client->id), client);
		if (!client->aliases)
			continue;
		assert_true(strlen(client->aliases) < sizeof(names));
		strcpy(names, client->aliases);
		for (name = strtok_r(names, ",", &rest); name;
		     name = strtok_r(NULL, ",", &rest))
			assert_ptr_equal(chk_client_find(name), client);
	}
}

static void every_row_judges_by_what_there_is(void **state)
{
	const struct chk_client *client;

	for (size_t i = 0; (client = chk_client_at(i)); i++) {
		assert_non_null(chk_profile_find(client->profile));
		assert_true(!client->strength ||
			    chk_strength_find(client->strength));
		assert_true(client->min >= 0x0300 && client->max <= 0x0304);
		assert_true(client->min <= client->max);
		assert_true(!client->dh_max ||
			    client->dh_min <= client->dh_max);
	}
}

/* RFC 8446 4.2.1, 4.2.8: TLS 1.3 is offered whole or not at all. */
static void what_a_row_offers_belongs_together(void **state)
{
	const struct chk_client *client;

	for (size_t i = 0; (client = chk_client_at(i)); i++) {
		const struct chk_hello *hello = &client->hello;

		if (!chk_client_is_known(client))
			continue;
		assert_true(hello->version <= 0x0303);
		if (client->max == 0x0304) {
			assert_true(has(hello->versions, 0x0304));
			assert_true(has(hello->suites, 0x1301));
			assert_true(hello->groups.count);
			assert_true(hello->signatures.count);
		} else {
			assert_int_equal(hello->version, client->max);
			assert_int_equal(hello->key_shares.count, 0);
		}
		for (size_t j = 0; j < hello->key_shares.count; j++)
			assert_true(has(hello->groups,
					hello->key_shares.items[j]));
	}
}

/* JDK-7093640: 1.1 and 1.2 are off; it has no suite of TLS 1.2 either. */
static void java_7_offers_what_it_did(void **state)
{
	const struct chk_client *client = client_of("java7");

	assert_int_equal(client->max, 0x0301);
	assert_int_equal(client->hello.version, 0x0301);
	assert_int_equal(client->hello.signatures.count, 0);
	assert_true(has(client->hello.suites, 0x002f));
	assert_false(has(client->hello.suites, 0xc02f));
	assert_true(client->sends_name);
}

static void what_was_not_captured_is_not_made_up(void **state)
{
	assert_false(chk_client_is_known(client_of("java-7u131")));
	assert_false(chk_client_is_known(client_of("schannel-win11")));
	assert_true(chk_client_is_known(client_of("java8")));
}

static void some_want_a_dot_in_a_name(void **state)
{
	static const char *const SEND[] = { "curl", "python3", "firefox",
					    "go1.22" };

	for (size_t i = 0; i < CHK_COUNT(SEND); i++)
		assert_string_equal(chk_client_name(client_of(SEND[i]), "a"),
				    "a");
	assert_null(chk_client_name(client_of("java8"), "a"));
	assert_null(chk_client_name(client_of("android7"), "a"));
	assert_null(chk_client_name(client_of("openssl3"), "a"));
	assert_string_equal(chk_client_name(client_of("java8"), "a.test"),
			    "a.test");
	assert_null(chk_client_name(client_of("java-6u45"), "a.test"));
	assert_null(chk_client_name(client_of("curl"), NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_client_is_found_by_id_alias_and_likeness),
		cmocka_unit_test(what_is_none_is_not_found),
		cmocka_unit_test(every_row_is_found_by_its_names),
		cmocka_unit_test(every_row_judges_by_what_there_is),
		cmocka_unit_test(what_a_row_offers_belongs_together),
		cmocka_unit_test(java_7_offers_what_it_did),
		cmocka_unit_test(what_was_not_captured_is_not_made_up),
		cmocka_unit_test(some_want_a_dot_in_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
