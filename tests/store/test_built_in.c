/* tests/store/test_built_in.c: lib/store/built_in.c. */
#include "support/test.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "store/built_in.h"
#include "support/made.h"
#include "support/scratch.h"

static struct chk_cert *one, *two, *example;

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Two", .ca = true });
	example = make_cert(&(struct recipe){ .subject = "Example",
					      .ca = true });
	return scratch_begin(state);
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	chk_cert_unref(example);
	forget_keys();
	return scratch_end(state);
}

static void add_pem(struct chk_buffer *buffer, const struct chk_cert *cert)
{
	char *pem = pem_of(cert);

	/* As a compiler has it: a NUL behind the text. */
	chk_buffer_add(buffer, pem, strlen(pem) + 1);
	free(pem);
}

static void write_file(struct chk_buffer *buffer)
{
	assert_false(buffer->failed);
	scratch_write("program", buffer->data, buffer->size);
	chk_buffer_clear(buffer);
}

static void the_longest_table_is_the_roots(void **state)
{
	struct chk_store *store = chk_store_new("made");
	static const char GAP[200];
	struct chk_buffer buffer = { 0 };
	struct chk_error error;

	add_pem(&buffer, example);
	chk_buffer_add(&buffer, GAP, sizeof(GAP));
	add_pem(&buffer, one);
	chk_buffer_add(&buffer, GAP, 7);
	add_pem(&buffer, two);
	write_file(&buffer);
	assert_true(chk_built_in_read(store, scratch_path("program"), "/x/node",
				      &error));
	assert_int_equal(chk_store_count(store), 2);
	assert_null(chk_store_find(store, example));
	assert_non_null(strstr(chk_anchor_where(chk_store_get(store, 0), 0),
			       "built into /x/node"));
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

static void a_damaged_one_leaves_a_note(void **state)
{
	struct chk_store *store = chk_store_new("made");
	struct chk_buffer buffer = { 0 };

	chk_buffer_text(&buffer, "-----BEGIN CERTIFICATE-----\n!\n"
			"-----END CERTIFICATE-----\n");
	add_pem(&buffer, one);
	write_file(&buffer);
	assert_true(chk_built_in_read(store, scratch_path("program"), "node",
				      NULL));
	assert_int_equal(chk_store_count(store), 1);
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

static void a_program_without_any_is_said_to_have_none(void **state)
{
	struct chk_store *store = chk_store_new("made");
	struct chk_error error;

	scratch_text("program", "-----BEGIN CERTIFICATE-----\nand no end");
	assert_false(chk_built_in_read(store, scratch_path("program"), "node",
				       &error));
	assert_int_equal(error.code, CHK_ERROR_EMPTY);
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_table_is_the_roots),
		cmocka_unit_test(a_damaged_one_leaves_a_note),
		cmocka_unit_test(a_program_without_any_is_said_to_have_none),
	};

	return cmocka_run_group_tests_name("store/built_in", tests, begin,
					   end);
}
