/*
 * tests/path/test_memory.c: lib/path/memory.c, on signatures made by openssl
 * (tests/path/signatures/make.sh).
 */
#include "support/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "path/memory.h"

/* One certificate of tests/path/signatures; chk_cert_unref. */
static struct chk_cert *load(const char *name)
{
	struct chk_chain *chain = chk_chain_new();
	const char *source = getenv("top_srcdir");
	struct chk_cert *cert;
	char path[4096];

	snprintf(path, sizeof(path), "%s/tests/path/signatures/%s.pem",
		 source ? source : ".", name);
	assert_true(chk_chain_read(chain, path, NULL));
	cert = chk_cert_ref(chk_chain_get(chain, 0));
	chk_chain_free(chain);
	return cert;
}

static bool is_known(struct chk_memory *memory, const struct chk_cert *cert,
		     const struct chk_cert *issuer)
{
	const struct chk_signed_bytes what = chk_signed_bytes_of(cert);
	enum chk_signed result;

	return chk_memory_find(memory, &what, issuer, &result);
}

/* As a search asks: what is known first. */
static enum chk_signed ask(struct chk_memory *memory,
			   const struct chk_cert *cert,
			   const struct chk_cert *issuer)
{
	const struct chk_signed_bytes what = chk_signed_bytes_of(cert);
	enum chk_signed result;

	if (!chk_memory_find(memory, &what, issuer, &result))
		assert_true(chk_memory_ask(memory, &what, issuer, &result));
	return result;
}

static size_t checks(struct chk_memory *memory)
{
	return chk_memory_facts(memory).checks;
}

static void a_pair_is_asked_once(void **state)
{
	struct chk_memory *memory = chk_memory_new(0);
	struct chk_cert *cert = load("rsa-sha256"), *same = load("rsa-sha256");
	struct chk_cert *other = load("rsa-sha384"), *pss = load("pss-sha256");

	assert_false(is_known(memory, cert, cert));
	for (int i = 0; i < 100; i++)
		assert_int_equal(ask(memory, cert, cert), CHK_SIGNED_YES);
	assert_int_equal(checks(memory), 1);
	assert_true(is_known(memory, cert, cert));
	/* The same bytes elsewhere, and the same key in another certificate. */
	assert_int_equal(ask(memory, same, other), CHK_SIGNED_YES);
	assert_int_equal(checks(memory), 1);
	assert_false(is_known(memory, other, cert));
	assert_int_equal(ask(memory, other, cert), CHK_SIGNED_YES);
	assert_int_equal(checks(memory), 2);
	for (int i = 0; i < 3; i++)
		assert_int_equal(ask(memory, pss, cert), CHK_SIGNED_YES);
	assert_int_equal(checks(memory), 3);
	assert_int_equal(chk_memory_facts(memory).keys, 1);
	chk_memory_free(memory);
	chk_cert_unref(cert);
	chk_cert_unref(same);
	chk_cert_unref(other);
	chk_cert_unref(pss);
}

/* What is remembered of one must not answer for another. */
static void its_signature_on_other_bytes_is_asked_again(void **state)
{
	struct chk_memory *memory = chk_memory_new(0);
	struct chk_cert *cert = load("p256-sha256");
	struct chk_cert *other = load("p256-sha1");
	struct chk_cert body = { .tbs = other->tbs,
		.signature = cert->signature,
		.signature_algorithm = cert->signature_algorithm };
	struct chk_cert algorithm = { .tbs = cert->tbs,
		.signature = cert->signature,
		.signature_algorithm = other->signature_algorithm };

	assert_int_equal(ask(memory, cert, cert), CHK_SIGNED_YES);
	assert_false(is_known(memory, &body, cert));
	assert_int_equal(ask(memory, &body, cert), CHK_SIGNED_NO);
	assert_int_equal(ask(memory, &algorithm, cert), CHK_SIGNED_NO);
	assert_int_equal(ask(memory, cert, cert), CHK_SIGNED_YES);
	assert_int_equal(checks(memory), 3);
	chk_memory_free(memory);
	chk_cert_unref(cert);
	chk_cert_unref(other);
}

static void another_key_is_asked_again(void **state)
{
	struct chk_memory *memory = chk_memory_new(0);
	struct chk_cert *cert = load("p256-sha256"), *other = load("ed25519");

	assert_int_equal(ask(memory, cert, cert), CHK_SIGNED_YES);
	assert_false(is_known(memory, cert, other));
	assert_int_equal(ask(memory, cert, other), CHK_SIGNED_NO);
	assert_int_equal(ask(memory, cert, cert), CHK_SIGNED_YES);
	chk_memory_free(memory);
	chk_cert_unref(cert);
	chk_cert_unref(other);
}

