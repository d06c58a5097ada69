/* tests/path/test_crl_scope.c: lib/path/crl_scope.c, indirect CRLs whole. */
#include "support/test.h"

#include "path/crl_bench.h"
#include "path/crl_scope.h"
#include "path/made_names.h"

/* indirectCRL is [4] (5.2.5). */
#define INDIRECT BYTES("\x84\x01\xff")

static struct chk_bytes one_point(struct bench *bench, struct chk_bytes a,
				  struct chk_bytes b)
{
	const struct chk_bytes contents[] = {
		made_joined(&bench->arena, a, b), { 0 },
	};

	return crl_points(&bench->arena, contents);
}

/* A point that sends its reader to the CRLs of CN=crls. */
static struct chk_bytes point_of_crls(struct bench *bench)
{
	return one_point(bench, (struct chk_bytes){ 0 },
			 crl_issuer_name(&bench->arena, "CN=crls"));
}

static struct chk_bytes indirect(struct bench *bench)
{
	return crl_point_part(&bench->arena, INDIRECT);
}

static const struct chk_cert *leaf_with(struct bench *bench,
					struct chk_bytes points)
{
	return make(bench, (struct recipe){
		.subject = "leaf", .key = 15, .issuer = "int",
		.issuer_key = 1, .crl_points = points });
}

static uint32_t reasons(struct bench *bench, const struct chk_cert *cert,
			struct crl_recipe recipe)
{
	struct chk_crl *crl = made_crl(&bench->arena, &recipe);
	uint32_t comparisons = 1000;
	uint32_t found = chk_crl_scope_reasons(crl, cert, &comparisons);

	free(crl);
	return found;
}

static void an_indirect_crl_is_for_whom_it_is_named_by(void **state)
{
	struct bench *bench = *state;
	struct crl_recipe recipe = { .issuer = "CN=crls",
				     .extensions = indirect(bench) };

	assert_int_equal(reasons(bench, leaf_with(bench, point_of_crls(bench)),
				 recipe), CHK_ALL_REASONS);
	assert_int_equal(reasons(bench, leaf_with(bench,
				 (struct chk_bytes){ 0 }), recipe), 0);
	recipe.issuer = "CN=others";
	assert_int_equal(reasons(bench, leaf_with(bench, point_of_crls(bench)),
				 recipe), 0);
}

static void a_crl_of_another_is_indirect_or_nothing(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(reasons(bench, leaf_with(bench, point_of_crls(bench)),
				 (struct crl_recipe){ .issuer = "CN=crls" }),
			 0);
}

static void the_name_of_the_point_must_be_that_of_the_crl(void **state)
{
	struct bench *bench = *state;
	struct chk_arena *arena = &bench->arena;
	struct crl_recipe recipe = {
		.issuer = "CN=crls",
		.extensions = crl_point_part(arena, made_joined(
			arena, full_name(arena, "DNS:one.test"), INDIRECT)),
	};
	struct chk_bytes issuer = crl_issuer_name(arena, "CN=crls");

	assert_int_equal(
		reasons(bench, leaf_with(bench, one_point(bench,
			full_name(arena, "DNS:one.test"), issuer)), recipe),
		CHK_ALL_REASONS);
	assert_int_equal(
		reasons(bench, leaf_with(bench, one_point(bench,
			full_name(arena, "DNS:two.test"), issuer)), recipe),
		0);
	assert_int_equal(
		reasons(bench, leaf_with(bench, point_of_crls(bench)), recipe),
		0);
}

/* Of a point without a name the cRLIssuer is the name (6.3.3 (b)(2)(i)). */
static void a_point_without_a_name_has_its_issuers(void **state)
{
	struct bench *bench = *state;
	struct chk_arena *arena = &bench->arena;
	struct chk_bytes name = made_tlv(
		arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
		made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
			 made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(4),
				  made_dn(arena, "CN=crls"))));
	struct crl_recipe recipe = {
		.issuer = "CN=crls",
		.extensions = crl_point_part(arena, made_joined(arena, name,
								INDIRECT)),
	};

	assert_int_equal(reasons(bench, leaf_with(bench, point_of_crls(bench)),
				 recipe), CHK_ALL_REASONS);
}

