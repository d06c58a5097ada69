/* lib/path/crl_rules.c: is a certificate of a path revoked (RFC 5280 6.3). */
#include "path/crl_rules.h"

#include "cert/dn.h"

/* A certificate names a handful; a hostile one may name thousands. */
#define MAX_POINTS 100

/* One certificate, and what the CRLs of its issuer have said so far. */
struct status {
	struct chk_run *run;
	const struct chk_node *top, *below; /* of the path; the certificate's */
	const struct chk_cert *cert;
	uint32_t reasons; /* for which a current CRL does not list it */
	bool revoked;
	struct chk_revocation revocation;
	const char *why; /* the last CRL that was looked at does not help */
};

/* The scope by kind of certificate (6.3.3 (b)(2)). */
static bool is_in_scope(const struct chk_issuing_point *point,
			const struct chk_cert *cert)
{
	bool ca = cert->basic_constraints.present && cert->basic_constraints.ca;

	return !point->only_attributes && !(ca ? point->only_users :
						 point->only_cas);
}

/*
 * The reasons for which the certificate's distribution points send a reader
 * to a CRL of this name. One that has the issuer's own name is for all that
 * it issued (6.3.3, last paragraph).
 */
static uint32_t reasons_by_name(const struct chk_crl *crl,
				const struct chk_cert *cert)
{
	const struct chk_point_name *name = &crl->point.name;
	struct chk_der der = chk_der_begin(cert->crl_points.value, NULL);
	struct chk_point point;
	struct chk_tlv list;
	uint32_t reasons = 0;

	if (name->full.data && chk_general_names_have(name->full, cert->issuer))
		return CHK_ALL_REASONS;
	if (!cert->crl_points.present ||
	    !chk_der_expect(&der, CHK_DER_SEQUENCE, NULL, &list))
		return 0;
	der = chk_der_inside(&der, &list);
	for (int i = 0; i < MAX_POINTS && !chk_der_at_end(&der) &&
			chk_point_next(&der, &point); i++) {
		if (point.crl_issuer.data &&
		    !chk_general_names_have(point.crl_issuer, cert->issuer))
			continue;
		if (chk_point_names_match(&point.name, cert->issuer, name,
					  crl->issuer))
			reasons |= point.has_reasons ? point.reasons :
						       CHK_ALL_REASONS;
	}
	return reasons;
}

/* 6.3.3 (d): the reasons for which this CRL answers; 0: not at all. */
static uint32_t reasons_of(const struct chk_crl *crl,
			   const struct chk_cert *cert)
{
	uint32_t reasons = crl->point.has_reasons ? crl->point.reasons :
						    CHK_ALL_REASONS;

	if (!is_in_scope(&crl->point, cert))
		return 0;
	if (chk_point_name_is_there(&crl->point.name))
		reasons &= reasons_by_name(crl, cert);
	return reasons & CHK_ALL_REASONS;
}

/* What a CRL is signed with must be as strong as what a certificate is. */
static bool is_weak(const struct chk_crl *crl,
		    const struct chk_strength *strength)
{
	struct chk_signature_algorithm algorithm =
		chk_signature_algorithm_find(crl->signature_algorithm);

	return algorithm.digest_bits &&
	       algorithm.digest_bits < strength->digest_bits;
}

/* 6.3.3 (f) and (g); the text says why not, NULL: `signer` signed it. */
static const char *why_unsigned_by(const struct status *status,
				   const struct chk_crl *crl,
				   const struct chk_cert *signer)
{
	const struct chk_key_usage *usage = &signer->key_usage;
	const struct chk_signed_bytes what = {
		crl->tbs, crl->signature_algorithm, crl->signature,
	};
	enum chk_signed result;

	if (usage->present && !(usage->bits & CHK_USAGE_CRL_SIGN))
		return "its issuer's keyUsage does not allow it to sign CRLs";
	if (is_weak(crl, status->run->search->strength))
		return "the CRL at hand is signed with what can be forged";
	if (!chk_run_check_signed(status->run, &what, signer, &result))
		return "the search came to its limit";
	return result == CHK_SIGNED_YES ? NULL :
	       "the CRL at hand was not signed by the key of its issuer";
}

