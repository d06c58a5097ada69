/* lib/revocation/point.c: distribution points and their names. */
#include "revocation/point.h"

#include "cert/dn.h"
#include "cert/general_name.h"

/* [0], EXPLICIT as DistributionPointName is a CHOICE. May be absent. */
static bool read_name(struct chk_der *der, struct chk_point_name *name)
{
	struct chk_tlv tlv;
	struct chk_der inner;

	if (chk_der_peek(der) != CHK_DER_CONTEXT_CONSTRUCTED(0))
		return true;
	if (!chk_der_next(der, &tlv))
		return false;
	inner = chk_der_inside(der, &tlv);
	if (chk_der_peek(&inner) == CHK_DER_CONTEXT_CONSTRUCTED(1)) {
		if (!chk_der_next(&inner, &tlv))
			return false;
		name->relative = tlv.value;
		return chk_der_end(&inner, "distributionPoint");
	}
	if (!chk_der_expect(&inner, CHK_DER_CONTEXT_CONSTRUCTED(0), "fullName",
			    &tlv))
		return false;
	name->full = tlv.value;
	return chk_general_names_check(chk_der_inside(&inner, &tlv), true) &&
	       chk_der_end(&inner, "distributionPoint");
}

/* ReasonFlags with a context tag of its own. May be absent. */
static bool read_reasons(struct chk_der *der, uint8_t tag, bool *present,
			 uint32_t *reasons)
{
	struct chk_bytes bits;
	struct chk_tlv tlv;
	uint8_t unused;

	if (chk_der_peek(der) != tag)
		return true;
	if (!chk_der_next(der, &tlv) ||
	    !chk_der_bit_string(der, &tlv, &bits, &unused))
		return false;
	*present = true;
	*reasons = 0;
	for (unsigned int i = 1; i < 9 && i / 8 < bits.size; i++) {
		if (bits.data[i / 8] & (0x80u >> i % 8))
			*reasons |= 1u << i;
	}
	return true;
}

static bool read_flag(struct chk_der *der, uint8_t tag, bool *flag)
{
	struct chk_tlv tlv;

	if (chk_der_peek(der) != tag)
		return true;
	return chk_der_next(der, &tlv) && chk_der_boolean(der, &tlv, flag);
}

bool chk_point_next(struct chk_der *points, struct chk_point *point)
{
	struct chk_tlv tlv;
	struct chk_der der;

	*point = (struct chk_point){ 0 };
	if (!chk_der_expect(points, CHK_DER_SEQUENCE, "DistributionPoint",
			    &tlv))
		return false;
	der = chk_der_inside(points, &tlv);
	if (!read_name(&der, &point->name) ||
	    !read_reasons(&der, CHK_DER_CONTEXT(1), &point->has_reasons,
			  &point->reasons))
		return false;
	if (chk_der_peek(&der) == CHK_DER_CONTEXT_CONSTRUCTED(2)) {
		if (!chk_der_next(&der, &tlv) ||
		    !chk_general_names_check(chk_der_inside(&der, &tlv),
					     true))
			return false;
		point->crl_issuer = tlv.value;
	}
	return chk_der_end(&der, "DistributionPoint");
}

/* 5.2.5: at most one of the three kinds of certificates. */
static bool check_kinds(const struct chk_der *der,
			const struct chk_issuing_point *point)
{
	return point->only_users + point->only_cas + point->only_attributes <=
		       1 ||
	       chk_der_fail(der, der->rest.data, NULL,
			    "more than one kind of certificates alone "
			    "(RFC 5280 5.2.5)");
}

bool chk_issuing_point_read(struct chk_der *der,
			    struct chk_issuing_point *point)
{
	struct chk_der inner;

	if (!chk_der_sequence(der, &inner))
		return false;
	*point = (struct chk_issuing_point){ .present = true };
	return read_name(&inner, &point->name) &&
	       read_flag(&inner, CHK_DER_CONTEXT(1), &point->only_users) &&
	       read_flag(&inner, CHK_DER_CONTEXT(2), &point->only_cas) &&
	       read_reasons(&inner, CHK_DER_CONTEXT(3), &point->has_reasons,
			    &point->reasons) &&
	       read_flag(&inner, CHK_DER_CONTEXT(4), &point->indirect) &&
	       read_flag(&inner, CHK_DER_CONTEXT(5),
			 &point->only_attributes) &&
	       check_kinds(&inner, point) && chk_der_end(&inner, NULL);
}

