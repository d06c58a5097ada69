/* lib/path/rules.c: what RFC 5280 section 6.1 asks of one step of a path. */
#include "path/rules.h"

#include "cert/extension.h"
#include "cert/oid.h"
#include "path/candidates.h"
#include "path/leaf_rules.h"
#include "path/name_constraints.h"

/* 6.1.3 (a)(2); both ends belong to the validity (4.1.2.5). */
static void check_time(const struct chk_cert *cert, int64_t at,
		       struct chk_defects *defects)
{
	struct chk_defect defect = { .cert = cert, .found_when = at };

	if (at > cert->not_after) {
		defect.rule = CHK_RULE_EXPIRED;
		defect.when = cert->not_after;
		chk_defects_add(defects, defect);
	} else if (at < cert->not_before) {
		defect.rule = CHK_RULE_NOT_YET_VALID;
		defect.when = cert->not_before;
		chk_defects_add(defects, defect);
	}
}

/* 4.2: who does not know a critical extension must refuse. */
static void check_critical(const struct chk_cert *cert,
			   struct chk_defects *defects)
{
	if (!cert->unknown_critical.data)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_UNKNOWN_CRITICAL,
		.cert = cert,
		.a = cert->unknown_critical,
	});
}

/* The extended key usage each purpose wants (4.2.1.12). */
static const enum chk_oid USAGES[CHK_PURPOSE_COUNT] = {
	[CHK_PURPOSE_TLS_SERVER] = CHK_OID_EKU_SERVER_AUTH,
	[CHK_PURPOSE_TLS_CLIENT] = CHK_OID_EKU_CLIENT_AUTH,
	[CHK_PURPOSE_EMAIL] = CHK_OID_EKU_EMAIL,
	[CHK_PURPOSE_CODE_SIGNING] = CHK_OID_EKU_CODE_SIGNING,
	[CHK_PURPOSE_TIME_STAMPING] = CHK_OID_EKU_TIME_STAMPING,
	[CHK_PURPOSE_OCSP_SIGNING] = CHK_OID_EKU_OCSP_SIGNING,
};

/* 4.2.1.12; on a CA it limits what is below, as all big verifiers have it. */
static void check_purpose(const struct chk_search *search,
			  const struct chk_cert *cert,
			  struct chk_defects *defects)
{
	struct chk_bytes usage = search->purpose == CHK_PURPOSE_ANY ?
		search->usage : chk_oid_bytes(USAGES[search->purpose]);

	if (search->no_ext_usage || !usage.data ||
	    chk_cert_allows_usage(cert, usage, true))
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_PURPOSE,
		.cert = cert,
		.a = usage,
	});
}

/* A store's distrust of this very certificate, or the caller's. */
static void check_distrust(const struct chk_search *search,
			   const struct chk_cert *cert,
			   struct chk_defects *defects)
{
	bool blocked = false;

	for (size_t i = 0; i < search->store_count; i++)
		blocked |= chk_store_blocks(search->stores[i], cert,
					    search->purpose);
	for (size_t i = 0; search->distrusted && i < search->distrusted->count;
	     i++)
		blocked |= chk_bytes_equal(
			search->distrusted->items[i].cert->der, cert->der);
	if (!blocked)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_DISTRUSTED,
		.cert = cert,
	});
}

static void check_key(const struct chk_search *search,
		      const struct chk_cert *cert, struct chk_defects *defects)
{
	if (search->no_dsa && cert->key.type == CHK_KEY_DSA)
		chk_defects_add(defects, (struct chk_defect){
			.rule = CHK_RULE_WEAK_KEY, .cert = cert, .flag = true,
		});
	else
		chk_strength_check_key(cert, search->strength, defects);
}

void chk_rules_check_leaf(const struct chk_search *search,
			  struct chk_defects *defects)
{
	const struct chk_cert *leaf = search->leaf;

	check_time(leaf, search->at, defects);
	check_critical(leaf, defects);
	check_purpose(search, leaf, defects);
	chk_leaf_rules_check(search, defects);
	check_distrust(search, leaf, defects);
	check_key(search, leaf, defects);
	chk_forms_check(leaf, CHK_FORM_LEAF, search->forms, defects);
	chk_host_name_check(leaf, search->identity, search->common_name,
			    defects);
}

/*
 * (k): an issuer is a CA and says so. Version 1 and 2 have no way to say it
 * and are taken for a CA only where the store vouches for them.
 */
static void check_is_ca(const struct chk_step_up *step,
			struct chk_defects *defects)
{
	const struct chk_cert *issuer = step->issuer;

	if (issuer->basic_constraints.present && issuer->basic_constraints.ca)
		return;
	if (step->anchor && issuer->version < 3)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_NOT_A_CA,
		.cert = issuer,
	});
}

/*
 * (l), (m): no more CAs below an issuer than it allows, self-issued ones not
 * counted. The RFC counts down from the anchor; the search grows upwards and
 * meets the constraint last, so the CAs already passed are counted instead.
 */
