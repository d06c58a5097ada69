/* lib/cert/dn.c: distinguished names walked and compared (RFC 5280 7.1). */
#include "cert/dn.h"

#include <stdlib.h>

#include "cert/directory_string.h"
#include "cert/dn_walk.h"

struct chk_der chk_dn_begin(struct chk_bytes name)
{
	struct chk_der der = chk_der_begin(name, NULL);
	struct chk_tlv tlv;

	if (!chk_der_next(&der, &tlv))
		return (struct chk_der){ 0 };
	return chk_der_inside(&der, &tlv);
}

bool chk_dn_next_rdn(struct chk_der *name, struct chk_der *rdn)
{
	struct chk_tlv tlv;

	if (chk_der_at_end(name) || !chk_der_next(name, &tlv))
		return false;
	*rdn = chk_der_inside(name, &tlv);
	return true;
}

bool chk_dn_next_attribute(struct chk_der *rdn, struct chk_attribute *attribute)
{
	struct chk_tlv tlv, type, value;
	struct chk_der der;

	if (chk_der_at_end(rdn) || !chk_der_next(rdn, &tlv))
		return false;
	der = chk_der_inside(rdn, &tlv);
	if (!chk_der_next(&der, &type) || !chk_der_next(&der, &value))
		return false;
	*attribute = (struct chk_attribute){ type.value, value.tag, value.value,
					    value.whole };
	return true;
}

bool chk_dn_is_empty(struct chk_bytes name)
{
	struct chk_der der = chk_dn_begin(name);

	return chk_der_at_end(&der);
}

static bool attributes_equal(const struct chk_attribute *a,
			     const struct chk_attribute *b)
{
	struct chk_prepared left, right;
	bool equal;

	if (!chk_bytes_equal(a->type, b->type))
		return false;
	if (a->tag == b->tag && chk_bytes_equal(a->value, b->value))
		return true;
	left = chk_string_prepare(a->tag, a->value);
	right = chk_string_prepare(b->tag, b->value);
	equal = chk_prepared_compare(&left, &right) == 0;
	chk_prepared_clear(&left);
	chk_prepared_clear(&right);
	return equal;
}

/* An RDN of several attributes, in an order of their prepared values. */
struct set {
	struct member {
		struct chk_bytes type;
		struct chk_prepared value;
	} *members;
	size_t count;
};

static int compare_members(const void *left, const void *right)
{
	const struct member *a = left, *b = right;
	int order;

	if (a->type.size != b->type.size)
		return a->type.size < b->type.size ? -1 : 1;
	order = memcmp(a->type.data, b->type.data, a->type.size);
	return order ? order : chk_prepared_compare(&a->value, &b->value);
}

static void clear_set(struct set *set)
{
	for (size_t i = 0; i < set->count; i++)
		chk_prepared_clear(&set->members[i].value);
	free(set->members);
}

/*
 * Each value is prepared once and sorted: comparing each with each would let
 * two names of 1,024 long attributes cost seconds.
 */
static bool fill_set(struct set *set, struct chk_der rdn)
{
	struct chk_attribute attribute;
	struct chk_der again = rdn;
	size_t count = 1; /* so that no room is no failure */

	while (chk_dn_next_attribute(&again, &attribute))
		count++;
	set->members = calloc(count, sizeof(*set->members));
	if (!set->members)
		return false;
	while (chk_dn_next_attribute(&rdn, &attribute)) {
		set->members[set->count].type = attribute.type;
		set->members[set->count++].value =
			chk_string_prepare(attribute.tag, attribute.value);
	}
	qsort(set->members, set->count, sizeof(*set->members),
	      compare_members);
	return true;
}

static bool sets_equal(struct chk_der a, struct chk_der b)
{
	struct set left = { 0 }, right = { 0 };
	bool equal = fill_set(&left, a) && fill_set(&right, b) &&
		     left.count == right.count;

	for (size_t i = 0; equal && i < left.count; i++)
		equal = compare_members(&left.members[i],
					&right.members[i]) == 0;
	clear_set(&left);
	clear_set(&right);
	return equal;
}

