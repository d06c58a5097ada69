/*
 * tests/store/test_read_jks.c: lib/store/read_jks.c on keystores that are
 * written here as the JDK's documentation and its own files have them; those
 * of keytool itself are read by tests/cli/keystores.sh.
 */
#include "support/test.h"

#include <stdlib.h>

#include <gnutls/crypto.h>

#include "base/buffer.h"
#include "store/format.h"
#include "support/made.h"
#include "support/scratch.h"

#define JKS "\xfe\xed\xfe\xed\x00\x00\x00\x02"
#define JCEKS "\xce\xce\xce\xce\x00\x00\x00\x02"
#define VERSION_1 "\xfe\xed\xfe\xed\x00\x00\x00\x01"

static struct chk_cert *one, *two;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Two", .key = 1,
					  .issuer = "One", .ca = true });
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	forget_keys();
	return 0;
}

static void number(struct chk_buffer *file, size_t size, uint32_t value)
{
	while (size--) {
		uint8_t byte = (uint8_t)(value >> 8 * size);

		chk_buffer_add(file, &byte, 1);
	}
}

static void start(struct chk_buffer *file, const char *head, uint32_t count)
{
	*file = (struct chk_buffer){ .data = NULL };
	chk_buffer_add(file, head, 8);
	number(file, 4, count);
}

static void entry(struct chk_buffer *file, uint32_t tag, const char *alias)
{
	number(file, 4, tag);
	number(file, 2, (uint32_t)strlen(alias));
	chk_buffer_text(file, alias);
	number(file, 4, 0);
	number(file, 4, 0);
}

static void certificate(struct chk_buffer *file, const struct chk_cert *cert,
			const char *kind)
{
	if (kind) {
		number(file, 2, (uint32_t)strlen(kind));
		chk_buffer_text(file, kind);
	}
	number(file, 4, (uint32_t)cert->der.size);
	chk_buffer_add(file, cert->der.data, cert->der.size);
}

static void trusted(struct chk_buffer *file, const char *alias,
		    const struct chk_cert *cert)
{
	entry(file, 2, alias);
	certificate(file, cert, "X.509");
}

/* `chars` is the password in UTF-16BE. */
static void finish(struct chk_buffer *file, struct chk_bytes chars)
{
	struct chk_buffer all = { 0 };
	uint8_t digest[20];

	chk_buffer_add(&all, chars.data, chars.size);
	chk_buffer_text(&all, "Mighty Aphrodite");
	chk_buffer_add(&all, file->data, file->size);
	assert_int_equal(gnutls_hash_fast(GNUTLS_DIG_SHA1, all.data, all.size,
					  digest), 0);
	chk_buffer_add(file, digest, sizeof(digest));
	chk_buffer_clear(&all);
}

#define CHANGEIT BYTES("\0c\0h\0a\0n\0g\0e\0i\0t")
#define SECRET BYTES("\0s\0\xfc")
#define SECRET_TEXT "s\xc3\xbc"

static struct chk_store *open_bytes(const void *data, size_t size,
				    const char *pin, struct chk_error *error)
{
	const struct chk_store_options options = { .pin = pin };
	struct chk_store *store = chk_store_new("jks:a");
	uint8_t *copy = malloc(size ? size : 1);

	/* Of its own size, so that a read beyond the end is seen. */
	assert_non_null(copy);
	memcpy(copy, data, size);
	if (!chk_read_jks(store, chk_bytes_of(copy, size), "a", &options,
			  error)) {
		chk_store_free(store);
		store = NULL;
	}
	free(copy);
	return store;
}

static struct chk_store *open_file(struct chk_buffer *file, const char *pin,
				   struct chk_error *error)
{
	struct chk_store *store = open_bytes(file->data, file->size, pin,
					     error);

	chk_buffer_clear(file);
	return store;
}

static struct chk_store *open_well(struct chk_buffer *file)
{
	struct chk_error error;
	struct chk_store *store = open_file(file, NULL, &error);

