/*
 * tests/store/test_read_pkcs12.c: lib/store/read_pkcs12.c on what keytool and
 * openssl made (tests/store/keystores/make.sh).
 */
#include "support/test.h"

#include <stdlib.h>

#include "store/format.h"
#include "support/keystore.h"

static struct chk_cert *one, *leaf;

static struct chk_cert *cert_of(const char *name)
{
	struct chk_bytes der = keystore_read(name);
	struct chk_cert *cert;

	assert_true(chk_cert_parse(der, &cert, NULL));
	free((void *)(uintptr_t)der.data);
	return cert;
}

static int begin(void **state)
{
	one = cert_of("one.der");
	leaf = cert_of("leaf.der");
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(leaf);
	return 0;
}

static struct chk_store *open_bytes(struct chk_bytes bytes, const char *pin,
				    struct chk_error *error)
{
	const struct chk_store_options options = { .pin = pin };
	struct chk_store *store = chk_store_new("p12:a");
	uint8_t *copy = malloc(bytes.size ? bytes.size : 1);

	/* Of its own size, so that a read beyond the end is seen. */
	assert_non_null(copy);
	memcpy(copy, bytes.data, bytes.size);
	if (!chk_read_pkcs12(store, chk_bytes_of(copy, bytes.size), "a",
			     &options, error)) {
		chk_store_free(store);
		store = NULL;
	}
	free(copy);
	return store;
}

static struct chk_store *open_file(const char *name, const char *pin,
				   struct chk_error *error)
{
	struct chk_bytes bytes = keystore_read(name);
	struct chk_store *store = open_bytes(bytes, pin, error);

	free((void *)(uintptr_t)bytes.data);
	return store;
}

static struct chk_store *open_well(const char *name, const char *pin)
{
	struct chk_error error;
	struct chk_store *store = open_file(name, pin, &error);

	if (!store)
		fail_msg("%s: %s", name, error.what);
	return store;
}

static void check_fails(const char *name, const char *pin, enum chk_code code,
			const char *what)
{
	struct chk_error error;

	assert_null(open_file(name, pin, &error));
	assert_int_equal(error.code, code);
	assert_string_equal(error.where, "a");
	if (!strstr(error.what, what))
		fail_msg("%s, and not %s", error.what, what);
}

static enum chk_trust trust_of(const struct chk_store *store,
			       const struct chk_cert *cert)
{
	const struct chk_anchor *anchor = chk_store_find(store, cert);

	assert_non_null(anchor);
	return chk_anchor_trust(anchor, CHK_PURPOSE_TLS_SERVER);
}

/* The one trap that there is; NULL: none. */
static const char *trap_of(const struct chk_store *store)
{
	assert_true(chk_store_trap_count(store) < 2);
	return chk_store_trap_count(store) ?
	       chk_store_trap(store, 0)->code : "none";
}

static void what_keytool_marked_is_trusted(void **state)
{
	struct chk_store *store = open_well("java.p12", "changeit");

	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(trust_of(store, one), CHK_TRUST_TRUSTED);
	assert_string_equal(chk_anchor_where(chk_store_get(store, 0), 0),
			    "a: alias One");
	assert_string_equal(trap_of(store), "none");
	chk_store_free(store);
}

static void a_jvm_that_is_told_no_password_would_take_none(void **state)
{
	struct chk_store *store = open_well("java.p12", NULL);

	assert_int_equal(trust_of(store, one), CHK_TRUST_TRUSTED);
	assert_string_equal(trap_of(store), "store.java-empty");
	assert_non_null(strstr(chk_store_trap(store, 0)->what,
			       "trustStorePassword"));
	chk_store_free(store);
}

static void one_that_is_open_needs_no_password(void **state)
{
	static const char *const PINS[] = { NULL, "", "changeit", "wrong" };

	for (size_t i = 0; i < CHK_COUNT(PINS); i++) {
		struct chk_store *store = open_well("open.p12", PINS[i]);

		assert_int_equal(trust_of(store, one), CHK_TRUST_TRUSTED);
		assert_string_equal(trap_of(store), "none");
		chk_store_free(store);
	}
}

static void what_openssl_made_is_empty_for_java(void **state)
{
	struct chk_store *store = open_well("openssl.p12", "changeit");

	assert_int_equal(trust_of(store, one), CHK_TRUST_NOT_STATED);
	assert_string_equal(trap_of(store), "store.java-empty");
	chk_store_free(store);
}

static void of_a_key_its_own_certificate_is_trusted(void **state)
{
	static const char *const NAMES[] = { "key.p12", "nameless.p12" };

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		struct chk_store *store = open_well(NAMES[i], "changeit");

		assert_int_equal(trust_of(store, leaf), CHK_TRUST_TRUSTED);
		assert_int_equal(trust_of(store, one), CHK_TRUST_NOT_STATED);
		assert_string_equal(trap_of(store),
				    "store.not-marked-trusted");
		chk_store_free(store);
	}
}