static void what_is_remembered_outlives_its_certificate(void **state)
{
	struct chk_memory *memory = chk_memory_new(0);
	struct chk_cert *cert = load("rsa-sha256");

	assert_int_equal(ask(memory, cert, cert), CHK_SIGNED_YES);
	chk_cert_unref(cert);
	cert = load("rsa-sha256");
	assert_true(is_known(memory, cert, cert));
	chk_memory_free(memory);
	chk_cert_unref(cert);
}

/* It forgets rather than grow, and answers as before. */
static void a_memory_that_has_its_fill_begins_anew(void **state)
{
	struct chk_memory *memory = chk_memory_new(4096);
	struct chk_cert *certs[] = { load("rsa-sha256"), load("rsa-sha384"),
				     load("rsa-sha512"), load("p256-sha256") };

	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < CHK_COUNT(certs); i++) {
			assert_int_equal(ask(memory, certs[i], certs[i]),
					 CHK_SIGNED_YES);
			assert_in_range(chk_memory_facts(memory).bytes, 0,
					4096);
		}
	}
	assert_true(checks(memory) > CHK_COUNT(certs));
	for (size_t i = 0; i < CHK_COUNT(certs); i++)
		chk_cert_unref(certs[i]);
	chk_memory_free(memory);
}

static void what_does_not_fit_is_asked_each_time(void **state)
{
	struct chk_memory *memory = chk_memory_new(1);
	struct chk_cert *cert = load("rsa-sha256");

	for (size_t i = 1; i <= 3; i++) {
		assert_int_equal(ask(memory, cert, cert), CHK_SIGNED_YES);
		assert_int_equal(checks(memory), i);
	}
	assert_int_equal(chk_memory_facts(memory).bytes, 0);
	chk_memory_free(memory);
	chk_cert_unref(cert);
}

/* Signatures that differ in top bits hash alike, whatever is signed. */
static void what_hashes_alike_on_purpose_is_remembered_in_part(void **state)
{
	enum { COUNT = 32, SIZE = 80 };
	static uint8_t room[COUNT][SIZE];
	struct chk_memory *memory = chk_memory_new(0);
	struct chk_cert *cert = load("p256-sha256");

	for (size_t i = 0; i < COUNT; i++) {
		struct chk_cert alike = { .tbs = cert->tbs,
			.signature = chk_bytes_of(room[i], SIZE),
			.signature_algorithm = cert->signature_algorithm };

		/* Two words each that undo each other in the hash. */
		for (size_t bit = 0; bit < 5; bit++) {
			room[i][16 * bit + 7] = i & 1u << bit ? 0x80 : 0;
			room[i][16 * bit + 11] = i & 1u << bit ? 0x80 : 0;
			room[i][16 * bit + 15] = i & 1u << bit ? 0x80 : 0;
		}
		assert_int_equal(ask(memory, &alike, cert), CHK_SIGNED_NO);
	}
	assert_int_equal(chk_memory_facts(memory).answers, 16);
	chk_memory_free(memory);
	chk_cert_unref(cert);
}

struct share {
	struct chk_memory *memory;
	struct chk_cert *const *certs;
	size_t count, wrong;
};

static void *ask_for_long(void *data)
{
	struct share *share = data;

	for (int round = 0; round < 50; round++) {
		for (size_t i = 0; i < share->count; i++) {
			for (size_t j = 0; j < share->count; j++)
				share->wrong +=
					ask(share->memory, share->certs[i],
					    share->certs[j]) !=
					(i == j ? CHK_SIGNED_YES :
						  CHK_SIGNED_NO);
		}
	}
	return NULL;
}

/* A small memory, so that keys are taken while all is forgotten. */
static void threads_share_a_memory(void **state)
{
	enum { THREADS = 4 };
	struct chk_memory *memory = chk_memory_new(6000);
	struct chk_cert *certs[] = { load("p256-sha256"), load("ed25519"),
				     load("p384-sha384") };
	struct share shares[THREADS];
	pthread_t threads[THREADS];

	for (size_t i = 0; i < THREADS; i++) {
		shares[i] = (struct share){ memory, certs, CHK_COUNT(certs),
					    0 };
		assert_int_equal(pthread_create(&threads[i], NULL,
						ask_for_long, &shares[i]), 0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(shares[i].wrong, 0);
	}
	for (size_t i = 0; i < CHK_COUNT(certs); i++)
		chk_cert_unref(certs[i]);
	chk_memory_free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pair_is_asked_once),
		cmocka_unit_test(its_signature_on_other_bytes_is_asked_again),
		cmocka_unit_test(another_key_is_asked_again),
		cmocka_unit_test(what_is_remembered_outlives_its_certificate),
		cmocka_unit_test(a_memory_that_has_its_fill_begins_anew),
		cmocka_unit_test(what_does_not_fit_is_asked_each_time),
		cmocka_unit_test(
			what_hashes_alike_on_purpose_is_remembered_in_part),
		cmocka_unit_test(threads_share_a_memory),
	};

	return cmocka_run_group_tests_name("path/memory", tests, NULL, NULL);
}