/* A CRL of the issuer's own is not what a point with another names. */
static void a_point_of_another_issuer_is_not_the_cas_own(void **state)
{
	struct bench *bench = *state;
	struct chk_arena *arena = &bench->arena;
	struct chk_bytes name = full_name(arena, "DNS:one.test");

	assert_int_equal(
		reasons(bench, leaf_with(bench, one_point(bench, name,
			crl_issuer_name(arena, "CN=crls"))),
			(struct crl_recipe){
				.issuer = "CN=int",
				.extensions = crl_point_part(arena, name) }),
		0);
}

static void what_is_not_compared_does_not_count(void **state)
{
	struct bench *bench = *state;
	struct crl_recipe recipe = { .issuer = "CN=crls",
				     .extensions = indirect(bench) };
	struct chk_crl *crl = made_crl(&bench->arena, &recipe);
	const struct chk_cert *cert = leaf_with(bench, point_of_crls(bench));
	uint32_t comparisons = 1;

	assert_int_equal(chk_crl_scope_reasons(crl, cert, &comparisons),
			 CHK_ALL_REASONS);
	assert_int_equal(comparisons, 0);
	assert_int_equal(chk_crl_scope_reasons(crl, cert, &comparisons), 0);
	free(crl);
}

/* A path whose leaf sends its reader to CN=crls, which CN=root issued. */
static struct chk_crls *begin_indirect(struct bench *bench)
{
	struct chk_crls *crls = begin_crls(bench);

	bench->search.leaf = leaf_with(bench, point_of_crls(bench));
	send(bench, make(bench, (struct recipe){
		.subject = "crls", .key = 4, .issuer = "root",
		.key_usage = GNUTLS_KEY_CRL_SIGN }));
	add_of_root(bench, crls);
	return crls;
}

static void an_indirect_crl_proves_what_it_does_not_list(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_indirect(bench);

	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=crls", .key = 4,
		.extensions = indirect(bench) });
	assert_true(is_trusted(bench));
	chk_crls_free(crls);
}

/* An entry is of the CRL's issuer until one says otherwise (5.3.3). */
static void an_indirect_crl_revokes_whose_issuer_it_names(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_indirect(bench);
	struct chk_bytes serial = bench->search.leaf->serial;
	struct crl_recipe recipe = {
		.issuer = "CN=crls", .key = 4, .extensions = indirect(bench),
		.entries = crl_entry(&bench->arena, serial,
				     (struct chk_bytes){ 0 }),
	};

	add_crl(bench, crls, recipe);
	assert_true(is_trusted(bench));
	recipe.entries = crl_entry(&bench->arena, serial,
				   crl_issuer_part(&bench->arena, "CN=int"));
	add_crl(bench, crls, recipe);
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOKED);
	chk_crls_free(crls);
}

static void its_signature_must_be_its_issuers(void **state)
{
	struct bench *bench = *state;
	struct chk_crls *crls = begin_indirect(bench);

	add_crl(bench, crls, (struct crl_recipe){
		.issuer = "CN=crls", .key = 1,
		.extensions = indirect(bench) });
	assert_int_equal(only_rule(run(bench)), CHK_RULE_REVOCATION_UNKNOWN);
	chk_crls_free(crls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CRL_TEST(an_indirect_crl_is_for_whom_it_is_named_by),
		CRL_TEST(a_crl_of_another_is_indirect_or_nothing),
		CRL_TEST(the_name_of_the_point_must_be_that_of_the_crl),
		CRL_TEST(a_point_without_a_name_has_its_issuers),
		CRL_TEST(a_point_of_another_issuer_is_not_the_cas_own),
		CRL_TEST(what_is_not_compared_does_not_count),
		CRL_TEST(an_indirect_crl_proves_what_it_does_not_list),
		CRL_TEST(an_indirect_crl_revokes_whose_issuer_it_names),
		CRL_TEST(its_signature_must_be_its_issuers),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	forget_keys();
	return failed;
}
