/* lib/path/leaf_rules.c: what is asked of a leaf for what it is used for. */
#include "path/leaf_rules.h"

#include "cert/oid.h"

/* 4.2.1.3: what the server's key is for; a signature, in all but static RSA. */
static void check_leaf_usage(const struct chk_search *search,
			     struct chk_defects *defects)
{
	const struct chk_key_usage *usage = &search->leaf->key_usage;

	if (!search->leaf_usages || !usage->present ||
	    search->purpose != CHK_PURPOSE_TLS_SERVER ||
	    (usage->bits & search->leaf_usages))
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_LEAF_USAGE,
		.cert = search->leaf,
		.allowed = usage->bits,
		.found = search->leaf_usages,
	});
}

/* RFC 7633 section 4.3.1: it says that it never comes without one. */
static void check_staple(const struct chk_search *search,
			 struct chk_defects *defects)
{
	if (!search->staple_missing || !chk_cert_must_staple(search->leaf))
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_STAPLE_MISSING,
		.cert = search->leaf,
	});
}

/*
 * RFC 3161 section 2.3: a time-stamping authority's certificate has this usage
 * and no other, and has it critical, so that its key is for nothing else.
 */
static void check_time_stamper(const struct chk_search *search,
			       struct chk_defects *defects)
{
	const struct chk_extension *usages = &search->leaf->ext_key_usage;
	struct chk_bytes wanted = chk_oid_bytes(CHK_OID_EKU_TIME_STAMPING);
	struct chk_der der = chk_der_begin(usages->value, NULL);
	struct chk_tlv list;

	if (search->purpose != CHK_PURPOSE_TIME_STAMPING ||
	    !chk_cert_allows_usage(search->leaf, wanted, true))
		return;
	/* Each OID comes with a header of two bytes. */
	if (usages->critical && chk_der_next(&der, &list) &&
	    list.value.size == wanted.size + 2 &&
	    chk_cert_allows_usage(search->leaf, wanted, false))
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_PURPOSE,
		.cert = search->leaf,
		.a = wanted,
		.flag = true,
	});
}

void chk_leaf_rules_check(const struct chk_search *search,
			  struct chk_defects *defects)
{
	check_leaf_usage(search, defects);
	check_staple(search, defects);
	check_time_stamper(search, defects);
}