	if (!store)
		fail_msg("%s: %s", error.where, error.what);
	return store;
}

static void check_fails(struct chk_buffer *file, const char *pin,
			enum chk_code code, const char *what)
{
	struct chk_error error;

	assert_null(open_file(file, pin, &error));
	assert_int_equal(error.code, code);
	assert_string_equal(error.where, "a");
	if (!strstr(error.what, what))
		fail_msg("%s, and not %s", error.what, what);
}

static void trusted_entries_are_anchors_by_their_alias(void **state)
{
	struct chk_buffer file;
	struct chk_store *store;
	const struct chk_anchor *anchor;

	start(&file, JKS, 2);
	trusted(&file, "first", one);
	trusted(&file, "\xed\xa0\xb5\xed\xb2\xb3", two);
	finish(&file, CHANGEIT);
	store = open_well(&file);
	assert_int_equal(chk_store_count(store), 2);
	assert_int_equal(chk_store_note_count(store), 0);
	assert_int_equal(chk_store_trap_count(store), 0);
	anchor = chk_store_find(store, one);
	for (int i = 0; i < CHK_PURPOSE_ANY; i++)
		assert_int_equal(anchor->trust[i], CHK_TRUST_TRUSTED);
	assert_string_equal(chk_anchor_where(anchor, 0), "a: alias first");
	assert_string_equal(chk_anchor_where(chk_store_find(store, two), 0),
			    "a: alias \xf0\x9d\x92\xb3");
	chk_store_free(store);
}

static void version_1_has_no_kinds_of_certificate(void **state)
{
	struct chk_buffer file;
	struct chk_store *store;

	start(&file, VERSION_1, 1);
	entry(&file, 2, "first");
	certificate(&file, one, NULL);
	finish(&file, CHANGEIT);
	store = open_well(&file);
	assert_non_null(chk_store_find(store, one));
	chk_store_free(store);
}