static void hold_path_length(const struct chk_step_up *step,
			     const struct chk_basic_constraints *bc,
			     struct chk_defects *defects)
{
	if (!bc->has_path_len || step->below->cas <= bc->path_len)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_PATH_LENGTH,
		.cert = step->issuer,
		.allowed = bc->path_len,
		.found = step->below->cas,
	});
}

static void check_path_length(const struct chk_step_up *step,
			      struct chk_defects *defects)
{
	hold_path_length(step, &step->issuer->basic_constraints, defects);
}

/* The depth that the caller allows, counted the same way. */
static void check_depth(const struct chk_step_up *step,
			struct chk_defects *defects)
{
	bool counts = !step->anchor && !chk_cert_is_self_issued(step->issuer);
	uint32_t found = step->below->cas + counts;

	if (found <= step->search->max_depth)
		return;
	/* Once is enough: the path below has said so already. */
	if (step->below->cas > step->search->max_depth)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_MAX_DEPTH,
		.cert = step->issuer,
		.allowed = step->search->max_depth,
		.found = found,
	});
}

/* (n) */
static void hold_key_usage(const struct chk_step_up *step,
			   const struct chk_key_usage *usage,
			   struct chk_defects *defects)
{
	if (!usage->present || (usage->bits & CHK_USAGE_KEY_CERT_SIGN))
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_KEY_USAGE,
		.cert = step->issuer,
		.allowed = usage->bits,
		.found = CHK_USAGE_KEY_CERT_SIGN,
	});
}

static void check_key_usage(const struct chk_step_up *step,
			    struct chk_defects *defects)
{
	hold_key_usage(step, &step->issuer->key_usage, defects);
}

/*
 * 6.1.3 (b), (c): constraints hold for every certificate below, self-issued
 * ones apart unless they are the leaf.
 */
static void check_names_below(const struct chk_step_up *step,
			      struct chk_bytes constraints,
			      struct chk_defects *defects)
{
	for (const struct chk_node *node = step->below; node;
	     node = node->below) {
		if (node->below && chk_cert_is_self_issued(node->link.cert))
			continue;
		chk_name_constraints_check(constraints, step->issuer,
					   node->link.cert, step->comparisons,
					   defects);
	}
}

static void check_name_constraints(const struct chk_step_up *step,
				   struct chk_defects *defects)
{
	if (step->issuer->name_constraints.present)
		check_names_below(step, step->issuer->name_constraints.value,
				  defects);
}

static void check_issuer_time(const struct chk_step_up *step,
			      struct chk_defects *defects)
{
	check_time(step->issuer, step->search->at, defects);
}

static void check_issuer_critical(const struct chk_step_up *step,
				  struct chk_defects *defects)
{
	check_critical(step->issuer, defects);
}

static void check_issuer_purpose(const struct chk_step_up *step,
				 struct chk_defects *defects)
{
	check_purpose(step->search, step->issuer, defects);
}

static void check_issuer_distrust(const struct chk_step_up *step,
				  struct chk_defects *defects)
{
	check_distrust(step->search, step->issuer, defects);
}

static void check_issuer_key(const struct chk_step_up *step,
			     struct chk_defects *defects)
{
	check_key(step->search, step->issuer, defects);
}

/* RFC 7633 4.2.2: a CA's TLS features stand in all that it issues. */
static void check_tls_features(const struct chk_step_up *step,
			       struct chk_defects *defects)
{
	const struct chk_cert *below = step->below->link.cert;

	if (chk_tls_features_hold(step->issuer, below))
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_FORM,
		.cert = below,
		.text = "it lacks a TLS feature that its issuer demands "
			"(RFC 7633 4.2.2)",
	});
}

static void check_issuer_form(const struct chk_step_up *step,
			      struct chk_defects *defects)
{
	chk_forms_check(step->issuer, step->anchor ? CHK_FORM_ANCHOR :
						     CHK_FORM_INTERMEDIATE,
			step->search->forms, defects);
}

/* 4.2.1.2: what is issued has the issuer's own key id. */
static void check_key_ids(const struct chk_step_up *step,
			  struct chk_defects *defects)
{
	const struct chk_cert *below = step->below->link.cert;

	if (!step->search->key_ids ||
	    chk_key_id_fit(below, step->issuer) != CHK_KEY_ID_DIFFERS)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_KEY_IDS,
		.cert = below,
		.other = step->issuer,
	});
}

/*
 * The signature of the certificate below counts once it has an issuer above
 * it: an anchor's own signature proves nothing and is not looked at.
 */
static void check_signature_below(const struct chk_step_up *step,
				  struct chk_defects *defects)
{
	chk_strength_check_signature(step->below->link.cert,
				     step->search->strength, defects);
}

/* The cheapest first. */
static void (*const ISSUER_RULES[])(const struct chk_step_up *,
				    struct chk_defects *) = {
	check_issuer_time,   check_is_ca,	    check_path_length,
	check_depth,	     check_key_usage,	    check_issuer_critical,
	check_issuer_key,    check_signature_below, check_issuer_form,
	check_key_ids,	     check_tls_features,
	check_issuer_purpose, check_issuer_distrust, check_name_constraints,
};

