/* tests/store/test_read_certdata.c: lib/store/read_certdata.c. */
#include "support/test.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "store/format.h"
#include "support/made.h"

static struct chk_cert *root, *other;
static struct chk_buffer text;

static int begin(void **state)
{
	root = make_cert(&(struct recipe){ .subject = "Root", .ca = true });
	other = make_cert(&(struct recipe){ .subject = "Other", .key = 1,
					    .issuer_key = 1, .ca = true });
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(root);
	chk_cert_unref(other);
	forget_keys();
	return 0;
}

static int clear(void **state)
{
	chk_buffer_clear(&text);
	chk_buffer_text(&text, "# a comment\n\nBEGINDATA\n");
	return 0;
}

static int done(void **state)
{
	chk_buffer_clear(&text);
	return 0;
}

static void octal(const char *name, struct chk_bytes bytes)
{
	chk_buffer_format(&text, "%s MULTILINE_OCTAL", name);
	for (size_t i = 0; i < bytes.size; i++)
		chk_buffer_format(&text, "%s\\%03o", i % 16 ? "" : "\n",
				  bytes.data[i]);
	chk_buffer_text(&text, "\nEND\n");
}

static void names(const struct chk_cert *cert)
{
	uint8_t serial[40] = { 0x02, (uint8_t)cert->serial.size };

	assert_true(cert->serial.size < 38);
	memcpy(serial + 2, cert->serial.data, cert->serial.size);
	octal("CKA_ISSUER", cert->issuer);
	octal("CKA_SERIAL_NUMBER", chk_bytes_of(serial,
						2 + cert->serial.size));
}

static void certificate(const struct chk_cert *cert, const char *date)
{
	chk_buffer_text(&text, "# Certificate\n"
			"CKA_CLASS CK_OBJECT_CLASS CKO_CERTIFICATE\n"
			"CKA_TOKEN CK_BBOOL CK_TRUE\n"
			"CKA_LABEL UTF8 \"A name\"\n");
	names(cert);
	octal("CKA_VALUE", cert->der);
	if (date)
		octal("CKA_NSS_SERVER_DISTRUST_AFTER", chk_bytes_text(date));
	else
		chk_buffer_text(&text, "CKA_NSS_SERVER_DISTRUST_AFTER "
				"CK_BBOOL CK_FALSE\n");
}

static void trust(const struct chk_cert *cert, const char *class,
		  const char *server)
{
	chk_buffer_format(&text, "\nCKA_CLASS CK_OBJECT_CLASS %s\n", class);
	names(cert);
	chk_buffer_format(&text, "CKA_TRUST_SERVER_AUTH CK_TRUST %s\n"
			  "CKA_TRUST_STEP_UP_APPROVED CK_BBOOL CK_FALSE\n",
			  server);
}

static struct chk_store *read(void)
{
	static const struct chk_store_options NONE = { 0 };
	struct chk_store *store = chk_store_new("test");
	struct chk_bytes bytes = chk_bytes_of(text.data, text.size);
	struct chk_error error;

	assert_true(chk_certdata_is(bytes));
	if (!chk_read_certdata(store, bytes, "certdata.txt", &NONE, &error))
		assert_int_equal(error.code, CHK_ERROR_EMPTY);
	assert_true(chk_store_end(store));
	return store;
}

static enum chk_trust trust_of(const struct chk_store *store,
			       const struct chk_cert *cert)
{
	const struct chk_anchor *anchor = chk_store_find(store, cert);

	assert_non_null(anchor);
	return chk_anchor_trust(anchor, CHK_PURPOSE_TLS_SERVER);
}

static void a_delegator_is_trusted_and_its_line_is_told(void **state)
{
	struct chk_store *store;

	certificate(root, NULL);
	trust(root, "CKO_NSS_TRUST", "CKT_NSS_TRUSTED_DELEGATOR");
	store = read();
	assert_int_equal(trust_of(store, root), CHK_TRUST_TRUSTED);
	assert_int_equal(chk_anchor_trust(store->anchors[0],
					  CHK_PURPOSE_EMAIL),
			 CHK_TRUST_NOT_STATED);
	assert_string_equal(chk_anchor_where(store->anchors[0], 0),
			    "certdata.txt:5");
	assert_int_equal(chk_store_note_count(store), 0);
	chk_store_free(store);
}

static void without_a_trust_object_it_is_present_alone(void **state)
{
	struct chk_store *store;

	certificate(root, NULL);
	certificate(other, NULL);
	trust(other, "CKO_NSS_TRUST", "CKT_NSS_MUST_VERIFY_TRUST");
	store = read();
	assert_int_equal(trust_of(store, root), CHK_TRUST_NOT_STATED);
	assert_int_equal(trust_of(store, other), CHK_TRUST_NOT_STATED);
	assert_int_equal(chk_store_note_count(store), 2);
	chk_store_free(store);
}

static void distrust_holds_with_the_certificate_and_without(void **state)
{
	struct chk_store *store;

	certificate(root, NULL);
	trust(root, "CKO_NETSCAPE_TRUST", "CKT_NETSCAPE_UNTRUSTED");
	trust(other, "CKO_NSS_TRUST", "CKT_NSS_NOT_TRUSTED");
	store = read();
	assert_int_equal(trust_of(store, root), CHK_TRUST_DISTRUSTED);
	assert_true(chk_store_blocks(store, other, CHK_PURPOSE_TLS_SERVER));
	chk_store_free(store);
}

