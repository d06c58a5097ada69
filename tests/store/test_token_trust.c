/*
 * tests/store/test_token_trust.c: lib/store/token_trust.c and token_facts.c,
 * with a token of our own that says what no real one would.
 */
#include "support/test.h"

#include <stdlib.h>

#include "base/digest.h"
#include "store/token.h"
#include "support/made.h"

#define ATTRIBUTES 12

/* The objects of the token; handles are places here, from 1. */
static struct {
	CK_OBJECT_CLASS class;
	CK_ATTRIBUTE attributes[ATTRIBUTES];
	size_t count;
} objects[8];
static size_t object_count, found;
static CK_OBJECT_CLASS wanted;

static CK_RV find_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template,
		       CK_ULONG count)
{
	memcpy(&wanted, template[0].pValue, sizeof(wanted));
	found = 0;
	return CKR_OK;
}

static CK_RV find_objects(CK_SESSION_HANDLE session,
			  CK_OBJECT_HANDLE_PTR handles, CK_ULONG room,
			  CK_ULONG_PTR count)
{
	*count = 0;
	while (*count < room && found < object_count)
		if (objects[found++].class == wanted)
			handles[(*count)++] = found;
	return CKR_OK;
}

static CK_RV find_final(CK_SESSION_HANDLE session)
{
	return CKR_OK;
}

static CK_RV get_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object,
		       CK_ATTRIBUTE_PTR attribute, CK_ULONG count)
{
	for (size_t i = 0; i < objects[object - 1].count; i++) {
		const CK_ATTRIBUTE *has = &objects[object - 1].attributes[i];

		if (has->type != attribute->type)
			continue;
		if (attribute->pValue)
			memcpy(attribute->pValue, has->pValue,
			       has->ulValueLen);
		attribute->ulValueLen = has->ulValueLen;
		return CKR_OK;
	}
	return CKR_ATTRIBUTE_TYPE_INVALID;
}

static CK_FUNCTION_LIST functions = {
	.C_FindObjectsInit = find_init,
	.C_FindObjects = find_objects,
	.C_FindObjectsFinal = find_final,
	.C_GetAttributeValue = get_value,
};

static CK_BBOOL yes = CK_TRUE;
static CK_ULONG trusted = CKT_NSS_TRUSTED_DELEGATOR;
static CK_ULONG not_trusted = CKT_NSS_NOT_TRUSTED;
static CK_ULONG must_verify = CKT_NSS_MUST_VERIFY_TRUST;

static struct chk_cert *one, *two;
static uint8_t serial_one[32], serial_two[32];

static void write_serial(uint8_t room[32], const struct chk_cert *cert)
{
	assert_in_range(cert->serial.size, 1, 30);
	room[0] = 0x02;
	room[1] = (uint8_t)cert->serial.size;
	memcpy(room + 2, cert->serial.data, cert->serial.size);
}

static int begin(void **state)
{
	one = make_cert(&(struct recipe){ .subject = "One", .ca = true });
	two = make_cert(&(struct recipe){ .subject = "Two", .key = 1,
					  .issuer_key = 1, .ca = true });
	write_serial(serial_one, one);
	write_serial(serial_two, two);
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(one);
	chk_cert_unref(two);
	forget_keys();
	return 0;
}

static int clear(void **state)
{
	memset(objects, 0, sizeof(objects));
	object_count = 0;
	return 0;
}

/* A new object; what follows describes it. */
static void object(CK_OBJECT_CLASS class)
{
	assert_true(object_count < CHK_COUNT(objects));
	objects[object_count++].class = class;
}

static void has(CK_ATTRIBUTE_TYPE type, const void *value, size_t size)
{
	size_t *count = &objects[object_count - 1].count;

	assert_true(*count < ATTRIBUTES);
	objects[object_count - 1].attributes[(*count)++] = (CK_ATTRIBUTE){
		type, (void *)(uintptr_t)value, size };
}

static void certificate(const struct chk_cert *cert)
{
	object(CKO_CERTIFICATE);
	has(CKA_VALUE, cert->der.data, cert->der.size);
}

