/*
 * tests/path/crl_bench.h: a search that asks about revocation, for the tests
 * of crl_rules.c, crl_signer.c and crl_scope.c. tests/support/test.h comes
 * before it.
 */
#ifndef CHK_TEST_CRL_BENCH_H
#define CHK_TEST_CRL_BENCH_H

#include <gnutls/x509.h>
#include <string.h>

#include "path/bench.h"
#include "revocation/made_crl.h"

static inline const struct chk_cert *crl_ca(struct bench *bench,
					    const char *subject, int key)
{
	return make(bench, (struct recipe){
		.subject = subject, .key = key, .issuer = "root",
		.issuer_key = 0, .ca = true,
		.key_usage = GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN });
}

/* A leaf of CN=int, key 1, which is of CN=root, key 0; and no CRL. */
static inline struct chk_crls *begin_crls(struct bench *bench)
{
	struct chk_crls *crls = chk_crls_new();

	assert_non_null(crls);
	set_leaf(bench, "int", 1);
	send(bench, crl_ca(bench, "int", 1));
	trust(bench, crl_ca(bench, "root", 0));
	bench->search.crls = crls;
	return crls;
}

static inline void add_crl(struct bench *bench, struct chk_crls *crls,
			   struct crl_recipe recipe)
{
	struct chk_bytes der = made_crl_der(&bench->arena, &recipe);

	assert_true(chk_crls_read_bytes(crls, der, "made.crl", NULL));
}

static inline void add_of_root(struct bench *bench, struct chk_crls *crls)
{
	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=root", .key = 0 });
}

static inline struct chk_bytes entry_of(struct bench *bench,
					const struct chk_cert *cert)
{
	return crl_entry(&bench->arena, cert->serial,
			 (struct chk_bytes){ 0 });
}

#define CRL_TEST(test) cmocka_unit_test_setup_teardown(test, lay, clear)

#endif
