/*
 * lib/revocation/point.h: distribution points, of a certificate (RFC 5280
 * section 4.2.1.13) and of a CRL (5.2.5), and whether their names match.
 */
#ifndef CHK_REVOCATION_POINT_H
#define CHK_REVOCATION_POINT_H

#include "cert/der.h"

/* Names of one list that are compared; a stranger may list thousands. */
#define CHK_POINT_MAX_NAMES 100

/* ReasonFlags: bit i is that of RFC 5280 4.2.1.13; bit 0 is unused there. */
#define CHK_ALL_REASONS 0x1feu

/* DistributionPointName; both .data NULL: there is none. */
struct chk_point_name {
	struct chk_bytes full;     /* GeneralNames content */
	struct chk_bytes relative; /* the content of an RDN, behind the base */
};

/* One of cRLDistributionPoints. */
struct chk_point {
	struct chk_point_name name;
	bool has_reasons;
	uint32_t reasons;
	struct chk_bytes crl_issuer; /* GeneralNames content; .data NULL */
};

/* issuingDistributionPoint */
struct chk_issuing_point {
	bool present;
	struct chk_point_name name;
	bool only_users, only_cas, only_attributes, indirect;
	bool has_reasons;
	uint32_t reasons;
};

/* The next of cRLDistributionPoints' content. False: unreadable. */
bool chk_point_next(struct chk_der *points, struct chk_point *point);
/* The whole of the extension. */
bool chk_issuing_point_read(struct chk_der *der,
			    struct chk_issuing_point *point);

static inline bool chk_point_name_is_there(const struct chk_point_name *name)
{
	return name->full.data || name->relative.data;
}

/*
 * chk_point_names_match: has `a` a name that `b` has? A relative name stands
 * behind the DN of its own base, a Name TLV; without a base it matches none.
 */
bool chk_point_names_match(const struct chk_point_name *a,
			   struct chk_bytes base_a,
			   const struct chk_point_name *b,
			   struct chk_bytes base_b);
/* Is the DN `name` among these GeneralNames? */
bool chk_general_names_have(struct chk_bytes names, struct chk_bytes name);
/* The DN of these GeneralNames where it is the only one; .data NULL. */
struct chk_bytes chk_general_names_only_dn(struct chk_bytes names);

#endif