static void trust(const struct chk_cert *cert, const CK_ULONG *server,
		  const CK_ULONG *email)
{
	object(CKO_NSS_TRUST);
	has(CKA_ISSUER, cert->issuer.data, cert->issuer.size);
	has(CKA_SERIAL_NUMBER, cert == one ? serial_one : serial_two,
	    cert->serial.size + 2);
	has(CKA_TRUST_SERVER_AUTH, server, sizeof(*server));
	has(CKA_TRUST_EMAIL_PROTECTION, email, sizeof(*email));
}

static struct chk_store *load(void)
{
	struct chk_token token = { .module = &functions, .name = "fake" };
	struct chk_store *store = chk_store_new("test");

	assert_true(chk_token_load(store, &token, NULL, 0, NULL));
	assert_true(chk_store_end(store));
	return store;
}

static void check(const struct chk_store *store, const struct chk_cert *cert,
		  enum chk_purpose purpose, enum chk_trust expected)
{
	const struct chk_anchor *anchor = chk_store_find(store, cert);

	assert_non_null(anchor);
	assert_int_equal(chk_anchor_trust(anchor, purpose), expected);
}

/* The certificates of NSS have no CKA_TRUSTED at all. */
static void trust_objects_alone_give_trust_for_their_purposes(void **state)
{
	struct chk_store *store;

	certificate(one);
	trust(one, &trusted, &must_verify);
	store = load();
	check(store, one, CHK_PURPOSE_TLS_SERVER, CHK_TRUST_TRUSTED);
	check(store, one, CHK_PURPOSE_EMAIL, CHK_TRUST_NOT_STATED);
	check(store, one, CHK_PURPOSE_CODE_SIGNING, CHK_TRUST_NOT_STATED);
	check(store, one, CHK_PURPOSE_OCSP_SIGNING, CHK_TRUST_NOT_STATED);
	assert_int_equal(chk_store_note_count(store), 0);
	chk_store_free(store);
}

static void a_trust_object_outweighs_the_trusted_mark(void **state)
{
	struct chk_store *store;

	certificate(one);
	has(CKA_TRUSTED, &yes, sizeof(yes));
	trust(one, &must_verify, &not_trusted);
	store = load();
	check(store, one, CHK_PURPOSE_TLS_SERVER, CHK_TRUST_NOT_STATED);
	check(store, one, CHK_PURPOSE_EMAIL, CHK_TRUST_DISTRUSTED);
	chk_store_free(store);
}

