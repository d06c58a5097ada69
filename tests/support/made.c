/*
 * tests/support/made.c: certificates by GnuTLS, so that our reader is not its
 * own judge. Only the authority key id is written by hand: GnuTLS cannot put a
 * directory name into it.
 */
#include "support/test.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

#include "support/made.h"

#define YEAR_2020 INT64_C(1577836800)
#define YEAR_2040 INT64_C(2208988800)

static gnutls_x509_privkey_t KEYS[MADE_KEYS];

static gnutls_x509_privkey_t key_of(int number)
{
	const unsigned curve = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);

	assert_in_range(number, 0, MADE_KEYS - 1);
	if (!KEYS[number]) {
		assert_int_equal(gnutls_x509_privkey_init(&KEYS[number]), 0);
		assert_int_equal(gnutls_x509_privkey_generate(
					 KEYS[number], GNUTLS_PK_ECDSA, curve,
					 0), 0);
	}
	return KEYS[number];
}

void forget_keys(void)
{
	for (size_t i = 0; i < MADE_KEYS; i++) {
		if (KEYS[i])
			gnutls_x509_privkey_deinit(KEYS[i]);
		KEYS[i] = NULL;
	}
}

int forget_made(void **state)
{
	(void)state;
	forget_keys();
	return 0;
}

static void get_key_id(int number, uint8_t id[20])
{
	size_t size = 20;

	assert_int_equal(gnutls_x509_privkey_get_key_id(
				 key_of(number), GNUTLS_KEYID_USE_SHA1, id,
				 &size), 0);
	assert_int_equal(size, 20);
}

struct chk_bytes made_key_id(struct chk_arena *arena, int key)
{
	uint8_t id[20];

	get_key_id(key, id);
	return chk_arena_bytes(arena, chk_bytes_of(id, sizeof(id)));
}

struct chk_bytes made_signature(struct chk_arena *arena, int key,
				struct chk_bytes bytes)
{
	uint8_t *copy = chk_arena_get(arena, bytes.size);
	gnutls_datum_t data = { copy, (unsigned)bytes.size }, made;
	gnutls_privkey_t by;
	struct chk_bytes out;

	memcpy(copy, bytes.data, bytes.size);
	assert_int_equal(gnutls_privkey_init(&by), 0);
	assert_int_equal(gnutls_privkey_import_x509(by, key_of(key), 0), 0);
	assert_int_equal(gnutls_privkey_sign_data(by, GNUTLS_DIG_SHA256, 0,
						  &data, &made), 0);
	gnutls_privkey_deinit(by);
	out = chk_arena_bytes(arena, chk_bytes_of(made.data, made.size));
	gnutls_free(made.data);
	return out;
}

static void set_name(gnutls_x509_crt_t crt, const char *name)
{
	assert_int_equal(gnutls_x509_crt_set_dn_by_oid(
				 crt, GNUTLS_OID_X520_COMMON_NAME, 0, name,
				 (unsigned)strlen(name)), 0);
}

/* DER, short forms alone: what is written here is small. */
struct writer {
	uint8_t data[256];
	size_t size;
};

static void write_tlv(struct writer *writer, uint8_t tag, const void *value,
		      size_t size)
{
	assert_true(size < 128 && writer->size + size + 2 < 256);
	writer->data[writer->size++] = tag;
	writer->data[writer->size++] = (uint8_t)size;
	memcpy(writer->data + writer->size, value, size);
	writer->size += size;
}

/* Puts all that was written into one value of `tag`. */
static void wrap(struct writer *writer, uint8_t tag)
{
	struct writer whole = { .size = 0 };

	write_tlv(&whole, tag, writer->data, writer->size);
	*writer = whole;
}

/* [1] GeneralNames of one directory name of one CN, and [2] a serial. */
static void write_above(struct writer *out, const char *name)
{
	struct writer dn = { .size = 0 };

	write_tlv(&dn, 0x06, "\x55\x04\x03", 3);
	write_tlv(&dn, 0x0c, name, strlen(name));
	wrap(&dn, 0x30);
	wrap(&dn, 0x31);
	wrap(&dn, 0x30);
	wrap(&dn, 0xa4);
	write_tlv(out, 0xa1, dn.data, dn.size);
	write_tlv(out, 0x82, "\x01", 1);
}