static void the_date_is_for_servers_alone(void **state)
{
	struct chk_store *store;

	certificate(root, "221130000000Z");
	trust(root, "CKO_NSS_TRUST", "CKT_NSS_TRUSTED_DELEGATOR");
	store = read();
	/* date -u -d 2022-11-30 +%s */
	assert_int_equal(chk_anchor_distrust_after(store->anchors[0],
						   CHK_PURPOSE_TLS_SERVER),
			 1669766400);
	assert_int_equal(chk_anchor_distrust_after(store->anchors[0],
						   CHK_PURPOSE_EMAIL),
			 INT64_MAX);
	chk_store_free(store);
}

static void a_date_that_is_none_is_long_past(void **state)
{
	struct chk_store *store;

	certificate(root, "soon");
	trust(root, "CKO_NSS_TRUST", "CKT_NSS_TRUSTED_DELEGATOR");
	store = read();
	assert_int_equal(trust_of(store, root), CHK_TRUST_DISTRUSTED);
	chk_store_free(store);
}

static void the_later_kind_of_trust_object_outweighs(void **state)
{
	struct chk_store *store;

	certificate(root, NULL);
	trust(root, "CKO_NSS_TRUST", "CKT_NSS_TRUSTED_DELEGATOR");
	trust(root, "CKO_TRUST", "CKT_TRUST_MUST_VERIFY_TRUST");
	certificate(other, NULL);
	trust(other, "CKO_TRUST", "CKT_TRUST_ANCHOR");
	store = read();
	assert_int_equal(trust_of(store, root), CHK_TRUST_NOT_STATED);
	assert_int_equal(trust_of(store, other), CHK_TRUST_TRUSTED);
	chk_store_free(store);
}

static void a_trusted_peer_is_no_issuer(void **state)
{
	struct chk_store *store;

	certificate(root, NULL);
	trust(root, "CKO_NSS_TRUST", "CKT_NSS_TRUSTED");
	store = read();
	assert_int_equal(trust_of(store, root), CHK_TRUST_NOT_STATED);
	assert_true(store->anchors[0]->peer[CHK_PURPOSE_TLS_SERVER]);
	chk_store_free(store);
}

static void a_value_of_another_kind_gives_no_trust(void **state)
{
	struct chk_store *store;

	certificate(root, NULL);
	trust(root, "CKO_NSS_TRUST", "CKT_TRUST_ANCHOR");
	trust(root, "CKO_NSS_TRUST", "CKT_NSS_SOMETHING");
	store = read();
	assert_int_equal(trust_of(store, root), CHK_TRUST_NOT_STATED);
	assert_int_equal(chk_store_note_count(store), 3);
	assert_string_equal(chk_store_note(store, 1)->what,
			    "a value that is not known here; the object is "
			    "passed over");
	chk_store_free(store);
}

static void what_is_cut_or_no_octal_is_noted_with_its_line(void **state)
{
	struct chk_store *store;
	size_t whole;

	certificate(root, NULL);
	trust(root, "CKO_NSS_TRUST", "CKT_NSS_TRUSTED_DELEGATOR");
	whole = text.size;
	chk_buffer_text(&text, "CKA_CLASS CK_OBJECT_CLASS CKO_NSS_TRUST\n"
			"CKA_ISSUER MULTILINE_OCTAL\n\\060\\4");
	store = read();
	assert_int_equal(trust_of(store, root), CHK_TRUST_TRUSTED);
	assert_int_equal(chk_store_note_count(store), 2);
	chk_store_free(store);
	/* Wherever it is cut, nothing but this certificate is trusted. */
	for (text.size = 30; text.size < whole; text.size += 7) {
		store = read();
		assert_true(store->count <= 1);
		chk_store_free(store);
	}
}

static void other_text_is_no_certdata(void **state)
{
	static const char *const OTHERS[] = {
		"", "# BEGINDATA\n", "hello\nBEGINDATA\n", "BEGINDATA2\n",
		"-----BEGIN CERTIFICATE-----\n",
	};

	for (size_t i = 0; i < CHK_COUNT(OTHERS); i++)
		assert_false(chk_certdata_is(chk_bytes_text(OTHERS[i])));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clear, done)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_delegator_is_trusted_and_its_line_is_told),
		TEST(without_a_trust_object_it_is_present_alone),
		TEST(distrust_holds_with_the_certificate_and_without),
		TEST(the_date_is_for_servers_alone),
		TEST(a_date_that_is_none_is_long_past),
		TEST(the_later_kind_of_trust_object_outweighs),
		TEST(a_trusted_peer_is_no_issuer),
		TEST(a_value_of_another_kind_gives_no_trust),
		TEST(what_is_cut_or_no_octal_is_noted_with_its_line),
		TEST(other_text_is_no_certdata),
	};

	return cmocka_run_group_tests_name("store/read_certdata", tests, begin,
					   end);
}