static void the_mark_alone_is_trust_for_all(void **state)
{
	struct chk_store *store;

	certificate(one);
	has(CKA_TRUSTED, &yes, sizeof(yes));
	certificate(two);
	store = load();
	for (int i = 0; i < CHK_PURPOSE_ANY; i++) {
		check(store, one, (enum chk_purpose)i, CHK_TRUST_TRUSTED);
		check(store, two, (enum chk_purpose)i, CHK_TRUST_NOT_STATED);
	}
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

static void one_marked_copy_of_two_is_enough(void **state)
{
	struct chk_store *store;

	certificate(one);
	certificate(one);
	has(CKA_TRUSTED, &yes, sizeof(yes));
	store = load();
	assert_int_equal(chk_store_count(store), 1);
	check(store, one, CHK_PURPOSE_TLS_SERVER, CHK_TRUST_TRUSTED);
	assert_int_equal(chk_store_note_count(store), 0);
	chk_store_free(store);
}

static void distrust_of_a_certificate_elsewhere_is_a_block(void **state)
{
	struct chk_store *store;

	certificate(one);
	trust(one, &trusted, &trusted);
	trust(two, &not_trusted, &not_trusted);
	store = load();
	assert_int_equal(chk_store_count(store), 1);
	assert_true(chk_store_blocks(store, two, CHK_PURPOSE_TLS_SERVER));
	assert_false(chk_store_blocks(store, one, CHK_PURPOSE_TLS_SERVER));
	chk_store_free(store);
}

static void a_trust_object_of_another_digest_gives_no_trust(void **state)
{
	struct chk_store *store;
	uint8_t sha1[20];

	chk_digest_sha1(two->der, sha1);
	certificate(one);
	trust(one, &trusted, &trusted);
	has(CKA_CERT_SHA1_HASH, sha1, sizeof(sha1));
	store = load();
	check(store, one, CHK_PURPOSE_ANY, CHK_TRUST_NOT_STATED);
	chk_store_free(store);
	clear(state);
	chk_digest_sha1(one->der, sha1);
	certificate(one);
	trust(one, &trusted, &trusted);
	has(CKA_CERT_SHA1_HASH, sha1, sizeof(sha1));
	store = load();
	check(store, one, CHK_PURPOSE_TLS_SERVER, CHK_TRUST_TRUSTED);
	chk_store_free(store);
}

static void a_trust_object_that_names_nothing_is_noted(void **state)
{
	struct chk_store *store;

	object(CKO_NSS_TRUST);
	has(CKA_ISSUER, one->issuer.data, one->issuer.size);
	has(CKA_SERIAL_NUMBER, "\x05", 1);
	has(CKA_TRUST_SERVER_AUTH, &trusted, sizeof(trusted));
	store = load();
	assert_int_equal(store->blocked_count, 0);
	assert_int_equal(chk_store_note_count(store), 1);
	chk_store_free(store);
}

/* It may be what limits the trust. */
static void a_stapled_extension_that_cannot_be_read_ends_the_trust(void **state)
{
	const struct chk_bytes bad[] = {
		BYTES(""), BYTES("\x30\x05\x06\x03\x55\x1d\x25"),
		BYTES("\x30\x09\x06\x03\x55\x1d\x13\x04\x02\x30\x00\x05\x00"),
	};

	for (size_t i = 0; i < CHK_COUNT(bad); i++) {
		struct chk_store *store;

		clear(state);
		certificate(one);
		has(CKA_TRUSTED, &yes, sizeof(yes));
		object(CKO_X_CERTIFICATE_EXTENSION);
		has(CKA_PUBLIC_KEY_INFO, one->spki.data, one->spki.size);
		has(CKA_VALUE, bad[i].data, bad[i].size);
		store = load();
		check(store, one, CHK_PURPOSE_ANY, CHK_TRUST_NOT_STATED);
		assert_int_equal(chk_store_note_count(store), 2);
		chk_store_free(store);
	}
}

static void a_broken_certificate_is_noted_and_its_distrust_holds(void **state)
{
	struct chk_store *store;

	object(CKO_CERTIFICATE);
	has(CKA_LABEL, "evil\033[2J", 8);
	object(CKO_CERTIFICATE);
	has(CKA_VALUE, "abc", 3);
	object(CKO_CERTIFICATE);
	has(CKA_VALUE, "abc", 3);
	has(CKA_X_DISTRUSTED, &yes, sizeof(yes));
	has(CKA_ISSUER, two->issuer.data, two->issuer.size);
	has(CKA_SERIAL_NUMBER, serial_two, two->serial.size + 2);
	store = load();
	assert_int_equal(chk_store_count(store), 0);
	assert_int_equal(chk_store_note_count(store), 2);
	assert_string_equal(chk_store_note(store, 0)->where,
			    "fake: evil\\x1b[2J");
	assert_true(chk_store_blocks(store, two, CHK_PURPOSE_TLS_SERVER));
	chk_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			trust_objects_alone_give_trust_for_their_purposes,
			clear),
		cmocka_unit_test_setup(
			a_trust_object_outweighs_the_trusted_mark, clear),
		cmocka_unit_test_setup(the_mark_alone_is_trust_for_all, clear),
		cmocka_unit_test_setup(one_marked_copy_of_two_is_enough,
				       clear),
		cmocka_unit_test_setup(
			distrust_of_a_certificate_elsewhere_is_a_block, clear),
		cmocka_unit_test_setup(
			a_trust_object_of_another_digest_gives_no_trust,
			clear),
		cmocka_unit_test_setup(
			a_trust_object_that_names_nothing_is_noted, clear),
		cmocka_unit_test(
			a_stapled_extension_that_cannot_be_read_ends_the_trust),
		cmocka_unit_test_setup(
			a_broken_certificate_is_noted_and_its_distrust_holds,
			clear),
	};

	return cmocka_run_group_tests_name("store/token_trust", tests, begin,
					   end);
}
