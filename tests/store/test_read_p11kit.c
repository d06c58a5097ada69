/*
 * tests/store/test_read_p11kit.c: lib/store/read_p11kit.c, p11kit_guard.c and
 * token_trust.c, with p11-kit's own module on directories of this test's.
 */
#include "config.h"

#include "support/test.h"

#include <p11-kit/p11-kit.h>
#include <p11-kit/pkcs11.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "cert/oid.h"
#include "store/format.h"
#include "support/made.h"
#include "support/scratch.h"
#include "support/two_roots.h"

#define MODULE CHK_P11_MODULE_PATH "/p11-kit-trust.so"

/* A directory as p11-kit has it. */
static void make_tree(const char *name)
{
	char path[64];

	if (access(MODULE, R_OK) < 0) {
		print_message("# %s is not there\n", MODULE);
		skip();
	}
	scratch_mkdir(name);
	snprintf(path, sizeof(path), "%s/anchors", name);
	scratch_mkdir(path);
	snprintf(path, sizeof(path), "%s/blocklist", name);
	scratch_mkdir(path);
}

static struct chk_store *read_tree(const char *name)
{
	struct chk_store *store = chk_store_new("test");
	struct chk_error error;

	assert_non_null(store);
	if (!chk_read_p11kit(store, scratch_path(name), NULL, &error))
		fail_msg("%s: %s", error.where, error.what);
	assert_true(chk_store_end(store));
	return store;
}

static enum chk_trust trust_of(const struct chk_store *store,
			       const struct chk_cert *cert,
			       enum chk_purpose purpose)
{
	const struct chk_anchor *anchor = chk_store_find(store, cert);

	assert_non_null(anchor);
	return chk_anchor_trust(anchor, purpose);
}

static void add_percent(struct chk_buffer *buffer, const char *key,
			struct chk_bytes bytes)
{
	chk_buffer_format(buffer, "%s: \"", key);
	for (size_t i = 0; i < bytes.size; i++)
		chk_buffer_format(buffer, "%%%02x", bytes.data[i]);
	chk_buffer_text(buffer, "\"\n");
}

/* A certificate object, with lines besides. */
static void add_certificate(struct chk_buffer *buffer,
			    const struct chk_cert *cert, const char *lines)
{
	char *pem = pem_of(cert);

	chk_buffer_format(buffer, "[p11-kit-object-v1]\nclass: certificate\n"
			  "%s%s\n", lines, pem);
	free(pem);
}

/* An extension stapled to the key of `cert`; `value` is the whole of it. */
static void add_extension(struct chk_buffer *buffer,
			  const struct chk_cert *cert, const char *oid,
			  struct chk_bytes value)
{
	char *pem = pem_block("PUBLIC KEY", cert->spki.data, cert->spki.size);

	chk_buffer_format(buffer, "[p11-kit-object-v1]\n"
			  "class: x-certificate-extension\n"
			  "object-id: %s\n", oid);
	add_percent(buffer, "value", value);
	chk_buffer_format(buffer, "%s\n", pem);
	free(pem);
}

static void write_tree(const char *name, struct chk_buffer *buffer)
{
	char path[64];

	make_tree(name);
	snprintf(path, sizeof(path), "%s/test.p11-kit", name);
	scratch_text(path, buffer->data);
	chk_buffer_clear(buffer);
}

static void anchors_are_trusted_and_the_blocklist_is_not(void **state)
{
	struct chk_store *store;

	make_tree("plain");
	scratch_pem("plain/anchors/one.pem", one, NULL);
	scratch_pem("plain/blocklist/two.pem", two, NULL);
	store = read_tree("plain");
	for (int i = 0; i < CHK_PURPOSE_COUNT; i++) {
		enum chk_purpose purpose = (enum chk_purpose)i;

		assert_int_equal(trust_of(store, one, purpose),
				 CHK_TRUST_TRUSTED);
		assert_int_equal(trust_of(store, two, purpose),
				 CHK_TRUST_DISTRUSTED);
		assert_true(chk_store_blocks(store, two, purpose));
		assert_false(chk_store_blocks(store, one, purpose));
	}
	/* It is at hand and needs no entry by its serial number. */
	assert_int_equal(store->blocked_count, 0);
	chk_store_free(store);
}