/* The Name of `base` and one RDN more. False: there is none, or no memory. */
static bool join(struct chk_bytes base, struct chk_bytes relative,
		 struct chk_buffer *name)
{
	struct chk_der der = chk_der_begin(base, NULL);
	struct chk_buffer rdn = { 0 };
	struct chk_tlv tlv;
	bool done;

	if (base.size == 0 || !chk_der_next(&der, &tlv))
		return false;
	chk_der_put_header(&rdn, CHK_DER_SET, relative.size);
	chk_buffer_add(&rdn, relative.data, relative.size);
	chk_der_put_header(name, CHK_DER_SEQUENCE, tlv.value.size + rdn.size);
	chk_buffer_add(name, tlv.value.data, tlv.value.size);
	chk_buffer_add(name, rdn.data, rdn.size);
	done = !rdn.failed && !name->failed &&
	       chk_dn_check(chk_bytes_of(name->data, name->size), NULL);
	chk_buffer_clear(&rdn);
	return done;
}

bool chk_general_names_have(struct chk_bytes names, struct chk_bytes name)
{
	struct chk_der der = chk_der_begin(names, NULL);
	struct chk_general_name one;

	for (int i = 0; i < CHK_POINT_MAX_NAMES && !chk_der_at_end(&der) &&
			chk_general_name_next(&der, &one); i++) {
		if (one.type == CHK_NAME_DIRECTORY &&
		    chk_dn_match(one.value, name))
			return true;
	}
	return false;
}

struct chk_bytes chk_general_names_only_dn(struct chk_bytes names)
{
	struct chk_der der = chk_der_begin(names, NULL);
	struct chk_general_name one;

	if (!chk_general_name_next(&der, &one) || !chk_der_at_end(&der) ||
	    one.type != CHK_NAME_DIRECTORY)
		return (struct chk_bytes){ 0 };
	return one.value;
}

/* Other forms than DNs match byte by byte: too few is safe, too many is not. */
static bool full_names_have(struct chk_bytes names,
			    const struct chk_general_name *wanted)
{
	struct chk_der der = chk_der_begin(names, NULL);
	struct chk_general_name one;

	if (wanted->type == CHK_NAME_DIRECTORY)
		return chk_general_names_have(names, wanted->value);
	for (int i = 0; i < CHK_POINT_MAX_NAMES && !chk_der_at_end(&der) &&
			chk_general_name_next(&der, &one); i++) {
		if (one.type == wanted->type &&
		    chk_bytes_equal(one.value, wanted->value))
			return true;
	}
	return false;
}

static bool full_names_match(struct chk_bytes a, struct chk_bytes b)
{
	struct chk_der der = chk_der_begin(a, NULL);
	struct chk_general_name one;

	for (int i = 0; i < CHK_POINT_MAX_NAMES && !chk_der_at_end(&der) &&
			chk_general_name_next(&der, &one); i++) {
		if (full_names_have(b, &one))
			return true;
	}
	return false;
}

/* Is this the DN that the name says, or one of those? */
static bool name_says(const struct chk_point_name *name, struct chk_bytes base,
		      struct chk_bytes dn)
{
	struct chk_buffer joined = { 0 };
	bool says;

	if (name->full.data)
		return chk_general_names_have(name->full, dn);
	says = join(base, name->relative, &joined) &&
	       chk_dn_match(chk_bytes_of(joined.data, joined.size), dn);
	chk_buffer_clear(&joined);
	return says;
}

bool chk_point_names_match(const struct chk_point_name *a,
			   struct chk_bytes base_a,
			   const struct chk_point_name *b,
			   struct chk_bytes base_b)
{
	struct chk_buffer joined = { 0 };
	bool match;

	if (!chk_point_name_is_there(a) || !chk_point_name_is_there(b))
		return false;
	if (a->full.data && b->full.data)
		return full_names_match(a->full, b->full);
	if (a->full.data)
		return chk_point_names_match(b, base_b, a, base_a);
	match = join(base_a, a->relative, &joined) &&
		name_says(b, base_b, chk_bytes_of(joined.data, joined.size));
	chk_buffer_clear(&joined);
	return match;
}