static bool rdns_equal(struct chk_der a, struct chk_der b)
{
	struct chk_attribute left, right;
	struct chk_der rest_a = a, rest_b = b;

	if (chk_bytes_equal(a.rest, b.rest))
		return true;
	if (!chk_dn_next_attribute(&rest_a, &left) ||
	    !chk_dn_next_attribute(&rest_b, &right) ||
	    chk_der_at_end(&rest_a) != chk_der_at_end(&rest_b))
		return false;
	if (chk_der_at_end(&rest_a))
		return attributes_equal(&left, &right);
	return sets_equal(a, b);
}

/* Are the RDNs of `base` the first ones of `name`? `whole`: and all of it. */
static bool begins_with(struct chk_bytes name, struct chk_bytes base,
			bool whole)
{
	struct chk_der left = chk_dn_begin(name), right = chk_dn_begin(base);
	struct chk_der a, b;

	while (chk_dn_next_rdn(&right, &b)) {
		if (!chk_dn_next_rdn(&left, &a) || !rdns_equal(a, b))
			return false;
	}
	return !whole || chk_der_at_end(&left);
}

bool chk_dn_match(struct chk_bytes a, struct chk_bytes b)
{
	return chk_bytes_equal(a, b) || begins_with(a, b, true);
}

bool chk_dn_is_within(struct chk_bytes name, struct chk_bytes base)
{
	return begins_with(name, base, false);
}

/* The attributes of an RDN are a set: their hashes are added up. */
static uint64_t add_rdn(uint64_t hash, uint64_t rdn)
{
	hash = (hash ^ rdn) * 0x9e3779b97f4a7c15u;
	return hash ^ hash >> 32;
}

static uint64_t hash_attribute(struct chk_bytes type,
			       const struct chk_tlv *value)
{
	return chk_bytes_hash(type) * 31 +
	       chk_string_hash(value->tag, value->value);
}

static bool read_attribute(struct chk_der *rdn, uint64_t *hash)
{
	struct chk_tlv tlv, type, value;
	struct chk_der der;

	if (!chk_der_expect(rdn, CHK_DER_SEQUENCE, "AttributeTypeAndValue",
			    &tlv))
		return false;
	der = chk_der_inside(rdn, &tlv);
	if (!chk_der_expect(&der, CHK_DER_OID, "type", &type) ||
	    !chk_der_oid(&der, &type) || !chk_der_next(&der, &value) ||
	    !chk_der_end(&der, "AttributeTypeAndValue"))
		return false;
	*hash += hash_attribute(type.value, &value);
	return true;
}

static bool read_rdn(struct chk_der *name, size_t *count, uint64_t *hash)
{
	uint64_t sum = 0;
	struct chk_tlv tlv;
	struct chk_der rdn;

	if (!chk_der_expect(name, CHK_DER_SET, "RelativeDistinguishedName",
			    &tlv))
		return false;
	rdn = chk_der_inside(name, &tlv);
	if (chk_der_at_end(&rdn))
		return chk_der_fail(name, tlv.whole.data,
				    "RelativeDistinguishedName",
				    "an empty SET (RFC 5280 4.1.2.4)");
	while (!chk_der_at_end(&rdn)) {
		if (++*count > CHK_DN_MAX)
			return chk_der_fail(name, rdn.rest.data, NULL,
					    "a name of over 1,024 attributes");
		if (!read_attribute(&rdn, &sum))
			return false;
	}
	*hash = add_rdn(*hash, sum);
	return true;
}

bool chk_dn_read(struct chk_der *der, const char *what, struct chk_bytes *name,
		 uint64_t *hash)
{
	struct chk_tlv tlv;
	struct chk_der rdns;
	size_t count = 0;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, what, &tlv))
		return false;
	rdns = chk_der_inside(der, &tlv);
	rdns.element = what;
	*hash = 0;
	while (!chk_der_at_end(&rdns)) {
		if (!read_rdn(&rdns, &count, hash))
			return false;
	}
	*name = tlv.whole;
	return true;
}

bool chk_dn_check(struct chk_bytes name, struct chk_error *error)
{
	struct chk_der der = chk_der_begin(name, error);
	struct chk_bytes whole;
	uint64_t hash;

	return chk_dn_read(&der, "Name", &whole, &hash) &&
	       chk_der_end(&der, "Name");
}

uint64_t chk_dn_hash(struct chk_bytes name)
{
	struct chk_der der = chk_der_begin(name, NULL);
	struct chk_bytes whole;
	uint64_t hash = 0;

	return chk_dn_read(&der, "Name", &whole, &hash) ? hash : 0;
}