static void the_ciphers_of_old_keytools_hide_no_mark(void **state)
{
	static const char *const NAMES[] = { "legacy.p12", "3des.p12" };

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		struct chk_store *store = open_well(NAMES[i], "changeit");

		assert_int_equal(chk_store_count(store), 1);
		assert_int_equal(trust_of(store, one), CHK_TRUST_TRUSTED);
		assert_string_equal(chk_anchor_where(chk_store_get(store, 0),
						     0), "a: alias One");
		assert_string_equal(trap_of(store), "none");
		chk_store_free(store);
	}
}

static void what_cannot_be_seen_is_not_trusted(void **state)
{
	struct chk_store *store = open_well("rc4.p12", "changeit");

	assert_int_equal(trust_of(store, one), CHK_TRUST_NOT_STATED);
	assert_string_equal(trap_of(store), "store.not-marked-trusted");
	assert_non_null(strstr(chk_store_trap(store, 0)->what,
			       "keytool -importkeystore"));
	chk_store_free(store);
}

static void a_cipher_that_nobody_here_has_is_said(void **state)
{
	check_fails("rc2-128.p12", "changeit", CHK_ERROR_UNSUPPORTED,
		    "in a way that is not known");
}

static void the_empty_password_opens_both_ways_of_it(void **state)
{
	static const char *const NAMES[] = { "empty.p12", "none.p12" };
	static const char *const PINS[] = { "", NULL };

	for (size_t i = 0; i < 4; i++) {
		struct chk_store *store = open_well(NAMES[i / 2], PINS[i % 2]);

		assert_int_equal(chk_store_count(store), 1);
		assert_int_equal(trust_of(store, one), CHK_TRUST_NOT_STATED);
		assert_string_equal(trap_of(store), "store.java-empty");
		chk_store_free(store);
	}
}

static void a_wrong_password_refuses_it(void **state)
{
	check_fails("java.p12", "wrong", CHK_ERROR_PASSWORD, "wrong");
	check_fails("java.p12", "", CHK_ERROR_PASSWORD, "wrong");
	check_fails("legacy.p12", "wrong", CHK_ERROR_PASSWORD, "wrong");
	check_fails("other.p12", "changeit", CHK_ERROR_PASSWORD, "wrong");
	check_fails("other.p12", NULL, CHK_ERROR_PASSWORD,
		    "give its password");
}

static void it_may_be_cut_nowhere(void **state)
{
	struct chk_bytes file = keystore_read("java.p12");
	struct chk_error error;

	for (size_t size = 0; size < file.size; size++) {
		assert_null(open_bytes(chk_bytes_of(file.data, size),
				       "changeit", &error));
		assert_string_equal(error.where, "a");
		assert_true(error.what[0]);
	}
	free((void *)(uintptr_t)file.data);
}

/* Whatever a bit is changed to, only what the MAC covers is trusted. */
static void a_changed_bit_makes_nothing_else_trusted(void **state)
{
	struct chk_bytes file = keystore_read("java.p12");
	uint8_t *data = (void *)(uintptr_t)file.data;
	struct chk_error error;

	for (size_t bit = 0; bit < 8 * file.size; bit++) {
		struct chk_store *store;

		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
		store = open_bytes(file, "changeit", &error);
		assert_true(!store || chk_store_count(store) == 1);
		if (store)
			assert_non_null(chk_store_find(store, one));
		chk_store_free(store);
		data[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	free(data);
}

static void rounds_without_end_are_refused(void **state)
{
	struct chk_bytes file = keystore_read("java.p12");
	/* iterations of MacData, the last element: 2. */
	uint8_t *grown = malloc(file.size + 3);
	struct chk_error error;

	memcpy(grown, file.data, file.size);
	assert_memory_equal(grown + file.size - 3, "\x02\x01\x02", 3);
	memcpy(grown + file.size - 3, "\x02\x04\x7f\xff\xff\xff", 6);
	/* PFX and MacData are three bytes longer. */
	grown[3] += 3;
	for (size_t at = 0; at + 1 < file.size; at++) {
		size_t size = file.size - at - 2;

		if (grown[at] == 0x30 && grown[at + 1] == size && size < 128)
			grown[at + 1] += 3;
	}
	assert_null(open_bytes(chk_bytes_of(grown, file.size + 3), NULL,
			       &error));
	assert_int_equal(error.code, CHK_ERROR_TOO_LARGE);
	free(grown);
	free((void *)(uintptr_t)file.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_keytool_marked_is_trusted),
		cmocka_unit_test(
			a_jvm_that_is_told_no_password_would_take_none),
		cmocka_unit_test(one_that_is_open_needs_no_password),
		cmocka_unit_test(what_openssl_made_is_empty_for_java),
		cmocka_unit_test(of_a_key_its_own_certificate_is_trusted),
		cmocka_unit_test(the_ciphers_of_old_keytools_hide_no_mark),
		cmocka_unit_test(what_cannot_be_seen_is_not_trusted),
		cmocka_unit_test(a_cipher_that_nobody_here_has_is_said),
		cmocka_unit_test(the_empty_password_opens_both_ways_of_it),
		cmocka_unit_test(a_wrong_password_refuses_it),
		cmocka_unit_test(it_may_be_cut_nowhere),
		cmocka_unit_test(a_changed_bit_makes_nothing_else_trusted),
		cmocka_unit_test(rounds_without_end_are_refused),
	};

	return cmocka_run_group_tests_name("store/read_pkcs12", tests, begin,
					   end);
}
