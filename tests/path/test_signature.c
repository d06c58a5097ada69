/*
 * tests/path/test_signature.c: lib/path/signature.c, on signatures made by
 * openssl (tests/path/signatures/make.sh).
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include <gnutls/x509.h>

#include "path/signature.h"

/* One certificate of tests/path/signatures; chk_cert_unref. */
static struct chk_cert *load(const char *name)
{
	const char *source = getenv("top_srcdir");
	gnutls_datum_t pem, der;
	struct chk_cert *cert;
	char path[4096];

	snprintf(path, sizeof(path), "%s/tests/path/signatures/%s.pem",
		 source ? source : ".", name);
	assert_int_equal(gnutls_load_file(path, &pem), 0);
	assert_int_equal(gnutls_pem_base64_decode2("CERTIFICATE", &pem, &der),
			 0);
	assert_true(chk_cert_parse(chk_bytes_of(der.data, der.size), &cert,
				   NULL));
	gnutls_free(pem.data);
	gnutls_free(der.data);
	return cert;
}

static enum chk_signed ask(const struct chk_cert *cert,
			   const struct chk_cert *issuer)
{
	const struct chk_signed_bytes what = chk_signed_bytes_of(cert);
	enum chk_signed result = CHK_SIGNED_YES;
	gnutls_pubkey_t key;

	assert_true(chk_signature_load(issuer, &key));
	assert_true(chk_signature_check(key, &what, issuer, &result));
	if (key)
		gnutls_pubkey_deinit(key);
	return result;
}

/* The answer on a certificate of one file by the key in another. */
static enum chk_signed answer(const char *cert_name, const char *issuer_name)
{
	struct chk_cert *cert = load(cert_name), *issuer = load(issuer_name);
	enum chk_signed result = ask(cert, issuer);

	chk_cert_unref(cert);
	chk_cert_unref(issuer);
	return result;
}

/* Broken digests, too: whether they count is for strength.c. */
static const char *const SIGNED[] = {
	"rsa-sha256", "rsa-sha384", "rsa-sha512", "rsa-sha224", "rsa-sha1",
	"rsa-md5", "pss-sha256", "pss-sha512-salt20", "pss-key",
	"p256-sha256", "p256-sha1", "p384-sha384", "p521-sha512", "ed25519",
	"ed448", "dsa-sha256",
};

static void what_openssl_signed_is_signed(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(SIGNED); i++) {
		if (answer(SIGNED[i], SIGNED[i]) != CHK_SIGNED_YES)
			fail_msg("%s", SIGNED[i]);
	}
}

#define BYTES_HERE(literal) \
	{ (const uint8_t *)(literal), sizeof(literal) - 1 }

/* What is signed and how, for a test to change. */
static struct chk_cert like(const struct chk_cert *cert)
{
	return (struct chk_cert){
		.tbs = cert->tbs,
		.signature = cert->signature,
		.signature_algorithm = cert->signature_algorithm,
	};
}

/* `cert` with one bit of its signature or its body turned. */
static struct chk_cert tampered(const struct chk_cert *cert, uint8_t *room,
				bool body)
{
	struct chk_bytes part = body ? cert->tbs : cert->signature;
	struct chk_cert copy = like(cert);

	assert_in_range(part.size, 1, 4096);
	memcpy(room, part.data, part.size);
	room[part.size / 2] ^= 1; /* nettle 3.8 ignores Ed448's last */
	part.data = room;
	if (body)
		copy.tbs = part;
	else
		copy.signature = part;
	return copy;
}

static void one_bit_turned_is_not_signed(void **state)
{
	uint8_t room[2 * 4096];

	for (size_t i = 0; i < CHK_COUNT(SIGNED); i++) {
		struct chk_cert *cert = load(SIGNED[i]);
		struct chk_cert body = tampered(cert, room, true);
		struct chk_cert signature = tampered(cert, room + 4096, false);

		if (ask(&body, cert) != CHK_SIGNED_NO)
			fail_msg("%s", SIGNED[i]);
		if (ask(&signature, cert) != CHK_SIGNED_NO)
			fail_msg("%s", SIGNED[i]);
		assert_int_equal(ask(cert, cert), CHK_SIGNED_YES);
		chk_cert_unref(cert);
	}
}

static void a_signature_that_is_garbage_is_not_signed(void **state)
{
	static const char *const NAMES[] = { "rsa-sha256", "p256-sha256",
					     "ed25519", "dsa-sha256", "ed448",
					     "pss-sha256" };
	static const char LONG[600] = { 0x30 };
	static const struct chk_bytes GARBAGE[] = {
		BYTES_HERE(""), BYTES_HERE("\x30\x06\x02\x01"),
		BYTES_HERE("\x30\x06\x02\x01\x00\x02\x01\x00"),
		{ (const uint8_t *)LONG, sizeof(LONG) },
	};

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		struct chk_cert copies[CHK_COUNT(GARBAGE)];
		struct chk_cert *cert = load(NAMES[i]);

		for (size_t j = 0; j < CHK_COUNT(GARBAGE); j++) {
			copies[j] = like(cert);
			copies[j].signature = GARBAGE[j];
			if (ask(&copies[j], cert) != CHK_SIGNED_NO)
				fail_msg("%s, %zu", NAMES[i], j);
		}
		chk_cert_unref(cert);
	}
}