static void set_key_ids(gnutls_x509_crt_t crt, const struct recipe *recipe)
{
	int named = recipe->named_key ? recipe->named_key - 1 :
					recipe->issuer_key;
	struct writer authority = { .size = 0 };
	uint8_t id[20];

	if (recipe->no_key_ids)
		return;
	get_key_id(recipe->key, id);
	assert_int_equal(gnutls_x509_crt_set_subject_key_id(crt, id, 20), 0);
	get_key_id(named, id);
	write_tlv(&authority, 0x80, id, sizeof(id));
	if (recipe->above)
		write_above(&authority, recipe->above);
	wrap(&authority, 0x30);
	assert_int_equal(gnutls_x509_crt_set_extension_by_oid(
				 crt, "2.5.29.35", authority.data,
				 authority.size, 0), 0);
}

static void set_issuers(gnutls_x509_crt_t crt, const struct recipe *recipe)
{
	for (size_t i = 0; i < CHK_COUNT(recipe->issuers) &&
			   recipe->issuers[i]; i++) {
		gnutls_datum_t url = {
			(unsigned char *)(uintptr_t)recipe->issuers[i],
			(unsigned)strlen(recipe->issuers[i]),
		};

		assert_int_equal(gnutls_x509_crt_set_authority_info_access(
					 crt, GNUTLS_IA_CAISSUERS_URI, &url),
				 0);
	}
}

static void set_rest(gnutls_x509_crt_t crt, const struct recipe *recipe)
{
	if (recipe->ca)
		assert_int_equal(gnutls_x509_crt_set_basic_constraints(
					 crt, 1, recipe->path_len - 1), 0);
	if (recipe->ca)
		assert_int_equal(gnutls_x509_crt_set_key_usage(
					 crt, GNUTLS_KEY_KEY_CERT_SIGN), 0);
	if (recipe->dns)
		assert_int_equal(gnutls_x509_crt_set_subject_alt_name(
					 crt, GNUTLS_SAN_DNSNAME, recipe->dns,
					 (unsigned)strlen(recipe->dns), 0), 0);
	if (recipe->key_usage)
		assert_int_equal(gnutls_x509_crt_set_key_usage(
					 crt, recipe->key_usage), 0);
	if (recipe->usage)
		assert_int_equal(gnutls_x509_crt_set_key_purpose_oid(
					 crt, recipe->usage, 0), 0);
	if (recipe->crl_points.data)
		assert_int_equal(gnutls_x509_crt_set_extension_by_oid(
					 crt, "2.5.29.31",
					 recipe->crl_points.data,
					 recipe->crl_points.size, 0), 0);
	if (recipe->critical)
		assert_int_equal(gnutls_x509_crt_set_extension_by_oid(
					 crt, recipe->critical, "\x05\x00", 2,
					 1), 0);
}

static void set_body(gnutls_x509_crt_t crt, const struct recipe *recipe)
{
	static uint8_t serial;
	int64_t begin = recipe->not_before ? recipe->not_before : YEAR_2020;
	int64_t end = recipe->not_after ? recipe->not_after : YEAR_2040;
	uint8_t number = (uint8_t)(++serial % 127 + 1);

	set_name(crt, recipe->subject);
	assert_int_equal(gnutls_x509_crt_set_version(crt, 3), 0);
	assert_int_equal(gnutls_x509_crt_set_serial(crt, &number, 1), 0);
	assert_int_equal(gnutls_x509_crt_set_activation_time(crt, begin), 0);
	assert_int_equal(gnutls_x509_crt_set_expiration_time(crt, end), 0);
	assert_int_equal(gnutls_x509_crt_set_key(crt, key_of(recipe->key)), 0);
	set_key_ids(crt, recipe);
	set_issuers(crt, recipe);
	set_rest(crt, recipe);
}

struct chk_cert *make_cert(const struct recipe *recipe)
{
	gnutls_x509_crt_t crt, issuer;
	gnutls_datum_t der;
	struct chk_cert *cert;

	assert_int_equal(gnutls_x509_crt_init(&crt), 0);
	assert_int_equal(gnutls_x509_crt_init(&issuer), 0);
	set_body(crt, recipe);
	set_name(issuer, recipe->issuer ? recipe->issuer : recipe->subject);
	/* GnuTLS wants to know the kind of key from the issuer. */
	assert_int_equal(gnutls_x509_crt_set_key(
				 issuer, key_of(recipe->issuer_key)), 0);
	assert_int_equal(gnutls_x509_crt_sign2(crt, issuer,
					       key_of(recipe->issuer_key),
					       GNUTLS_DIG_SHA256, 0), 0);
	assert_int_equal(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_DER,
						 &der), 0);
	assert_true(chk_cert_parse(chk_bytes_of(der.data, der.size), &cert,
				   NULL));
	gnutls_free(der.data);
	gnutls_x509_crt_deinit(crt);
	gnutls_x509_crt_deinit(issuer);
	return cert;
}
