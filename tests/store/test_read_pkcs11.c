/*
 * tests/store/test_read_pkcs11.c: lib/store/read_pkcs11.c, with tokens of
 * SoftHSM, made by its own tool and filled by GnuTLS's.
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/format.h"
#include "support/made.h"
#include "support/scratch.h"

#define PIN "1234"
#define SO_PIN "567890"

static struct chk_cert *one, *two, *three;
static const char *module; /* NULL: no SoftHSM here */

/* Where distributions put it. */
static const char *find_module(void)
{
	static const char *const PLACES[] = {
		"/usr/lib/softhsm/libsofthsm2.so",
		"/usr/lib64/softhsm/libsofthsm2.so",
		"/usr/lib64/pkcs11/libsofthsm2.so",
		"/usr/lib/pkcs11/libsofthsm2.so",
		"/usr/local/lib/softhsm/libsofthsm2.so",
		"/opt/homebrew/lib/softhsm/libsofthsm2.so",
	};

	for (size_t i = 0; i < CHK_COUNT(PLACES); i++)
		if (access(PLACES[i], R_OK) == 0)
			return PLACES[i];
	return NULL;
}

static void init_token(const char *label)
{
	assert_int_equal(scratch_run("softhsm2-util --init-token --free "
				     "--label '%s' --so-pin %s --pin %s",
				     label, SO_PIN, PIN), 0);
}

static void write_object(const char *token, const char *file,
			 const char *label, const char *options)
{
	assert_int_equal(scratch_run(
		"GNUTLS_PIN=%s GNUTLS_SO_PIN=%s p11tool --provider '%s' "
		"--batch --write --load-certificate %s --label '%s' %s "
		"'pkcs11:token=%s'", PIN, SO_PIN, module, file, label, options,
		token), 0);
}

/* A token with a trusted CA, one that is not, and one behind the PIN. */
static void make_tokens(void)
{
	char config[4200];

	scratch_mkdir("tokens");
	snprintf(config, sizeof(config), "directories.tokendir = %s\n"
		 "objectstore.backend = file\n", scratch_full_path("tokens"));
	scratch_text("softhsm2.conf", config);
	setenv("SOFTHSM2_CONF", scratch_full_path("softhsm2.conf"), 1);
	scratch_pem("one.pem", one, NULL);
	scratch_pem("two.pem", two, NULL);
	scratch_pem("three.pem", three, NULL);
	init_token("alpha");
	init_token("beta");
	init_token("gamma");
	write_object("alpha", "one.pem", "Trusted CA",
		     "--so-login --mark-trusted");
	write_object("alpha", "two.pem", "Plain CA", "--login");
	write_object("alpha", "three.pem", "Private CA", "--login --private");
	write_object("beta", "three.pem", "Private CA", "--login --private");
}

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Two", .key = 1,
					  .issuer_key = 1, .ca = true });
	three = make_cert(&(struct recipe){ .subject = "Three", .key = 2,
					    .issuer_key = 2, .ca = true });
	if (scratch_begin(state))
		return -1;
	module = find_module();
	if (module && system("softhsm2-util --version >/dev/null 2>&1 && "
			     "p11tool --version >/dev/null 2>&1") != 0)
		module = NULL;
	if (module)
		make_tokens();
	else
		print_message("# no SoftHSM here\n");
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	chk_cert_unref(three);
	forget_keys();
	return scratch_end(state);
}

static struct chk_store *open_well(const char *spec, const char *pin)
{
	struct chk_store_options options = { .module = module, .pin = pin };
	struct chk_store *store;
	struct chk_error error;

	if (!module)
		skip();
	if (!chk_store_open(spec, &options, &store, &error))
		fail_msg("%s: %s", error.where, error.what);
	return store;
}

static void check_refused(const char *spec, const char *pin,
			  enum chk_code code, const char *what)
{
	struct chk_store_options options = { .module = module, .pin = pin };
	struct chk_store *store;
	struct chk_error error;

