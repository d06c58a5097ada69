/* lib/path/crl_signer.c: who signed a CRL (RFC 5280 6.3.3 (f), (g)). */
#include "path/crl_signer.h"

#include "cert/dn.h"

/*
 * The signer of a CRL may need a CRL that another signed, and so on. Public
 * ones are done after the first.
 */
#define MAX_DEPTH 3

/* One CRL, for a certificate of a path. */
struct signing {
	struct chk_run *run;
	const struct chk_node *top, *below; /* of the path; the certificate's */
	const struct chk_crl *crl;
};

/* Did the key of `signer` sign it, and might it? */
static const char *why_not_by(const struct signing *signing,
			      const struct chk_cert *signer)
{
	const struct chk_key_usage *usage = &signer->key_usage;
	const struct chk_crl *crl = signing->crl;
	const struct chk_signed_bytes what = {
		crl->tbs, crl->signature_algorithm, crl->signature,
	};
	enum chk_signed result;

	if (usage->present && !(usage->bits & CHK_USAGE_CRL_SIGN))
		return "its issuer's keyUsage does not allow it to sign CRLs";
	/* As strong as what a certificate is signed with. */
	if (chk_strength_is_weak(crl->signature_algorithm,
				 signing->run->search->strength))
		return "the CRL at hand is signed with what can be forged";
	if (!chk_run_check_signed(signing->run, &what, signer, &result))
		return "the search came to its limit";
	return result == CHK_SIGNED_YES ? NULL :
	       "the CRL at hand was not signed by the key of its issuer";
}

/*
 * Who issued the certificate is asked, and whoever of the CRL's name stands
 * above it: a CA that made itself a new key.
 */
static const char *why_not_on_path(const struct signing *signing)
{
	const char *why = "the certificate of the CRL's issuer is not at hand";

	for (const struct chk_node *node = signing->top;
	     node != signing->below; node = node->below) {
		if (!chk_dn_match(node->link.cert->subject,
				  signing->crl->issuer))
			continue;
		why = why_not_by(signing, node->link.cert);
		if (!why)
			return NULL;
	}
	return why;
}

static bool ends_in(const struct chk_outcome *outcome,
		    const struct chk_cert *anchor)
{
	for (size_t i = 0; i < outcome->count; i++) {
		const struct chk_path *path = &outcome->paths[i];

		if (chk_path_is_valid(path) &&
		    chk_bytes_equal(path->anchor->cert->der, anchor->der))
			return true;
	}
	return false;
}

/*
 * Is there a valid path from the signer to the anchor of this path? Names,
 * purposes and policies that the leaf must have are not asked of it.
 */
static bool leads_to_anchor(const struct signing *signing,
			    const struct chk_supplied *signer)
{
	static const struct chk_identity ANY_NAME = { CHK_IDENTITY_NONE };
	struct chk_run *run = signing->run;
	struct chk_search search = *run->search;
	struct chk_outcome outcome;

	if (search.crl_depth >= MAX_DEPTH)
		return false;
	search.crl_depth++;
	search.leaf = signer->cert;
	search.leaf_where = signer->where;
	search.identity = &ANY_NAME;
	search.purpose = CHK_PURPOSE_ANY;
	search.usage = (struct chk_bytes){ 0 };
	search.policies = (struct chk_policy_inputs){ 0 };
	search.budget = run->left;
	if (search.crl_leaf_only)
		search.crls = NULL;
	if (!chk_search_run(&search, run->arena, &outcome)) {
		run->failed = true;
		return false;
	}
	run->left = chk_budget_less(&run->left, &outcome.used);
	run->spent |= outcome.spent;
	return ends_in(&outcome, signing->top->link.cert);
}

/* A key does not vouch for a certificate of its own. */
static bool may_be_asked(const struct signing *signing,
			 const struct chk_supplied *signer)
{
	return chk_origin_is_here(signer->origin) &&
	       !chk_bytes_equal(signer->cert->spki,
				signing->below->link.cert->spki);
}

/* `why` is what was found on the path. */
static const char *why_not_off_path(const struct signing *signing,
				    const char *why)
{
	const struct chk_crl *crl = signing->crl;
	const struct chk_supplied *signer;
	size_t cursor = 0;

	while ((signer = chk_supply_next(signing->run->search->supply,
					 crl->issuer, crl->issuer_hash,
					 &cursor))) {
		const char *reason;

		if (!may_be_asked(signing, signer))
			continue;
		reason = why_not_by(signing, signer->cert);
		if (!reason && leads_to_anchor(signing, signer))
			return NULL;
		why = reason ? reason :
		      "the certificate of the CRL's signer has no valid path "
		      "to the same anchor";
	}
	return why;
}

const char *chk_crl_signer_why_not(struct chk_run *run,
				   const struct chk_node *top,
				   const struct chk_node *below,
				   const struct chk_crl *crl)
{
	const struct signing signing = { run, top, below, crl };
	const char *why = why_not_on_path(&signing);

	return why ? why_not_off_path(&signing, why) : NULL;
}
