/* lib/path/crl_rules.c: is a certificate of a path revoked (RFC 5280 6.3). */
#include "path/crl_rules.h"

#include "cert/dn.h"
#include "path/crl_scope.h"
#include "path/crl_signer.h"

/* One certificate, and what the CRLs have said of it so far. */
struct status {
	struct chk_run *run;
	const struct chk_node *top, *below; /* of the path; the certificate's */
	const struct chk_cert *cert;
	uint32_t reasons; /* for which a current CRL does not list it */
	bool revoked;
	struct chk_revocation revocation;
	const char *why; /* the last CRL that was looked at does not help */
	int64_t bound;   /* of its time, where that one is of another */
	bool untimely;
};

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

/* Why it says nothing at this time, whatever stands in it; NULL: it does. */
static const char *why_not_usable(const struct status *status,
				  const struct chk_crl *crl)
{
	if (crl->unknown_critical.data)
		return "the CRL at hand has a critical extension that is not "
		       "known here";
	if (status->run->search->at < crl->this_update)
		return "the CRL at hand is of a later time";
	return chk_crl_signer_why_not(status->run, status->top, status->below,
				      crl);
}

/* INTEGERs that the reader knows not to be negative, as DER has them. */
static bool is_less(struct chk_bytes a, struct chk_bytes b)
{
	if (a.size != b.size)
		return a.size < b.size;
	return memcmp(a.data, b.data, a.size) < 0;
}

/* 5.2.4: may the delta be put on top of this CRL? */
static bool is_delta_of(const struct chk_crl *delta, const struct chk_crl *crl)
{
	return delta->number.data && crl->number.data &&
	       !is_less(crl->number, delta->base) &&
	       is_less(crl->number, delta->number) &&
	       chk_bytes_equal(delta->authority.key_id, crl->authority.key_id);
}

/* Does the later of two CRLs say that the certificate is on hold no more? */
static bool lifts_hold(const struct status *status, const struct chk_crl *later,
		       const struct chk_crl *crl)
{
	const struct chk_cert *cert = status->cert;
	struct chk_revocation found;
	bool listed;

	if (later->this_update <= crl->this_update ||
	    !chk_crl_scope_is_same(later, crl))
		return false;
	listed = chk_crl_find(later, cert->issuer, cert->serial, &found);
	if (chk_crl_is_delta(later) ?
	    !listed || found.reason != CHK_CRL_REMOVE_FROM_CRL ||
		    !is_delta_of(later, crl) :
	    listed)
		return false;
	return !why_not_current(later, status->run->search->at) &&
	       !why_not_usable(status, later);
}

/* Of all reasons certificateHold alone may be taken back (5.3.1). */
static bool is_lifted(const struct status *status, const struct chk_crl *crl)
{
	const struct chk_crls_item *item;
	size_t cursor = 0;

	if (status->revocation.reason != CHK_CRL_CERTIFICATE_HOLD)
		return false;
	while ((item = chk_crls_next(status->run->search->crls, crl->issuer,
				     &cursor))) {
		if (lifts_hold(status, item->crl, crl))
			return true;
	}
	return false;
}

static void note_time(struct status *status, const struct chk_crl *crl)
{
	int64_t at = status->run->search->at;
	bool late = crl->has_next_update && at > crl->next_update;

	status->untimely = late || at < crl->this_update;
	status->bound = late ? crl->next_update : crl->this_update;
}

static void read_crl(struct status *status, const struct chk_crl *crl)
{
	uint32_t *comparisons = &status->run->left.comparisons;
	uint32_t reasons = chk_crl_scope_reasons(crl, status->cert,
						 comparisons);

	note_time(status, crl);
	status->why = reasons ? why_not_usable(status, crl) :
		      "the CRL at hand is for other certificates";
	if (status->why)
		return;
	status->revoked = is_listed(crl, status->cert, &status->revocation) &&
			  !is_lifted(status, crl);
	if (status->revoked || chk_crl_is_delta(crl))
		return;
	status->why = why_not_current(crl, status->run->search->at);
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
	bool untimely = why && status->untimely;

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
		.when = status->bound,
		.found_when = status->run->search->at,
		.flag = untimely && why == status->why,
	});
}

/* Every CRL of this issuer. */
static void read_crls_of(struct status *status, struct chk_bytes issuer)
{
	const struct chk_crls_item *item;
	size_t cursor = 0;

	while (!status->revoked &&
	       (item = chk_crls_next(status->run->search->crls, issuer,
				     &cursor)))
		read_crl(status, item->crl);
}

/* Those that others issue for it, as its distribution points say. */
static void read_indirect_crls(struct status *status)
{
	const struct chk_cert *cert = status->cert;
	struct chk_crl_points points = chk_crl_points_begin(cert);
	struct chk_point point;

	while (chk_crl_points_next(&points, &point)) {
		/* Of one DN and nothing else (4.2.1.13). */
		struct chk_bytes issuer =
			chk_general_names_only_dn(point.crl_issuer);

		if (issuer.data && !chk_dn_match(issuer, cert->issuer))
			read_crls_of(status, issuer);
	}
}

static void check_cert(struct chk_run *run, const struct chk_node *top,
		       const struct chk_node *below,
		       struct chk_defects *defects)
{
	struct status status = {
		.run = run, .top = top, .below = below,
		.cert = below->link.cert,
	};

	read_crls_of(&status, status.cert->issuer);
	read_indirect_crls(&status);
	if (status.revoked)
		add_revoked(&status, defects);
	else if (status.reasons != CHK_ALL_REASONS ||
		 run->search->crls->damaged)
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
