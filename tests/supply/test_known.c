/*
 * tests/supply/test_known.c: lib/supply/known.c and known_write.c, on the table
 * of this build and on small ones, whole and damaged.
 */
#include "support/test.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "cert/dn.h"
#include "store/store.h"
#include "supply/known.h"
#include "supply/known_write.h"
#include "support/made.h"
#include "support/scratch.h"

static struct chk_known *open_built(void)
{
	struct chk_known *known;

	assert_true(chk_known_open(getenv("KNOWN"), &known, NULL));
	return known;
}

/* Walks those of a name, in RFC 4514. */
static bool next_of(const struct chk_known *known, const char *text,
		    struct chk_bytes key_id, size_t *cursor,
		    struct chk_known_cert *cert)
{
	struct chk_buffer name = { 0 };
	struct chk_bytes bytes;
	bool found;

	assert_true(chk_dn_parse(text, &name));
	bytes = chk_bytes_of(name.data, name.size);
	found = chk_known_next(known, bytes, chk_dn_hash(bytes), key_id, cursor,
			       cert);
	chk_buffer_clear(&name);
	return found;
}

/* https://letsencrypt.org/certificates/ has the fingerprint. */
static void a_root_is_found_by_name_and_key_id(void **state)
{
	static const uint8_t KEY_ID[] = {
		0x79, 0xb4, 0x59, 0xe6, 0x7b, 0xb6, 0xe5, 0xe4, 0x01, 0x73,
		0x80, 0x08, 0x88, 0xc8, 0x1a, 0x58, 0xf6, 0xe9, 0x9b, 0x6e };
	static const char NAME[] =
		"CN=ISRG Root X1,O=Internet Security Research Group,C=US";
	struct chk_known *known = open_built();
	struct chk_bytes key_id = chk_bytes_of(KEY_ID, sizeof(KEY_ID));
	struct chk_known_cert cert;
	struct chk_known_span span;
	size_t cursor = 0, roots = 0;
	char *subject;

	while (next_of(known, NAME, key_id, &cursor, &cert)) {
		if (!cert.root)
			continue;
		roots++;
		assert_int_equal(cert.sha256[0], 0x96);
		assert_int_equal(cert.sha256[31], 0xc6);
		subject = chk_known_subject(known, &cert);
		assert_string_equal(subject, NAME);
		free(subject);
		assert_true(chk_known_span(known, &cert, 0, &span));
		assert_string_equal(span.programme, "Mozilla");
		assert_true(span.until == INT64_MAX);
		assert_false(chk_known_span(known, &cert, cert.span_count,
					    &span));
	}
	assert_int_equal(roots, 1);
	cursor = 0;
	key_id.size = 19;
	assert_false(next_of(known, NAME, key_id, &cursor, &cert));
	chk_known_free(known);
}

static void an_intermediate_leads_to_its_roots(void **state)
{
	struct chk_known *known = open_built();
	struct chk_known_cert cert, root;
	size_t cursor = 0, found = 0;

	while (next_of(known, "CN=R3,O=Let's Encrypt,C=US",
		       (struct chk_bytes){ 0 }, &cursor, &cert)) {
		assert_false(cert.root);
		assert_true(cert.for_tls);
		for (size_t i = 0; chk_known_root(known, &cert, i, &root); i++) {
			char *subject = chk_known_subject(known, &root);

			found += strncmp(subject, "CN=ISRG Root X1,", 16) == 0;
			free(subject);
		}
	}
	assert_true(found > 0);
	chk_known_free(known);
}

/* The roots that this machine's maker ships are public ones. */
static void the_roots_of_this_machine_are_known(void **state)
{
	static const char BUNDLE[] = "/usr/share/ca-certificates/mozilla";
	struct chk_known *known = open_built();
	struct chk_known_cert found;
	struct chk_store *store;
	size_t unknown = 0;

	if (access(BUNDLE, R_OK) != 0)
		skip();
	assert_true(chk_store_open("dir:/usr/share/ca-certificates/mozilla",
				   NULL, &store, NULL));
	for (size_t i = 0; i < chk_store_count(store); i++) {
		const struct chk_cert *cert =
			chk_anchor_cert(chk_store_get(store, i));

		if (!chk_known_find(known, cert, &found)) {
			unknown++;
			continue;
		}
		assert_true(found.root);
		assert_true(chk_known_has_key(known, &found, cert->spki));
		assert_true(found.not_before <= cert->not_before);
		assert_true(found.not_before > cert->not_before - 86400);
	}
	/* A root of next year is no fault of this year's table. */
	assert_true(unknown * 10 <= chk_store_count(store));
	chk_store_free(store);
	chk_known_free(known);
}

static void a_name_that_nobody_has_is_not_known(void **state)
{
	struct chk_known *known = open_built();
	struct chk_known_cert cert;
	size_t cursor = 0;

	assert_false(next_of(known, "CN=Nobody has this name", (struct chk_bytes){ 0 },
			     &cursor, &cert));
	assert_false(chk_known_get(known, chk_known_count(known), &cert));
	chk_known_free(known);
}