/* tests/cli/keystores.sh asks a JVM. */
static void of_a_key_the_first_certificate_is_trusted(void **state)
{
	struct chk_buffer file;
	struct chk_store *store;

	start(&file, JKS, 1);
	entry(&file, 1, "key");
	number(&file, 4, 3);
	chk_buffer_text(&file, "key");
	number(&file, 4, 2);
	certificate(&file, two, "X.509");
	certificate(&file, one, "X.509");
	finish(&file, CHANGEIT);
	store = open_well(&file);
	assert_int_equal(chk_anchor_trust(chk_store_find(store, two),
					  CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	assert_int_equal(chk_anchor_trust(chk_store_find(store, one),
					  CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_NOT_STATED);
	chk_store_free(store);
}

static void what_is_behind_a_secret_key_is_noted(void **state)
{
	struct chk_buffer file;
	struct chk_store *store;

	start(&file, JCEKS, 3);
	trusted(&file, "first", one);
	entry(&file, 3, "secret");
	chk_buffer_add(&file, "\xac\xed\x00\x05sr\x00\x19", 8);
	trusted(&file, "last", two);
	finish(&file, CHANGEIT);
	store = open_well(&file);
	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(chk_store_note_count(store), 1);
	assert_non_null(strstr(chk_store_note(store, 0)->what,
			       "1 entries behind it are not read"));
	assert_int_equal(chk_store_trap_count(store), 0);
	chk_store_free(store);
	start(&file, JCEKS, 2);
	entry(&file, 3, "secret");
	trusted(&file, "last", two);
	finish(&file, CHANGEIT);
	check_fails(&file, NULL, CHK_ERROR_EMPTY, "secret key");
	/* JKS has none. */
	start(&file, JKS, 1);
	entry(&file, 3, "secret");
	finish(&file, CHANGEIT);
	check_fails(&file, NULL, CHK_ERROR_FORMAT, "no kind");
}

static void the_last_of_an_alias_is_the_one(void **state)
{
	struct chk_buffer file;
	struct chk_store *store;

	start(&file, JKS, 2);
	trusted(&file, "root", one);
	trusted(&file, "root", two);
	finish(&file, CHANGEIT);
	store = open_well(&file);
	assert_null(chk_store_find(store, one));
	assert_non_null(chk_store_find(store, two));
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

/* tests/cli/keystores.sh asks a JVM. */
static void an_alias_with_capitals_is_not_found_by_java(void **state)
{
	struct chk_buffer file;
	struct chk_store *store;

	start(&file, JKS, 2);
	trusted(&file, "Root", one);
	trusted(&file, "root", two);
	finish(&file, CHANGEIT);
	store = open_well(&file);
	assert_int_equal(chk_anchor_trust(chk_store_find(store, one),
					  CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_NOT_STATED);
	assert_int_equal(chk_anchor_trust(chk_store_find(store, two),
					  CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	assert_int_equal(chk_store_trap_count(store), 1);
	assert_string_equal(chk_store_trap(store, 0)->where, "a: alias Root");
	chk_store_free(store);
}

static struct chk_buffer *protected_by(struct chk_bytes chars)
{
	static struct chk_buffer file;

	start(&file, JKS, 1);
	trusted(&file, "first", one);
	finish(&file, chars);
	return &file;
}

static void a_password_that_is_given_must_fit(void **state)
{
	struct chk_error error;
	struct chk_store *store = open_file(protected_by(SECRET), SECRET_TEXT,
					    &error);

	assert_non_null(store);
	assert_int_equal(chk_store_trap_count(store), 0);
	chk_store_free(store);
	check_fails(protected_by(SECRET), "changeit", CHK_ERROR_PASSWORD,
		    "the password is wrong");
	check_fails(protected_by(CHANGEIT), "", CHK_ERROR_PASSWORD,
		    "the password is wrong");
	check_fails(protected_by(CHANGEIT), "\xff", CHK_ERROR_PASSWORD,
		    "the password is wrong");
}

static void without_a_password_it_is_read_and_said(void **state)
{
	struct chk_store *store = open_well(protected_by(SECRET));

	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(chk_store_trap_count(store), 1);
	assert_string_equal(chk_store_trap(store, 0)->code, "store.password");
	chk_store_free(store);
	store = open_well(protected_by(BYTES("")));
	assert_int_equal(chk_store_trap_count(store), 0);
	chk_store_free(store);
}

static void check_refused(struct chk_buffer *file, const char *where)
{
	struct chk_error error;

	trusted(file, "good", two);
	finish(file, CHANGEIT);
	assert_null(open_file(file, NULL, &error));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_string_equal(error.where, where);
	assert_non_null(strstr(error.what, "refuses the whole"));
}

static void what_is_no_certificate_ends_it_as_for_java(void **state)
{
	struct chk_cert broken = *one;
	struct chk_buffer file;

	broken.der.size--;
	start(&file, JKS, 2);
	trusted(&file, "broken", &broken);
	check_refused(&file, "a: alias broken");
	start(&file, JKS, 2);
	entry(&file, 2, "pgp");
	certificate(&file, one, "PGP");
	check_refused(&file, "a: alias pgp");
}

/* "X509" and bytes behind the certificate are nothing to Java. */
static void what_java_reads_all_the_same_is_read(void **state)
{
	struct chk_buffer longer = { 0 }, file;
	struct chk_cert more = *one;
	struct chk_store *store;

	chk_buffer_add(&longer, one->der.data, one->der.size);
	chk_buffer_add(&longer, "\0", 1);
	more.der = chk_bytes_of(longer.data, longer.size);
	start(&file, JKS, 2);
	trusted(&file, "more", &more);
	entry(&file, 2, "x509");
	certificate(&file, two, "x509");
	finish(&file, CHANGEIT);
	store = open_well(&file);
	assert_non_null(chk_store_find(store, one));
	assert_non_null(chk_store_find(store, two));
	assert_int_equal(chk_store_note_count(store), 0);
	chk_store_free(store);
	chk_buffer_clear(&longer);
}

static void it_may_be_cut_nowhere(void **state)
{
	struct chk_buffer *file = protected_by(CHANGEIT);
	struct chk_error error;

	for (size_t size = 0; size < file->size; size++) {
		assert_null(open_bytes(file->data, size, NULL, &error));
		assert_int_equal(error.code, CHK_ERROR_FORMAT);
		assert_true(error.offset <= size);
	}
	chk_buffer_clear(file);
}

/* Whatever a bit is changed to, only what the hash covers is trusted. */
static void a_changed_bit_is_seen(void **state)
{
	struct chk_buffer *file = protected_by(SECRET);
	struct chk_error error;

	for (size_t bit = 0; bit < 8 * file->size; bit++) {
		file->data[bit / 8] ^= (char)(1 << bit % 8);
		assert_null(open_bytes(file->data, file->size, SECRET_TEXT,
				       &error));
		file->data[bit / 8] ^= (char)(1 << bit % 8);
	}
	chk_buffer_clear(file);
}

static void lengths_that_lie_are_told_with_their_place(void **state)
{
	struct chk_buffer file;

	start(&file, JKS, UINT32_MAX);
	finish(&file, CHANGEIT);
	check_fails(&file, NULL, CHK_ERROR_TOO_LARGE, "4294967295 entries");
	start(&file, JKS, 1);
	entry(&file, 2, "x");
	number(&file, 2, 5);
	chk_buffer_text(&file, "X.509");
	number(&file, 4, UINT32_MAX);
	finish(&file, CHANGEIT);
	check_fails(&file, NULL, CHK_ERROR_FORMAT, "byte 38");
	start(&file, JKS, 1);
	entry(&file, 1, "x");
	number(&file, 4, 0);
	number(&file, 4, UINT32_MAX);
	finish(&file, CHANGEIT);
	check_fails(&file, NULL, CHK_ERROR_FORMAT, "ends before");
	start(&file, "\xfe\xed\xfe\xed\x00\x00\x00\x03", 0);
	finish(&file, CHANGEIT);
	check_fails(&file, NULL, CHK_ERROR_FORMAT, "version");
	start(&file, JKS, 1);
	trusted(&file, "\xff", one);
	finish(&file, CHANGEIT);
	check_fails(&file, NULL, CHK_ERROR_FORMAT, "alias");
}

static void an_empty_one_is_an_error(void **state)
{
	struct chk_buffer file;

	start(&file, JKS, 0);
	finish(&file, CHANGEIT);
	check_fails(&file, NULL, CHK_ERROR_EMPTY, "no certificate");
}

static void what_is_behind_the_end_is_noted(void **state)
{
	struct chk_buffer *file = protected_by(CHANGEIT);
	struct chk_store *store;

	chk_buffer_text(file, "more");
	store = open_well(file);
	assert_int_equal(chk_store_trap_count(store), 0);
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trusted_entries_are_anchors_by_their_alias),
		cmocka_unit_test(version_1_has_no_kinds_of_certificate),
		cmocka_unit_test(of_a_key_the_first_certificate_is_trusted),
		cmocka_unit_test(what_is_behind_a_secret_key_is_noted),
		cmocka_unit_test(the_last_of_an_alias_is_the_one),
		cmocka_unit_test(an_alias_with_capitals_is_not_found_by_java),
		cmocka_unit_test(a_password_that_is_given_must_fit),
		cmocka_unit_test(without_a_password_it_is_read_and_said),
		cmocka_unit_test(what_is_no_certificate_ends_it_as_for_java),
		cmocka_unit_test(what_java_reads_all_the_same_is_read),
		cmocka_unit_test(it_may_be_cut_nowhere),
		cmocka_unit_test(a_changed_bit_is_seen),
		cmocka_unit_test(lengths_that_lie_are_told_with_their_place),
		cmocka_unit_test(an_empty_one_is_an_error),
		cmocka_unit_test(what_is_behind_the_end_is_noted),
	};

	return cmocka_run_group_tests_name("store/read_jks", tests, begin, end);
}