static void a_key_of_another_kind_did_not_sign(void **state)
{
	static const char *const KINDS[] = { "rsa-sha256", "pss-key",
					     "p256-sha256", "p384-sha384",
					     "ed25519", "ed448",
					     "dsa-sha256" };

	for (size_t i = 0; i < CHK_COUNT(KINDS); i++) {
		for (size_t j = 0; j < CHK_COUNT(KINDS); j++) {
			enum chk_signed result = answer(KINDS[i], KINDS[j]);

			if (result != (i == j ? CHK_SIGNED_YES : CHK_SIGNED_NO))
				fail_msg("%s by %s: %d", KINDS[i], KINDS[j],
					 result);
		}
	}
}

static void what_gnutls_cannot_check_is_unsupported(void **state)
{
	/* RIPEMD-160 and secp256k1; SHA-1 in PSS; two digests in one PSS. */
	static const char *const NAMES[] = { "rsa-ripemd160", "secp256k1",
					     "pss-sha1", "pss-mgf1-sha1" };

	for (size_t i = 0; i < CHK_COUNT(NAMES); i++) {
		if (answer(NAMES[i], NAMES[i]) != CHK_SIGNED_UNSUPPORTED)
			fail_msg("%s", NAMES[i]);
	}
}

/* RFC 4055 section 2.1: NULL or nothing. */
static void other_parameters_are_unsupported(void **state)
{
	static const struct {
		struct chk_bytes algorithm;
		enum chk_signed result;
	} ROWS[] = {
		{ BYTES_HERE("\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01"
			     "\x01\x0b"), CHK_SIGNED_YES },
		{ BYTES_HERE("\x30\x0e\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01"
			     "\x01\x0b\x04\x01x"), CHK_SIGNED_UNSUPPORTED },
		{ BYTES_HERE("\x30\x0f\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01"
			     "\x01\x0b\x05\x00\x05\x00"),
		  CHK_SIGNED_UNSUPPORTED },
		{ BYTES_HERE("\x30\x0b\x06"), CHK_SIGNED_UNSUPPORTED },
	};
	struct chk_cert *cert = load("rsa-sha256");
	struct chk_cert copies[CHK_COUNT(ROWS)];

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		copies[i] = like(cert);
		copies[i].signature_algorithm = ROWS[i].algorithm;
		assert_int_equal(ask(&copies[i], cert),
				 ROWS[i].result);
	}
	chk_cert_unref(cert);
}

/* An RSA key of 16,000 bits whose exponent is as long would take seconds. */
static void a_key_that_would_take_long_is_not_loaded(void **state)
{
	static uint8_t point[4 + 2 * (4 + 2001)];
	struct chk_cert *cert = load("rsa-sha256");
	struct chk_cert issuer = { .spki = BYTES("\x30\x00"),
				   .key = { .type = CHK_KEY_RSA,
					    .bits = 16000 } };
	uint8_t *at = point;
	const uint8_t head[] = { 0x30, 0x82, 4010 >> 8, 4010 & 255 };
	const uint8_t integer[] = { 0x02, 0x82, 2001 >> 8, 2001 & 255, 0 };

	memset(point, 0xff, sizeof(point));
	memcpy(at, head, 4);
	memcpy(at + 4, integer, 5);
	memcpy(at + 4 + 2005, integer, 5);
	issuer.key.point = chk_bytes_of(point, sizeof(point));
	assert_int_equal(ask(cert, &issuer),
			 CHK_SIGNED_UNSUPPORTED);
	issuer.spki = BYTES("\x30\x01\x00");
	issuer.key.bits = 16385;
	assert_int_equal(ask(cert, &issuer),
			 CHK_SIGNED_UNSUPPORTED);
	chk_cert_unref(cert);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_openssl_signed_is_signed),
		cmocka_unit_test(one_bit_turned_is_not_signed),
		cmocka_unit_test(a_signature_that_is_garbage_is_not_signed),
		cmocka_unit_test(a_key_of_another_kind_did_not_sign),
		cmocka_unit_test(what_gnutls_cannot_check_is_unsupported),
		cmocka_unit_test(other_parameters_are_unsupported),
		cmocka_unit_test(a_key_that_would_take_long_is_not_loaded),
	};

	return cmocka_run_group_tests_name("path/signature", tests, NULL, NULL);
}