	if (!module)
		skip();
	assert_false(chk_store_open(spec, &options, &store, &error));
	assert_null(store);
	if (!strstr(error.what, what))
		fail_msg("%s, and not %s", error.what, what);
	assert_int_equal(error.code, code);
	/* Whatever went wrong, no PIN is told. */
	assert_null(strstr(error.what, PIN));
	assert_null(strstr(error.where, PIN));
}

static enum chk_trust trust_of(const struct chk_store *store,
			       const struct chk_cert *cert)
{
	const struct chk_anchor *anchor = chk_store_find(store, cert);

	assert_non_null(anchor);
	return chk_anchor_trust(anchor, CHK_PURPOSE_TLS_SERVER);
}

static void marked_trusted_is_trusted_and_the_other_present(void **state)
{
	struct chk_store *store = open_well("pkcs11:token=alpha", NULL);

	assert_int_equal(chk_store_count(store), 2);
	assert_int_equal(trust_of(store, one), CHK_TRUST_TRUSTED);
	assert_int_equal(trust_of(store, two), CHK_TRUST_NOT_STATED);
	assert_string_equal(chk_anchor_where(chk_store_find(store, one), 0),
			    "alpha: Trusted CA");
	assert_int_equal(chk_store_note_count(store), 1);
	assert_string_equal(chk_store_note(store, 0)->where,
			    "alpha: Plain CA");
	assert_non_null(strstr(chk_store_note(store, 0)->what,
			       "without CKA_TRUSTED"));
	chk_store_free(store);
}

static void a_uri_can_name_one_object(void **state)
{
	struct chk_store *store =
		open_well("pkcs11:token=alpha;object=Plain%20CA;type=cert",
			  NULL);

	assert_int_equal(chk_store_count(store), 1);
	assert_non_null(chk_store_find(store, two));
	chk_store_free(store);
}

static void the_pin_shows_what_is_behind_it(void **state)
{
	struct chk_store *store = open_well("pkcs11:token=alpha", PIN);

	assert_int_equal(chk_store_count(store), 3);
	assert_int_equal(trust_of(store, three), CHK_TRUST_NOT_STATED);
	chk_store_free(store);
	/* And not for the next one, who has none. */
	store = open_well("pkcs11:token=alpha", NULL);
	assert_int_equal(chk_store_count(store), 2);
	chk_store_free(store);
}

static void a_pin_in_the_uri_is_taken_and_not_told(void **state)
{
	struct chk_store *store =
		open_well("pkcs11:token=beta?pin-value=" PIN, NULL);

	assert_non_null(chk_store_find(store, three));
	assert_null(strstr(chk_store_spec(store), PIN));
	assert_null(strstr(chk_store_spec(store), "pin"));
	chk_store_free(store);
}

static void a_pin_is_read_from_a_file(void **state)
{
	struct chk_store *store;
	char spec[4200];

	scratch_text("pin", PIN "\n");
	snprintf(spec, sizeof(spec), "pkcs11:token=beta?pin-source=file:%s",
		 scratch_full_path("pin"));
	store = open_well(spec, NULL);
	assert_non_null(chk_store_find(store, three));
	chk_store_free(store);
	check_refused("pkcs11:token=beta?pin-source=%7Ccat", NULL,
		      CHK_ERROR_UNSUPPORTED, "command");
	check_refused("pkcs11:token=beta?pin-source=nowhere", NULL,
		      CHK_ERROR_NOT_FOUND, "");
}

static void a_missing_pin_is_asked_for(void **state)
{
	check_refused("pkcs11:token=beta", NULL, CHK_ERROR_PASSWORD,
		      "was not given");
}

static void a_wrong_pin_is_called_wrong(void **state)
{
	check_refused("pkcs11:token=beta", "9999", CHK_ERROR_PASSWORD,
		      "the PIN is wrong");
	check_refused("pkcs11:token=beta?pin-value=99991", NULL,
		      CHK_ERROR_PASSWORD, "the PIN is wrong");
}