/* Two roots and an intermediate that leads to the second. */
static void write_small(const char *file)
{
	static const struct chk_known_days DAYS = { 0, 2, 16801, 0, 0 };
	static const uint8_t SECOND[1][8] = { { 2 } };
	struct chk_known_entry entries[] = {
		{ { .flags = CHK_KNOWN_ROOT, .count = 1, .key_id_size = 1,
		    .sha256 = { 1 } }, "CN=One,O=Acme\\, Inc.", &DAYS, NULL },
		{ { .flags = CHK_KNOWN_ROOT, .sha256 = { 2 } },
		  "CN=Two,O=Acme\\, Inc.", &DAYS, NULL },
		{ { .count = 1, .sha256 = { 3 } }, "CN=Three", NULL, SECOND },
	};
	struct chk_buffer bytes = { 0 };

	assert_true(chk_known_write(entries, 3, 12345, &bytes, NULL));
	scratch_write(file, bytes.data, bytes.size);
	chk_buffer_clear(&bytes);
}

static void what_was_written_is_read(void **state)
{
	struct chk_known_cert cert, root;
	struct chk_known *known;
	size_t cursor = 0;
	char *subject;

	write_small("small");
	assert_true(chk_known_open(scratch_path("small"), &known, NULL));
	assert_int_equal(chk_known_count(known), 3);
	assert_int_equal(chk_known_date(known), 12345);
	assert_true(next_of(known, "CN=THREE", (struct chk_bytes){ 0 },
			    &cursor, &cert));
	assert_true(chk_known_root(known, &cert, 0, &root));
	assert_int_equal(root.sha256[0], 2);
	subject = chk_known_subject(known, &root);
	assert_string_equal(subject, "CN=Two,O=Acme\\, Inc.");
	free(subject);
	assert_false(chk_known_root(known, &cert, 1, &root));
	assert_false(next_of(known, "CN=THREE", (struct chk_bytes){ 0 },
			     &cursor, &cert));
	chk_known_free(known);
}

static void what_is_no_table_cannot_be_written(void **state)
{
	static const uint8_t NOWHERE[1][8] = { { 9 } };
	struct chk_known_entry no_name = { .subject = "no name" };
	struct chk_known_entry no_root = {
		{ .count = 1, .sha256 = { 3 } }, "CN=Three", NULL, NOWHERE };
	struct chk_buffer bytes = { 0 };
	struct chk_error error;

	assert_false(chk_known_write(&no_name, 1, 0, &bytes, &error));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	assert_false(chk_known_write(&no_root, 1, 0, &bytes, &error));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
	chk_buffer_clear(&bytes);
}

/* Asks everything; whatever the answers are, nothing is read outside. */
static void ask_all(const struct chk_known *known)
{
	struct chk_known_cert cert, other;
	struct chk_known_span span;
	size_t cursor;

	for (size_t i = 0; chk_known_get(known, i, &cert) && i < 10; i++) {
		free(chk_known_subject(known, &cert));
		for (size_t j = 0; j < 10; j++) {
			chk_known_span(known, &cert, j, &span);
			chk_known_root(known, &cert, j, &other);
		}
	}
	cursor = 0;
	while (next_of(known, "CN=Three", (struct chk_bytes){ 0 }, &cursor,
		       &cert))
		;
}

static void a_damaged_table_does_no_harm(void **state)
{
	struct chk_known *known;
	uint8_t *data;
	size_t size;

	write_small("whole");
	assert_true(chk_file_read(scratch_path("whole"), &data, &size, NULL));
	for (size_t i = 0; i < size; i++) {
		for (int value = 0; value < 256; value += 85) {
			uint8_t old = data[i];

			data[i] = (uint8_t)(old ^ (value ? value : 1));
			scratch_write("bad", data, size);
			data[i] = old;
			if (!chk_known_open(scratch_path("bad"), &known, NULL))
				continue;
			ask_all(known);
			chk_known_free(known);
		}
		scratch_write("cut", data, i);
		assert_false(chk_known_open(scratch_path("cut"), &known,
					    NULL));
	}
	free(data);
}

static void a_missing_table_is_said_to_be_missing(void **state)
{
	struct chk_known *known;
	struct chk_error error;

	assert_false(chk_known_open(scratch_path("nothing"), &known, &error));
	assert_int_equal(error.code, CHK_ERROR_NOT_FOUND);
	scratch_mkdir("folder");
	assert_false(chk_known_open(scratch_path("folder"), &known, &error));
	assert_int_equal(error.code, CHK_ERROR_FORMAT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_root_is_found_by_name_and_key_id),
		cmocka_unit_test(an_intermediate_leads_to_its_roots),
		cmocka_unit_test(the_roots_of_this_machine_are_known),
		cmocka_unit_test(a_name_that_nobody_has_is_not_known),
		cmocka_unit_test(what_was_written_is_read),
		cmocka_unit_test(what_is_no_table_cannot_be_written),
		cmocka_unit_test(a_damaged_table_does_no_harm),
		cmocka_unit_test(a_missing_table_is_said_to_be_missing),
	};

	return cmocka_run_group_tests_name("supply/known", tests,
					   scratch_begin, scratch_end);
}