void chk_rules_check_issuer(const struct chk_step_up *step,
			    struct chk_defects *defects)
{
	for (size_t i = 0; i < CHK_COUNT(ISSUER_RULES); i++)
		ISSUER_RULES[i](step, defects);
}

static bool is_own_issuer(const struct chk_cert *cert)
{
	const struct chk_basic_constraints *bc = &cert->basic_constraints;

	return chk_cert_is_self_issued(cert) && (!bc->present || bc->ca);
}

/*
 * Trusted for this one purpose, in this place? A trusted peer of NSS is, as the
 * leaf itself; what is trusted as an issuer alone is no leaf, unless it issued
 * itself.
 */
static bool is_trusted_as(const struct chk_anchor *anchor, bool leaf,
			  size_t purpose)
{
	if (leaf && anchor->peer[purpose])
		return true;
	if (leaf && anchor->issuer_only && !is_own_issuer(anchor->cert))
		return false;
	return anchor->trust[purpose] == CHK_TRUST_TRUSTED;
}

/* Trusted for the purpose; CHK_PURPOSE_ANY is content with any. */
static bool is_trusted_for(const struct chk_step_up *step)
{
	enum chk_purpose purpose = step->search->purpose;
	bool leaf = step->issuer == step->search->leaf;

	if (purpose != CHK_PURPOSE_ANY)
		return is_trusted_as(step->anchor, leaf, purpose);
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		if (is_trusted_as(step->anchor, leaf, i))
			return true;
	}
	return false;
}

/* Distrust-after is held against the leaf's notBefore, not against today. */
static void check_distrust_after(const struct chk_step_up *step,
				 struct chk_defects *defects)
{
	int64_t issued = step->search->leaf->not_before;
	int64_t bound = chk_anchor_distrust_after(step->anchor,
						  step->search->purpose);

	if (issued <= bound)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_DISTRUST_AFTER,
		.cert = step->issuer,
		.anchor = step->anchor,
		.when = bound,
		.found_when = issued,
	});
}

/*
 * Stapled extensions that the search holds against a path. Extended key usages
 * became purposes of the anchor when the store was read.
 */
static bool is_stapled_known(enum chk_oid oid)
{
	return oid == CHK_OID_EXT_NAME_CONSTRAINTS ||
	       oid == CHK_OID_EXT_EXT_KEY_USAGE ||
	       oid == CHK_OID_EXT_BASIC_CONSTRAINTS ||
	       oid == CHK_OID_EXT_KEY_USAGE;
}

/* A trusted leaf has issued nothing. */
static void check_stapled_issuer(const struct chk_step_up *step,
				 const struct chk_cert *stapled,
				 struct chk_defects *defects)
{
	const struct chk_basic_constraints *bc = &stapled->basic_constraints;

	if (step->below->link.cert == step->issuer)
		return;
	if (bc->present && !bc->ca)
		chk_defects_add(defects, (struct chk_defect){
			.rule = CHK_RULE_NOT_A_CA, .cert = step->issuer,
		});
	hold_path_length(step, bc, defects);
	hold_key_usage(step, &stapled->key_usage, defects);
}

/* What a store staples to an anchor is as if it stood in it (RFC 5914). */
static void check_stapled(const struct chk_step_up *step,
			  const struct chk_stapled *stapled,
			  struct chk_defects *defects)
{
	struct chk_cert read = { 0 };

	if (!is_stapled_known(chk_oid_find(stapled->oid))) {
		if (stapled->critical)
			chk_defects_add(defects, (struct chk_defect){
				.rule = CHK_RULE_UNKNOWN_CRITICAL,
				.cert = step->issuer, .a = stapled->oid,
			});
	} else if (!chk_extension_read(stapled->oid, stapled->critical,
				       stapled->value, &read)) {
		chk_defects_add(defects, (struct chk_defect){
			.rule = CHK_RULE_MALFORMED, .cert = step->issuer,
			.text = "an extension that its store staples to it "
				"cannot be read",
		});
	} else {
		check_stapled_issuer(step, &read, defects);
		if (read.name_constraints.present)
			check_names_below(step, stapled->value, defects);
	}
}

void chk_rules_check_trust(const struct chk_step_up *step,
			   struct chk_defects *defects)
{
	const struct chk_anchor *anchor = step->anchor;

	/* Its distrust, if any, is check_distrust's to tell. */
	if (!is_trusted_for(step) &&
	    anchor->trust[step->search->purpose] != CHK_TRUST_DISTRUSTED)
		chk_defects_add(defects, (struct chk_defect){
			.rule = CHK_RULE_WRONG_PURPOSE_ANCHOR,
			.cert = step->issuer,
			.anchor = anchor,
		});
	check_distrust_after(step, defects);
	for (size_t i = 0; i < anchor->stapled_count; i++)
		check_stapled(step, &anchor->stapled[i], defects);
}