static void in_both_lists_the_block_wins(void **state)
{
	struct chk_store *store;

	make_tree("both");
	scratch_pem("both/anchors/one.pem", one, NULL);
	scratch_pem("both/blocklist/one.pem", one, NULL);
	store = read_tree("both");
	assert_int_equal(trust_of(store, one, CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_DISTRUSTED);
	assert_int_equal(trust_of(store, one, CHK_PURPOSE_OCSP_SIGNING),
			 CHK_TRUST_DISTRUSTED);
	chk_store_free(store);
}

static void beside_anchors_it_is_present_and_not_trusted(void **state)
{
	struct chk_store *store;

	make_tree("beside");
	scratch_pem("beside/one.pem", one, NULL);
	store = read_tree("beside");
	assert_int_equal(trust_of(store, one, CHK_PURPOSE_ANY),
			 CHK_TRUST_NOT_STATED);
	assert_int_equal(chk_store_note_count(store), 1);
	assert_non_null(strstr(chk_store_note(store, 0)->what, "not trusted"));
	chk_store_free(store);
}

static void a_file_is_a_store_of_anchors(void **state)
{
	struct chk_store *store;

	make_tree("file");
	scratch_pem("file/bundle.pem", one, two, NULL);
	store = read_tree("file/bundle.pem");
	assert_int_equal(chk_store_count(store), 2);
	assert_int_equal(trust_of(store, two, CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	assert_non_null(strstr(chk_anchor_where(chk_store_get(store, 0), 0),
			       "bundle.pem: "));
	chk_store_free(store);
}

/* Its own format is known without a scheme, and is not read as PEM. */
static void an_object_file_is_read_by_p11_kit(void **state)
{
	struct chk_buffer buffer = { 0 };
	struct chk_store *store;
	struct chk_error error;

	chk_buffer_text(&buffer, "# a comment\n\n");
	add_certificate(&buffer, one, "trusted: true\n");
	add_certificate(&buffer, two, "x-distrusted: true\n");
	scratch_text("objects.p11-kit", buffer.data);
	chk_buffer_clear(&buffer);
	if (!chk_store_open(scratch_full_path("objects.p11-kit"), NULL, &store,
			    &error))
		fail_msg("%s: %s", error.where, error.what);
	assert_string_equal(chk_store_format(store), "p11-kit");
	assert_int_equal(trust_of(store, one, CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	assert_int_equal(trust_of(store, two, CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_DISTRUSTED);
	chk_store_free(store);
}

static void two_stores_one_after_the_other_do_not_mix(void **state)
{
	struct chk_store *store;

	make_tree("first");
	make_tree("second");
	scratch_pem("first/anchors/one.pem", one, NULL);
	scratch_pem("second/anchors/two.pem", two, NULL);
	store = read_tree("first");
	assert_null(chk_store_find(store, two));
	chk_store_free(store);
	store = read_tree("second");
	assert_null(chk_store_find(store, one));
	assert_int_equal(chk_store_count(store), 1);
	chk_store_free(store);
}

static void a_distrust_after_date_is_kept(void **state)
{
	struct chk_buffer buffer = { 0 };
	struct chk_store *store;
	const struct chk_anchor *anchor;

	/* 221130000000Z, as percent escapes. */
	add_certificate(&buffer, one, "trusted: true\n"
			"nss-server-distrust-after: \"%32%32%31%31%33%30%30"
			"%30%30%30%30%30%5a\"\n"
			"nss-email-distrust-after: \"%00\"\n");
	write_tree("date", &buffer);
	store = read_tree("date");
	anchor = chk_store_find(store, one);
	assert_non_null(anchor);
	assert_int_equal(anchor->trust[CHK_PURPOSE_TLS_SERVER],
			 CHK_TRUST_TRUSTED);
	/* date -u -d 2022-11-30 +%s */
	assert_int_equal(chk_anchor_distrust_after(anchor,
						   CHK_PURPOSE_TLS_SERVER),
			 1669766400);
	assert_true(chk_anchor_distrust_after(anchor, CHK_PURPOSE_EMAIL) ==
		    INT64_MAX);
	assert_true(chk_anchor_distrust_after(anchor,
					      CHK_PURPOSE_TLS_CLIENT) ==
		    INT64_MAX);
	chk_store_free(store);
}

static void a_date_that_cannot_be_read_distrusts(void **state)
{
	struct chk_buffer buffer = { 0 };
	struct chk_store *store;

	add_certificate(&buffer, one, "trusted: true\n"
			"nss-server-distrust-after: \"yesterday\"\n");
	write_tree("bad-date", &buffer);
	store = read_tree("bad-date");
	assert_int_equal(trust_of(store, one, CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_DISTRUSTED);
	assert_int_equal(trust_of(store, one, CHK_PURPOSE_EMAIL),
			 CHK_TRUST_TRUSTED);
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

/* Extension { extKeyUsage, { emailProtection } } (RFC 5280 4.2.1.12) */
#define EKU_EMAIL "\x30\x13\x06\x03\x55\x1d\x25\x04\x0c\x30\x0a" \
		  "\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x04"

static void a_stapled_usage_limits_the_trust(void **state)
{
	struct chk_buffer buffer = { 0 };
	struct chk_store *store;

	add_certificate(&buffer, one, "trusted: true\n");
	add_certificate(&buffer, two, "trusted: true\n");
	add_extension(&buffer, one, "2.5.29.37", BYTES(EKU_EMAIL));
	write_tree("usage", &buffer);
	store = read_tree("usage");
	for (int i = 0; i < CHK_PURPOSE_ANY; i++) {
		enum chk_purpose purpose = (enum chk_purpose)i;

		assert_int_equal(trust_of(store, one, purpose),
				 purpose == CHK_PURPOSE_EMAIL ?
				 CHK_TRUST_TRUSTED : CHK_TRUST_NOT_STATED);
		assert_int_equal(trust_of(store, two, purpose),
				 CHK_TRUST_TRUSTED);
	}
	chk_store_free(store);
}

/* What p11-kit shrugs at and calls trusted for all. */
static void a_stapled_usage_that_cannot_be_read_trusts_nothing(void **state)
{
	const struct chk_bytes BAD[] = {
		BYTES("\x30\x09\x06\x03\x55\x1d\x25\x04\x02\x30\x05"),
		BYTES("\x30\x0a\x06\x03\x55\x1d\x25\x04\x03\x02\x01\x01"),
		/* emailProtection, and then what is no identifier. */
		BYTES("\x30\x16\x06\x03\x55\x1d\x25\x04\x0f\x30\x0d"
		      "\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x04"
		      "\x02\x01\x01"),
	};

	for (size_t i = 0; i < CHK_COUNT(BAD); i++) {
		struct chk_buffer buffer = { 0 };
		struct chk_store *store;
		char name[16];

		snprintf(name, sizeof(name), "bad-usage-%zu", i);
		add_certificate(&buffer, one, "trusted: true\n");
		add_extension(&buffer, one, "2.5.29.37", BAD[i]);
		write_tree(name, &buffer);
		store = read_tree(name);
		assert_int_equal(trust_of(store, one, CHK_PURPOSE_ANY),
				 CHK_TRUST_NOT_STATED);
		chk_store_free(store);
	}
}

/* The certificate's own limit counts as a stapled one does. */
static void its_own_usage_limits_the_trust(void **state)
{
	struct chk_cert *mail = make_cert(&(struct recipe){
		.subject = "Mail", .ca = true, .usage = "1.3.6.1.5.5.7.3.4" });
	struct chk_store *store;

	make_tree("own-usage");
	scratch_pem("own-usage/anchors/mail.pem", mail, NULL);
	store = read_tree("own-usage");
	for (int i = 0; i < CHK_PURPOSE_ANY; i++)
		assert_int_equal(trust_of(store, mail, (enum chk_purpose)i),
				 i == CHK_PURPOSE_EMAIL ?
				 CHK_TRUST_TRUSTED : CHK_TRUST_NOT_STATED);
	chk_store_free(store);
	chk_cert_unref(mail);
}

/* Extension { nameConstraints, TRUE, { permitted { DNS:test } } } */
#define CONSTRAINTS "\x30\x18\x06\x03\x55\x1d\x1e\x01\x01\xff\x04\x0e" \
		    "\x30\x0c\xa0\x0a\x30\x08\x82\x06.tests"

static void stapled_name_constraints_are_kept(void **state)
{
	struct chk_buffer buffer = { 0 };
	struct chk_store *store;
	const struct chk_anchor *anchor;

	add_certificate(&buffer, one, "trusted: true\n");
	add_extension(&buffer, one, "2.5.29.30", BYTES(CONSTRAINTS));
	write_tree("constraints", &buffer);
	store = read_tree("constraints");
	anchor = chk_store_find(store, one);
	assert_non_null(anchor);
	assert_int_equal(anchor->trust[CHK_PURPOSE_TLS_SERVER],
			 CHK_TRUST_TRUSTED);
	assert_int_equal(anchor->stapled_count, 1);
	assert_int_equal(chk_oid_find(anchor->stapled[0].oid),
			 CHK_OID_EXT_NAME_CONSTRAINTS);
	assert_true(anchor->stapled[0].critical);
	assert_true(chk_bytes_equal(anchor->stapled[0].value,
		BYTES("\x30\x0c\xa0\x0a\x30\x08\x82\x06.tests")));
	chk_store_free(store);
}

/* By issuer and serial number, as NSS lists stolen ones. */
static void a_block_without_the_certificate_holds(void **state)
{
	struct chk_buffer buffer = { 0 }, serial = { 0 };
	struct chk_store *store;

	chk_buffer_add(&serial, "\x02", 1);
	chk_buffer_add(&serial, &(uint8_t){ (uint8_t)two->serial.size }, 1);
	chk_buffer_add(&serial, two->serial.data, two->serial.size);
	add_certificate(&buffer, one, "trusted: true\n");
	chk_buffer_text(&buffer, "[p11-kit-object-v1]\nclass: certificate\n"
			"certificate-type: x-509\nx-distrusted: true\n");
	add_percent(&buffer, "issuer", two->issuer);
	add_percent(&buffer, "serial-number",
		    chk_bytes_of(serial.data, serial.size));
	write_tree("serial", &buffer);
	chk_buffer_clear(&serial);
	store = read_tree("serial");
	assert_null(chk_store_find(store, two));
	assert_true(chk_store_blocks(store, two, CHK_PURPOSE_TLS_SERVER));
	assert_false(chk_store_blocks(store, one, CHK_PURPOSE_TLS_SERVER));
	chk_store_free(store);
}

static void openssl_trust_reads_as_our_own_reader_has_it(void **state)
{
	struct chk_store *ours = chk_store_new("test"), *theirs;

	make_tree("openssl");
	scratch_pem("openssl.pem", one, NULL);
	assert_int_equal(scratch_run("openssl x509 -in openssl.pem -trustout "
				     "-addtrust serverAuth -addtrust "
				     "codeSigning -addreject clientAuth "
				     "-out openssl/trusted.pem"), 0);
	theirs = read_tree("openssl");
	assert_true(chk_read_file(ours, scratch_path("openssl/trusted.pem"),
				  NULL, NULL));
	for (int i = 0; i < CHK_PURPOSE_ANY; i++)
		assert_int_equal(trust_of(theirs, one, (enum chk_purpose)i),
				 trust_of(ours, one, (enum chk_purpose)i));
	chk_store_free(ours);
	chk_store_free(theirs);
}

static void check_refused(const char *path, enum chk_code code,
			  const char *what)
{
	struct chk_store *store = chk_store_new("test");
	struct chk_error error;

	assert_false(chk_read_p11kit(store, path, NULL, &error));
	assert_int_equal(error.code, code);
	if (!strstr(error.what, what))
		fail_msg("%s, and not %s", error.what, what);
	chk_store_free(store);
}

static void what_cannot_be_asked_is_refused(void **state)
{
	make_tree("nothing");
	check_refused(scratch_path("nothing"), CHK_ERROR_EMPTY,
		      "no certificate");
	check_refused(scratch_path("none"), CHK_ERROR_NOT_FOUND,
		      "no such trust path");
	scratch_mkdir("back\\slash");
	check_refused(scratch_path("back\\slash"), CHK_ERROR_UNSUPPORTED,
		      "backslash");
}

static void quotes_and_blanks_in_a_path_are_no_syntax(void **state)
{
	struct chk_store *store;

	make_tree("it's here");
	scratch_pem("it's here/anchors/one.pem", one, NULL);
	store = read_tree("it's here");
	assert_int_equal(chk_store_count(store), 1);
	chk_store_free(store);
	make_tree("a \"quote\" paths=x");
	scratch_pem("a \"quote\" paths=x/anchors/two.pem", two, NULL);
	store = read_tree("a \"quote\" paths=x");
	assert_non_null(chk_store_find(store, two));
	chk_store_free(store);
}

static void several_paths_are_one_store(void **state)
{
	struct chk_store *store = chk_store_new("test");
	char list[256];

	make_tree("left");
	make_tree("right");
	scratch_pem("left/anchors/one.pem", one, two, NULL);
	scratch_pem("right/blocklist/two.pem", two, NULL);
	snprintf(list, sizeof(list), "%s:%s:%s", scratch_path("left"),
		 scratch_path("missing"), scratch_path("right"));
	assert_true(chk_read_p11kit(store, list, NULL, NULL));
	assert_int_equal(trust_of(store, one, CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_TRUSTED);
	assert_int_equal(trust_of(store, two, CHK_PURPOSE_TLS_SERVER),
			 CHK_TRUST_DISTRUSTED);
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

static const struct chk_note *note_of(const struct chk_store *store,
				      const char *where)
{
	for (size_t i = 0; i < chk_store_note_count(store); i++)
		if (strstr(chk_store_note(store, i)->where, where))
			return chk_store_note(store, i);
	fail_msg("no note of %s", where);
	return NULL;
}

/* p11-kit says nothing of all these. */
static void what_p11_kit_passes_over_is_noted(void **state)
{
	struct chk_store *store;
	char *pem = pem_block("X509 CERTIFICATE", two->der.data,
			      two->der.size);

	make_tree("silent");
	scratch_mkdir("silent/blacklist");
	scratch_pem("silent/anchors/one.pem", one, NULL);
	scratch_text("silent/anchors/empty.pem", "");
	scratch_text("silent/anchors/words.pem", "certificate follows\n");
	/* A label that others read. */
	scratch_text("silent/anchors/two.pem", pem);
	free(pem);
	store = read_tree("silent");
	assert_non_null(chk_store_find(store, one));
	note_of(store, "silent/blacklist");
	note_of(store, "anchors/empty.pem");
	note_of(store, "anchors/words.pem");
	assert_null(chk_store_find(store, two));
	assert_non_null(strstr(note_of(store, "two.pem:1")->what,
			       "does not take"));
	chk_store_free(store);
}

static void a_good_tree_leaves_no_note(void **state)
{
	struct chk_buffer buffer = { 0 };
	struct chk_store *store;

	add_certificate(&buffer, one, "trusted: true\n");
	add_extension(&buffer, one, "2.5.29.37", BYTES(EKU_EMAIL));
	write_tree("good", &buffer);
	scratch_pem("good/anchors/two.pem", two, NULL);
	store = read_tree("good");
	assert_int_equal(chk_store_note_count(store), 0);
	chk_store_free(store);
}

/* The module is one for the process: whose paths hold must be known. */
static void check_guarded(const char *text, const char *what)
{
	struct chk_store *store = chk_store_new("test");
	struct chk_error error;

	scratch_text("guarded/anchors/odd.p11-kit", text);
	assert_false(chk_read_p11kit(store, scratch_path("guarded"), NULL,
				     &error));
	if (!strstr(error.what, what))
		fail_msg("%s, and not %s", error.what, what);
	assert_non_null(strstr(error.where, "guarded/anchors/odd.p11-kit"));
	chk_store_free(store);
}

/* Without the guard this test program ends, or waits for ever. */
static void p11_kit_is_not_given_what_it_dies_of(void **state)
{
	make_tree("guarded");
	check_guarded("[p11-kit-object-v1]\nlabel: \"\n", "read line 2");
	check_guarded("x: y\n[p11-kit-object-v1]\n\nlabel :\t\" \r\n",
		      "read line 4");
	check_guarded("[p11-kit-object-v1]\nlabel: \"", "read line 2");
	assert_int_equal(scratch_run("rm guarded/anchors/odd.p11-kit"), 0);
	scratch_write("guarded/anchors/nul.p11-kit",
		      "[p11-kit-object-v1]\nlabel: \"\0\"\n", 31);
	check_refused(scratch_path("guarded"), CHK_ERROR_FORMAT, "read line 2");
	assert_int_equal(scratch_run("rm guarded/anchors/*.p11-kit && "
				     "mkfifo guarded/blocklist/pipe"), 0);
	check_refused(scratch_path("guarded"), CHK_ERROR_READ, "a pipe");
}

static void check_in_use(const char *paths)
{
	struct chk_store *store = chk_store_new("test");
	CK_C_INITIALIZE_ARGS args = { .flags = CKF_OS_LOCKING_OK };
	CK_FUNCTION_LIST *functions;
	struct chk_error error;
	char argument[512];

	snprintf(argument, sizeof(argument), "paths='%s'", paths);
	args.pReserved = argument;
	functions = p11_kit_module_load(MODULE, P11_KIT_MODULE_UNMANAGED);
	assert_non_null(functions);
	assert_int_equal(functions->C_Initialize(&args), CKR_OK);
	assert_false(chk_read_p11kit(store, scratch_path("ours"), NULL,
				     &error));
	assert_int_equal(error.code, CHK_ERROR_TOKEN);
	assert_non_null(strstr(error.what, "in use"));
	assert_int_equal(chk_store_count(store), 0);
	assert_int_equal(functions->C_Finalize(NULL), CKR_OK);
	p11_kit_module_release(functions);
	chk_store_free(store);
}

static void paths_of_somebody_else_are_not_taken_for_ours(void **state)
{
	struct chk_store *store;
	char both[256];

	make_tree("ours");
	make_tree("somebodys");
	scratch_pem("ours/anchors/one.pem", one, NULL);
	scratch_pem("somebodys/anchors/two.pem", two, NULL);
	snprintf(both, sizeof(both), "%s:%s", scratch_path("ours"),
		 scratch_path("somebodys"));
	check_in_use(scratch_path("somebodys"));
	check_in_use(both);
	store = read_tree("ours");
	assert_non_null(chk_store_find(store, one));
	assert_int_equal(chk_store_count(store), 1);
	chk_store_free(store);
}

struct reader {
	char path[256];
	const struct chk_cert *mine;
	int wrong;
};

static void *read_often(void *data)
{
	struct reader *reader = data;

	for (int i = 0; i < 100; i++) {
		struct chk_store *store = chk_store_new("test");

		if (!store ||
		    !chk_read_p11kit(store, reader->path, NULL, NULL) ||
		    chk_store_count(store) != 1 ||
		    !chk_store_find(store, reader->mine))
			reader->wrong++;
		chk_store_free(store);
	}
	return NULL;
}

static void two_threads_get_each_their_own(void **state)
{
	struct reader readers[2] = { { .mine = one }, { .mine = two } };
	pthread_t threads[2];

	make_tree("thread-1");
	make_tree("thread-2");
	scratch_pem("thread-1/anchors/one.pem", one, NULL);
	scratch_pem("thread-2/anchors/two.pem", two, NULL);
	strcpy(readers[0].path, scratch_path("thread-1"));
	strcpy(readers[1].path, scratch_path("thread-2"));
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, read_often,
						&readers[i]), 0);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(readers[i].wrong, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(anchors_are_trusted_and_the_blocklist_is_not),
		cmocka_unit_test(in_both_lists_the_block_wins),
		cmocka_unit_test(beside_anchors_it_is_present_and_not_trusted),
		cmocka_unit_test(a_file_is_a_store_of_anchors),
		cmocka_unit_test(an_object_file_is_read_by_p11_kit),
		cmocka_unit_test(two_stores_one_after_the_other_do_not_mix),
		cmocka_unit_test(a_distrust_after_date_is_kept),
		cmocka_unit_test(a_date_that_cannot_be_read_distrusts),
		cmocka_unit_test(a_stapled_usage_limits_the_trust),
		cmocka_unit_test(
			a_stapled_usage_that_cannot_be_read_trusts_nothing),
		cmocka_unit_test(its_own_usage_limits_the_trust),
		cmocka_unit_test(stapled_name_constraints_are_kept),
		cmocka_unit_test(a_block_without_the_certificate_holds),
		cmocka_unit_test(openssl_trust_reads_as_our_own_reader_has_it),
		cmocka_unit_test(what_cannot_be_asked_is_refused),
		cmocka_unit_test(quotes_and_blanks_in_a_path_are_no_syntax),
		cmocka_unit_test(several_paths_are_one_store),
		cmocka_unit_test(what_p11_kit_passes_over_is_noted),
		cmocka_unit_test(a_good_tree_leaves_no_note),
		cmocka_unit_test(p11_kit_is_not_given_what_it_dies_of),
		cmocka_unit_test(paths_of_somebody_else_are_not_taken_for_ours),
		cmocka_unit_test(two_threads_get_each_their_own),
	};

	return cmocka_run_group_tests_name("store/read_p11kit", tests,
					   two_roots_begin, two_roots_end);
}
