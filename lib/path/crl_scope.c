/* lib/path/crl_scope.c: for what does a CRL answer (RFC 5280 6.3.3). */
#include "path/crl_scope.h"

#include "cert/dn.h"
#include "path/budget.h"

/* So many bytes of one list of names with so many of another: a comparison. */
#define PAIR_BYTES 4096u

/* Points that are looked at; an honest certificate names a handful. */
#define MAX_POINTS 100u

struct chk_crl_points chk_crl_points_begin(const struct chk_cert *cert)
{
	struct chk_der der = chk_der_begin(cert->crl_points.value, NULL);
	struct chk_crl_points points = { .left = MAX_POINTS };
	struct chk_tlv list;

	if (cert->crl_points.present &&
	    chk_der_expect(&der, CHK_DER_SEQUENCE, NULL, &list))
		points.der = chk_der_inside(&der, &list);
	return points;
}

bool chk_crl_points_next(struct chk_crl_points *points,
			 struct chk_point *point)
{
	if (!points->left || chk_der_at_end(&points->der))
		return false;
	points->left--;
	return chk_point_next(&points->der, point);
}

/* The kinds of certificates (6.3.3 (b)(2) (ii) to (iv)). */
static bool has_kind(const struct chk_issuing_point *point,
		     const struct chk_cert *cert)
{
	bool ca = cert->basic_constraints.present && cert->basic_constraints.ca;

	return !point->only_attributes && !(ca ? point->only_users :
						 point->only_cas);
}

static size_t size_of(const struct chk_point_name *name)
{
	return name->full.size + name->relative.size;
}

/*
 * 6.3.3 (b)(1): does the point send its reader to CRLs of this issuer? One
 * that names no cRLIssuer means the certificate's own.
 */
static bool is_of_issuer(const struct chk_point *point,
			 const struct chk_crl *crl, bool own)
{
	return point->crl_issuer.data ?
	       chk_general_names_have(point->crl_issuer, crl->issuer) : own;
}

/*
 * 6.3.3 (b)(2)(i): has the point a name of the CRL's own point? One without a
 * name of its own has that of its cRLIssuer; a CRL without has any.
 */
static bool has_name(const struct chk_point *point, const struct chk_crl *crl)
{
	const struct chk_point_name *wanted = &crl->point.name;
	struct chk_point_name name = point->name;

	if (!chk_point_name_is_there(wanted))
		return true;
	if (!chk_point_name_is_there(&name))
		name.full = point->crl_issuer;
	return chk_point_names_match(&name, crl->issuer, wanted, crl->issuer);
}

/* The reasons for which the certificate's points send a reader to this CRL. */
static uint32_t reasons_of_points(const struct chk_crl *crl,
				  const struct chk_cert *cert, bool own,
				  uint32_t *comparisons)
{
	struct chk_crl_points points = chk_crl_points_begin(cert);
	struct chk_point point;
	size_t wanted = crl->issuer.size + size_of(&crl->point.name);
	uint32_t reasons = 0;

	while (chk_crl_points_next(&points, &point)) {
		size_t size = size_of(&point.name) + point.crl_issuer.size;

		if (!chk_budget_take(comparisons,
				     1 + size * wanted / PAIR_BYTES))
			break;
		if (is_of_issuer(&point, crl, own) && has_name(&point, crl))
			reasons |= point.has_reasons ? point.reasons :
						       CHK_ALL_REASONS;
	}
	return reasons;
}

/*
 * A CRL of the certificate's own issuer that has no name, or the issuer's, is
 * for all that it issued (6.3.3, last paragraph).
 */
static bool is_for_all(const struct chk_crl *crl)
{
	return !chk_point_name_is_there(&crl->point.name) ||
	       (crl->point.name.full.data &&
		chk_general_names_have(crl->point.name.full, crl->issuer));
}

uint32_t chk_crl_scope_reasons(const struct chk_crl *crl,
			       const struct chk_cert *cert,
			       uint32_t *comparisons)
{
	bool own = chk_dn_match(crl->issuer, cert->issuer);
	uint32_t reasons = CHK_ALL_REASONS;

	if (!has_kind(&crl->point, cert) || (!own && !crl->point.indirect))
		return 0;
	if (crl->point.has_reasons)
		reasons &= crl->point.reasons;
	if (!own || !is_for_all(crl))
		reasons &= reasons_of_points(crl, cert, own, comparisons);
	return reasons;
}

static bool is_same_flags(const struct chk_issuing_point *a,
			  const struct chk_issuing_point *b)
{
	return a->only_users == b->only_users && a->only_cas == b->only_cas &&
	       a->only_attributes == b->only_attributes &&
	       a->indirect == b->indirect &&
	       a->has_reasons == b->has_reasons && a->reasons == b->reasons;
}

bool chk_crl_scope_is_same(const struct chk_crl *a, const struct chk_crl *b)
{
	return is_same_flags(&a->point, &b->point) &&
	       chk_bytes_equal(a->point.name.full, b->point.name.full) &&
	       chk_bytes_equal(a->point.name.relative,
			       b->point.name.relative) &&
	       chk_dn_match(a->issuer, b->issuer);
}
