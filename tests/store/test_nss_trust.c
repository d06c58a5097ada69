/* tests/store/test_nss_trust.c: lib/store/nss_trust.c. */
#include "support/test.h"

#include "base/digest.h"
#include "store/nss_trust.h"
#include "support/made.h"

/* NSS's own values, and those of PKCS#11 3.2. */
enum { PEER = 0xce534351, ANCHOR, MUST_VERIFY, REFUSED = 0xce53435a };
enum { NEW, OLD };

static struct chk_cert *cert;
static struct chk_store *store;
static struct chk_nss_trust trusts;
static uint8_t serial[40];

static int begin(void **state)
{
	cert = make_cert(&(struct recipe){ .subject = "Root", .ca = true });
	serial[0] = 0x02;
	serial[1] = (uint8_t)cert->serial.size;
	assert_true(cert->serial.size < sizeof(serial) - 2);
	memcpy(serial + 2, cert->serial.data, cert->serial.size);
	return 0;
}

static int end(void **state)
{
	chk_cert_unref(cert);
	forget_keys();
	return 0;
}

static int fresh(void **state)
{
	store = chk_store_new("test");
	return store ? 0 : -1;
}

static int done(void **state)
{
	chk_nss_trust_clear(&trusts);
	memset(&trusts, 0, sizeof(trusts));
	chk_store_free(store);
	return 0;
}

/* An object on the certificate, of one value for servers. */
static struct chk_nss_object object(int kind, uint32_t server)
{
	struct chk_nss_object made = {
		.kind = &CHK_NSS_KIND[kind],
		.issuer = cert->issuer,
		.serial = chk_bytes_of(serial, 2 + cert->serial.size),
		.value = { server, CHK_NSS_NONE, CHK_NSS_NONE, CHK_NSS_NONE,
			   CHK_NSS_NONE, CHK_NSS_NONE },
	};

	return made;
}

static void add(struct chk_nss_object made)
{
	assert_true(chk_nss_trust_add(&trusts, store, &made, "here"));
}

/* What the objects say for servers, in an anchor of its own. */
static const struct chk_anchor *state_all(void)
{
	struct chk_anchor *anchor = chk_store_anchor(store, cert, "here");

	assert_non_null(anchor);
	chk_nss_trust_state(&trusts, cert, anchor);
	assert_true(chk_nss_trust_end(&trusts, store, true));
	return anchor;
}

static void check(enum chk_trust trust, bool peer)
{
	const struct chk_anchor *anchor = state_all();

	assert_int_equal(anchor->trust[CHK_PURPOSE_TLS_SERVER], trust);
	assert_int_equal(anchor->peer[CHK_PURPOSE_TLS_SERVER], peer);
	assert_true(anchor->issuer_only || trust != CHK_TRUST_TRUSTED);
	assert_int_equal(anchor->trust[CHK_PURPOSE_EMAIL],
			 CHK_TRUST_NOT_STATED);
}

static void a_delegator_is_trusted_as_an_issuer(void **state)
{
	add(object(OLD, ANCHOR));
	check(CHK_TRUST_TRUSTED, false);
}

static void a_peer_is_not_trusted_as_an_issuer(void **state)
{
	add(object(OLD, PEER));
	check(CHK_TRUST_NOT_STATED, true);
}

static void what_must_be_verified_is_not_trusted(void **state)
{
	add(object(OLD, MUST_VERIFY));
	check(CHK_TRUST_NOT_STATED, false);
	assert_int_equal(chk_store_note_count(store), 0);
}

static void an_unknown_value_is_no_trust_and_is_told(void **state)
{
	add(object(OLD, 0xce534399));
	check(CHK_TRUST_NOT_STATED, false);
	assert_int_equal(chk_store_note_count(store), 1);
	assert_non_null(strstr(chk_store_note(store, 0)->what, "0xce534399"));
}

static void distrust_wins_in_any_order(void **state)
{
	add(object(OLD, REFUSED));
	add(object(NEW, 2));
	check(CHK_TRUST_DISTRUSTED, false);
}

/* Trust taken back by a newer NSS, which left the old object where it was. */
static void the_newer_kind_takes_trust_back(void **state)
{
	add(object(OLD, ANCHOR));
	add(object(NEW, 4));
	check(CHK_TRUST_NOT_STATED, false);
}

static void the_values_of_one_kind_mean_nothing_in_the_other(void **state)
{
	add(object(OLD, 2));
	add(object(NEW, ANCHOR));
	check(CHK_TRUST_NOT_STATED, false);
	assert_int_equal(chk_store_note_count(store), 2);
}

static void either_digest_is_good_and_another_is_not(void **state)
{
	uint8_t sha256[32];
	struct chk_nss_object made = object(NEW, 2);

	chk_digest_sha256(cert->der, sha256);
	made.digest = chk_bytes_of(sha256, sizeof(sha256));
	add(made);
	check(CHK_TRUST_TRUSTED, false);
}

static void trust_of_another_digest_is_trust_of_another(void **state)
{
	uint8_t sha1[20] = { 0 };
	struct chk_nss_object made = object(OLD, ANCHOR);

	made.digest = chk_bytes_of(sha1, sizeof(sha1));
	add(made);
	check(CHK_TRUST_NOT_STATED, false);
	assert_non_null(strstr(chk_store_note(store, 0)->what, "not there"));
}

static void distrust_of_another_digest_holds_for_the_name(void **state)
{
	uint8_t sha1[20] = { 0 };
	struct chk_nss_object made = object(OLD, REFUSED);

	made.digest = chk_bytes_of(sha1, sizeof(sha1));
	add(made);
	state_all();
	assert_true(chk_store_blocks(store, cert, CHK_PURPOSE_TLS_SERVER));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, done)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_delegator_is_trusted_as_an_issuer),
		TEST(a_peer_is_not_trusted_as_an_issuer),
		TEST(what_must_be_verified_is_not_trusted),
		TEST(an_unknown_value_is_no_trust_and_is_told),
		TEST(distrust_wins_in_any_order),
		TEST(the_newer_kind_takes_trust_back),
		TEST(the_values_of_one_kind_mean_nothing_in_the_other),
		TEST(either_digest_is_good_and_another_is_not),
		TEST(trust_of_another_digest_is_trust_of_another),
		TEST(distrust_of_another_digest_holds_for_the_name),
	};

	return cmocka_run_group_tests_name("store/nss_trust", tests, begin,
					   end);
}
