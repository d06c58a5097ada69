/* tests/supply/test_known_import.c: lib/supply/known_import.c. */
#include "support/test.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/file.h"
#include "supply/known.h"
#include "support/made.h"
#include "support/scratch.h"

enum { ROOT, INTERMEDIATE, ISSUING, LEAF, CERTS };

static struct chk_cert *certs[CERTS];

static int begin(void **state)
{
	static const struct recipe RECIPES[CERTS] = {
		[ROOT] = { .subject = "Root", .ca = true },
		[INTERMEDIATE] = { .subject = "Inter", .key = 1,
				   .issuer = "Root", .ca = true },
		[ISSUING] = { .subject = "Issuing", .key = 2,
			      .issuer = "Inter", .issuer_key = 1, .ca = true },
		[LEAF] = { .subject = "leaf", .key = 3, .issuer = "Issuing",
			   .issuer_key = 2 },
	};

	for (size_t i = 0; i < CERTS; i++)
		certs[i] = make_cert(&RECIPES[i]);
	return scratch_begin(state);
}

static int end(void **state)
{
	for (size_t i = 0; i < CERTS; i++)
		chk_cert_unref(certs[i]);
	forget_keys();
	return scratch_end(state);
}

/* The table of `known` and `text`, opened. */
static struct chk_known *import(const struct chk_known *known,
				const char *text, struct chk_known_gain *gain)
{
	struct chk_known *made;
	uint8_t *table;
	size_t size;

	assert_true(chk_known_import(known, chk_bytes_text(text), MADE_NOW,
				     gain, &table, &size, NULL));
	scratch_write("table", table, size);
	free(table);
	assert_true(chk_known_open(scratch_path("table"), &made, NULL));
	assert_int_equal(chk_known_date(made), MADE_NOW);
	return made;
}

static char *pems(const int *which, size_t count)
{
	struct chk_buffer text = { 0 };

	for (size_t i = 0; i < count; i++) {
		char *pem = pem_of(certs[which[i]]);

		chk_buffer_text(&text, pem);
		free(pem);
	}
	return chk_buffer_steal(&text);
}

/* In any order: who leads where is found out at the end. */
static void pem_becomes_a_table(void **state)
{
	static const int WHICH[] = { LEAF, ISSUING, INTERMEDIATE, ROOT };
	struct chk_known_gain gain;
	struct chk_known_cert found, root;
	char *text = pems(WHICH, 4);
	struct chk_known *known = import(NULL, text, &gain);

	assert_int_equal(gain.added, 3);
	assert_int_equal(gain.skipped, 1);
	assert_int_equal(gain.left_out[0].at, 1);
	assert_non_null(strstr(gain.left_out[0].what, "no CA: «"));
	assert_int_equal(chk_known_count(known), 3);
	assert_true(chk_known_find(known, certs[ROOT], &found));
	assert_true(found.root);
	assert_false(chk_known_find(known, certs[LEAF], &found));
	assert_true(chk_known_find(known, certs[ISSUING], &found));
	assert_false(found.root);
	assert_true(chk_known_root(known, &found, 0, &root));
	assert_true(chk_known_has_key(known, &root, certs[ROOT]->spki));
	chk_known_free(known);
	free(text);
}

static void what_was_known_before_stays(void **state)
{
	static const int FIRST[] = { ROOT };
	static const int SECOND[] = { INTERMEDIATE, ROOT };
	struct chk_known_gain gain;
	struct chk_known_cert found, root;
	char *first = pems(FIRST, 1), *second = pems(SECOND, 2);
	struct chk_known *old = import(NULL, first, &gain);
	struct chk_known *known = import(old, second, &gain);

	assert_int_equal(gain.added, 1);
	assert_int_equal(gain.known, 1);
	assert_true(chk_known_find(known, certs[INTERMEDIATE], &found));
	assert_true(chk_known_root(known, &found, 0, &root));
	chk_known_free(old);
	chk_known_free(known);
	free(first);
	free(second);
}

/* A cell as the CCADB writes it. */
static void add_pem_cell(struct chk_buffer *csv, const struct chk_cert *cert)
{
	char *pem = pem_of(cert);

	chk_buffer_format(csv, "\"'%s'\"\n", pem);
	free(pem);
}