static void a_pin_is_not_tried_on_two_tokens(void **state)
{
	check_refused("pkcs11:manufacturer=SoftHSM%20project", PIN,
		      CHK_ERROR_ARGUMENT, "name the token");
}

static void a_token_that_is_not_there_names_those_that_are(void **state)
{
	check_refused("pkcs11:token=delta", NULL, CHK_ERROR_NOT_FOUND,
		      "«alpha»");
	check_refused("pkcs11:token=delta", NULL, CHK_ERROR_NOT_FOUND,
		      "«beta»");
}

static void the_slot_and_the_module_of_a_uri_count(void **state)
{
	struct chk_store *store = open_well(
		"pkcs11:token=alpha;library-manufacturer=SoftHSM;"
		"slot-manufacturer=SoftHSM%20project", NULL);

	assert_int_equal(chk_store_count(store), 2);
	chk_store_free(store);
	check_refused("pkcs11:token=alpha;slot-id=1", NULL,
		      CHK_ERROR_NOT_FOUND, "no such token");
	check_refused("pkcs11:token=alpha;slot-manufacturer=Nobody", NULL,
		      CHK_ERROR_NOT_FOUND, "no such token");
	check_refused("pkcs11:token=alpha;library-manufacturer=Nobody", NULL,
		      CHK_ERROR_NOT_FOUND, "no such token");
}

static void a_token_without_certificates_is_empty(void **state)
{
	check_refused("pkcs11:token=gamma", PIN, CHK_ERROR_EMPTY,
		      "no certificate");
	check_refused("pkcs11:token=alpha;object=None", PIN, CHK_ERROR_EMPTY,
		      "no certificate");
}

static void a_uri_that_is_none_is_refused_and_not_repeated(void **state)
{
	check_refused("pkcs11:token=%zz?pin-value=" PIN, NULL,
		      CHK_ERROR_ARGUMENT, "RFC 7512");
	check_refused("pkcs11:token=alpha;type=private", NULL,
		      CHK_ERROR_ARGUMENT, "other than certificates");
	check_refused("pkcs11:nonsense=1", NULL, CHK_ERROR_ARGUMENT,
		      "does not know");
}

static void a_module_that_cannot_be_loaded_is_named(void **state)
{
	struct chk_store_options options = { .module = "/nonexistent/m.so" };
	struct chk_store *store;
	struct chk_error error;

	assert_false(chk_store_open("pkcs11:", &options, &store, &error));
	assert_int_equal(error.code, CHK_ERROR_TOKEN);
	assert_string_equal(error.where, "/nonexistent/m.so");
	assert_non_null(strstr(error.what, "cannot be loaded"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			marked_trusted_is_trusted_and_the_other_present),
		cmocka_unit_test(a_uri_can_name_one_object),
		cmocka_unit_test(the_pin_shows_what_is_behind_it),
		cmocka_unit_test(a_pin_in_the_uri_is_taken_and_not_told),
		cmocka_unit_test(a_pin_is_read_from_a_file),
		cmocka_unit_test(a_missing_pin_is_asked_for),
		cmocka_unit_test(a_wrong_pin_is_called_wrong),
		cmocka_unit_test(a_pin_is_not_tried_on_two_tokens),
		cmocka_unit_test(
			a_token_that_is_not_there_names_those_that_are),
		cmocka_unit_test(the_slot_and_the_module_of_a_uri_count),
		cmocka_unit_test(a_token_without_certificates_is_empty),
		cmocka_unit_test(
			a_uri_that_is_none_is_refused_and_not_repeated),
		cmocka_unit_test(a_module_that_cannot_be_loaded_is_named),
	};

	return cmocka_run_group_tests_name("store/read_pkcs11", tests, begin,
					   end);
}