/*
 * Who issued the certificate is asked, and whoever has the same name and
 * stands above it: a CA that made itself a new key.
 */
static const char *why_unsigned(const struct status *status,
				const struct chk_crl *crl)
{
	const char *why = "the CRL at hand is of another issuer";

	for (const struct chk_node *node = status->top; node != status->below;
	     node = node->below) {
		if (!chk_dn_match(node->link.cert->subject, crl->issuer))
			continue;
		why = why_unsigned_by(status, crl, node->link.cert);
		if (!why)
			return NULL;
	}
	return why;
}

/* An entry that takes another back stands in delta CRLs alone (5.3.1). */
static bool is_listed(const struct chk_crl *crl, const struct chk_cert *cert,
		      struct chk_revocation *found)
{
	return chk_crl_find(crl, cert->issuer, cert->serial, found) &&
	       !(chk_crl_is_delta(crl) &&
		 found->reason == CHK_CRL_REMOVE_FROM_CRL);
}

/* Is it too early or too late to say that what is not listed is unrevoked? */
static const char *why_not_current(const struct chk_crl *crl, int64_t at)
{
	if (!crl->has_next_update)
		return "the CRL at hand does not say until when it holds";
	return at > crl->next_update ?
	       "the CRL at hand is out of date" : NULL;
}

static void read_crl(struct status *status, const struct chk_crl *crl)
{
	int64_t at = status->run->search->at;
	uint32_t reasons = reasons_of(crl, status->cert);

	if (crl->unknown_critical.data)
		status->why = "the CRL at hand has a critical extension that "
			      "is not known here";
	else if (!reasons)
		status->why = "the CRL at hand is for other certificates";
	else if (at < crl->this_update)
		status->why = "the CRL at hand is of a later time";
	else
		status->why = why_unsigned(status, crl);
	if (status->why)
		return;
	status->revoked = is_listed(crl, status->cert, &status->revocation);
	if (status->revoked || chk_crl_is_delta(crl))
		return;
	status->why = why_not_current(crl, at);
	if (!status->why)
		status->reasons |= reasons;
}

static void add_revoked(const struct status *status,
			struct chk_defects *defects)
{
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_REVOKED,
		.cert = status->cert,
		.when = status->revocation.date,
		.found = status->revocation.reason,
	});
}

static void add_unknown(const struct status *status,
			struct chk_defects *defects)
{
	const char *why = status->why;

	if (status->run->search->crls->damaged)
		why = "one of the CRLs at hand could not be read";
	else if (!why)
		why = status->reasons ?
			"the CRLs at hand are for some reasons only" :
			"no CRL of its issuer is at hand";
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_REVOCATION_UNKNOWN,
		.cert = status->cert,
		.text = why,
	});
}

static void check_cert(struct chk_run *run, const struct chk_node *top,
		       const struct chk_node *below,
		       struct chk_defects *defects)
{
	const struct chk_crls *crls = run->search->crls;
	const struct chk_cert *cert = below->link.cert;
	struct status status = {
		.run = run, .top = top, .below = below, .cert = cert,
	};
	const struct chk_crls_item *item;
	size_t cursor = 0;

	while (!status.revoked &&
	       (item = chk_crls_next(crls, cert->issuer, &cursor)))
		read_crl(&status, item->crl);
	if (status.revoked)
		add_revoked(&status, defects);
	else if (status.reasons != CHK_ALL_REASONS || crls->damaged)
		add_unknown(&status, defects);
}

void chk_crl_rules_check(struct chk_run *run, const struct chk_node *top,
			 struct chk_defects *defects)
{
	const struct chk_node *below = top->below;

	for (; run->search->crls && below; below = below->below) {
		if (!below->below || !run->search->crl_leaf_only)
			check_cert(run, top, below, defects);
	}
}