static void a_report_tells_what_mozilla_includes(void **state)
{
	struct chk_known_gain gain;
	struct chk_known_cert found;
	struct chk_known_span span;
	struct chk_buffer csv = { 0 };
	struct chk_known *known, *again;

	chk_buffer_text(&csv, "\"Owner\",\"Trust Bits\",\"Distrust for TLS "
			"After Date\",\"PEM Info\"\n"
			"\"Acme, Inc.\",\"Email;Websites\",\"2026.11.30\",");
	add_pem_cell(&csv, certs[ROOT]);
	known = import(NULL, csv.data, &gain);
	assert_int_equal(gain.added, 1);
	assert_true(chk_known_find(known, certs[ROOT], &found));
	assert_true(chk_known_span(known, &found, 0, &span));
	assert_string_equal(span.id, "mozilla");
	assert_true(span.since == MADE_NOW);
	/* 2026-11-30T23:59:59Z */
	assert_true(span.distrust_after == INT64_C(1796083199));
	/* Once more, it is there already. */
	again = import(known, csv.data, &gain);
	assert_int_equal(gain.known, 1);
	assert_true(chk_known_find(again, certs[ROOT], &found));
	assert_int_equal(found.span_count, 1);
	chk_known_free(known);
	chk_known_free(again);
	chk_buffer_clear(&csv);
}

static void another_report_tells_of_certificates_alone(void **state)
{
	struct chk_known_gain gain;
	struct chk_known_cert found;
	struct chk_buffer csv = { 0 };
	struct chk_known *known;

	chk_buffer_text(&csv, "Subject,PEM\nCN=Inter,");
	add_pem_cell(&csv, certs[INTERMEDIATE]);
	known = import(NULL, csv.data, &gain);
	assert_true(chk_known_find(known, certs[INTERMEDIATE], &found));
	assert_int_equal(found.root_count, 0);
	chk_known_free(known);
	chk_buffer_clear(&csv);
}

static void a_file_without_a_ca_is_refused(void **state)
{
	static const char *const BAD[] = {
		"", "a,b\nc,d\n", "no certificate at all",
		"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
		"h,PEM\nx,\"'-----BEGIN CERTIFICATE-----\nnever ends",
	};
	struct chk_known_gain gain;
	struct chk_error error;
	uint8_t *table;
	size_t size;

	for (size_t i = 0; i < CHK_COUNT(BAD); i++) {
		assert_false(chk_known_import(NULL, chk_bytes_text(BAD[i]), 0,
					      &gain, &table, &size, &error));
		assert_int_equal(error.code, CHK_ERROR_EMPTY);
		assert_null(table);
	}
}

/* The table of this build, written again, says the same. */
static void a_table_survives_being_written_again(void **state)
{
	static const int WHICH[] = { ROOT };
	struct chk_known *built, *known;
	struct chk_known_gain gain;
	struct chk_known_cert a, b;
	char *text = pems(WHICH, 1);
	size_t skip = 0;

	assert_true(chk_known_open(getenv("KNOWN"), &built, NULL));
	known = import(built, text, &gain);
	assert_int_equal(chk_known_count(known), chk_known_count(built) + 1);
	for (size_t i = 0; chk_known_get(built, i, &a); i += 97) {
		char *left, *right;

		assert_true(chk_known_get(known, i + skip, &b));
		if (memcmp(a.sha256, b.sha256, 32) != 0)
			assert_true(chk_known_get(known, i + ++skip, &b));
		assert_memory_equal(a.sha256, b.sha256, 32);
		assert_int_equal(a.root_count, b.root_count);
		assert_int_equal(a.span_count, b.span_count);
		left = chk_known_subject(built, &a);
		right = chk_known_subject(known, &b);
		assert_string_equal(left, right);
		free(left);
		free(right);
	}
	chk_known_free(built);
	chk_known_free(known);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pem_becomes_a_table),
		cmocka_unit_test(what_was_known_before_stays),
		cmocka_unit_test(a_report_tells_what_mozilla_includes),
		cmocka_unit_test(another_report_tells_of_certificates_alone),
		cmocka_unit_test(a_file_without_a_ca_is_refused),
		cmocka_unit_test(a_table_survives_being_written_again),
	};

	return cmocka_run_group_tests_name("supply/known_import", tests, begin,
					   end);
}
