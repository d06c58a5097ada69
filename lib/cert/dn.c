/* lib/cert/dn.c: distinguished names walked and compared (RFC 5280 7.1). */
#include "cert/dn.h"

#include <stdlib.h>

#include <unicase.h>
#include <uninorm.h>

#include "cert/der.h"
#include "cert/dn_walk.h"

/* More than any real name has; keeps set comparison short. */
#define MAX_ATTRIBUTES 256

static bool check_attribute(struct chk_der *rdn)
{
	struct chk_tlv tlv, part;
	struct chk_der der;

	if (!chk_der_expect(rdn, CHK_DER_SEQUENCE, "AttributeTypeAndValue", &tlv))
		return false;
	der = chk_der_inside(rdn, &tlv);
	return chk_der_expect(&der, CHK_DER_OID, "attribute type", &part) &&
	       chk_der_oid(&der, &part) && chk_der_next(&der, &part) &&
	       chk_der_end(&der, "AttributeTypeAndValue");
}

bool chk_dn_check(struct chk_bytes name, struct chk_error *error)
{
	struct chk_der der = chk_der_begin(name, error), rdn;
	struct chk_tlv tlv;
	size_t count = 0;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "Name", &tlv) ||
	    !chk_der_end(&der, "Name"))
		return false;
	der = chk_der_inside(&der, &tlv);
	while (!chk_der_at_end(&der)) {
		if (!chk_der_expect(&der, CHK_DER_SET, "RDN", &tlv))
			return false;
		rdn = chk_der_inside(&der, &tlv);
		if (chk_der_at_end(&rdn))
			return chk_der_fail(&der, tlv.whole.data, "RDN",
					    "an empty set (RFC 5280 4.1.2.4)");
		while (!chk_der_at_end(&rdn)) {
			if (++count > MAX_ATTRIBUTES)
				return chk_der_fail(&rdn, rdn.rest.data, "Name",
						    "over 256 attributes");
			if (!check_attribute(&rdn))
				return false;
		}
	}
	return true;
}

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
	*attribute = (struct chk_attribute){ type.value, value.tag, value.value };
	return true;
}

bool chk_dn_is_empty(struct chk_bytes name)
{
	struct chk_der der = chk_dn_begin(name);

	return chk_der_at_end(&der);
}

/* Compared as text whatever string type they were written in. */
static bool is_text(uint8_t tag)
{
	return tag == CHK_DER_UTF8_STRING || tag == CHK_DER_PRINTABLE_STRING ||
	       tag == CHK_DER_IA5_STRING || tag == CHK_DER_TELETEX_STRING ||
	       tag == CHK_DER_BMP_STRING || tag == CHK_DER_UNIVERSAL_STRING ||
	       tag == CHK_DER_NUMERIC_STRING || tag == CHK_DER_VISIBLE_STRING;
}

static bool is_ascii(const struct chk_attribute *attribute)
{
	if (attribute->tag == CHK_DER_BMP_STRING ||
	    attribute->tag == CHK_DER_UNIVERSAL_STRING)
		return false;
	for (size_t i = 0; i < attribute->value.size; i++) {
		if (attribute->value.data[i] >= 0x80)
			return false;
	}
	return true;
}

/* Walks text as RFC 4518 prepares it: folded, white space trimmed, runs one. */
struct folded {
	struct chk_bytes rest;
	bool begun;
};

static bool is_space(uint8_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next byte of the prepared text, -1 at its end. */
static int next_folded(struct folded *text)
{
	bool space = false;
	uint8_t c;

	while (text->rest.size && is_space(text->rest.data[0])) {
		space = true;
		text->rest = chk_bytes_of(text->rest.data + 1,
					  text->rest.size - 1);
	}
	if (!text->rest.size)
		return -1;
	if (space && text->begun)
		return ' ';
	text->begun = true;
	c = text->rest.data[0];
	text->rest = chk_bytes_of(text->rest.data + 1, text->rest.size - 1);
	return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/*
 * Text with more than ASCII as UTF-8, case folded and in NFKC. NULL: it is no
 * text, or there is no memory; such values are compared by their bytes.
 */
static uint8_t *fold_unicode(const struct chk_attribute *attribute, size_t *size)
{
	struct chk_buffer utf8 = { 0 };
	uint8_t *folded = NULL;

	if (chk_dn_value_utf8(&utf8, attribute->tag, attribute->value) &&
	    !utf8.failed && utf8.data)
		folded = u8_casefold((const uint8_t *)utf8.data, utf8.size,
				     NULL, UNINORM_NFKC, NULL, size);
	chk_buffer_clear(&utf8);
	return folded;
}

static bool texts_equal(struct chk_bytes a, struct chk_bytes b)
{
	struct folded left = { .rest = a }, right = { .rest = b };
	int c;

	do {
		c = next_folded(&left);
		if (c != next_folded(&right))
			return false;
	} while (c >= 0);
	return true;
}

static bool unicode_equal(const struct chk_attribute *a,
			  const struct chk_attribute *b)
{
	size_t size_a = 0, size_b = 0;
	uint8_t *left = fold_unicode(a, &size_a);
	uint8_t *right = fold_unicode(b, &size_b);
	bool equal = left && right &&
		     texts_equal(chk_bytes_of(left, size_a),
				 chk_bytes_of(right, size_b));

	free(left);
	free(right);
	return equal;
}

static bool attributes_equal(const struct chk_attribute *a,
			     const struct chk_attribute *b)
{
	if (!chk_bytes_equal(a->type, b->type))
		return false;
	if (a->tag == b->tag && chk_bytes_equal(a->value, b->value))
		return true;
	if (!is_text(a->tag) || !is_text(b->tag))
		return false;
	if (is_ascii(a) && is_ascii(b))
		return texts_equal(a->value, b->value);
	return unicode_equal(a, b);
}

static size_t count_attributes(struct chk_der rdn)
{
	struct chk_attribute attribute;
	size_t count = 0;

	while (chk_dn_next_attribute(&rdn, &attribute))
		count++;
	return count;
}

static bool rdn_has(struct chk_der rdn, const struct chk_attribute *wanted)
{
	struct chk_attribute attribute;

	while (chk_dn_next_attribute(&rdn, &attribute)) {
		if (attributes_equal(&attribute, wanted))
			return true;
	}
	return false;
}

/* Sets of the same size, each in the other: {a, a, b} is not {a, b, b}. */
static bool rdns_equal(struct chk_der a, struct chk_der b)
{
	struct chk_attribute attribute;
	struct chk_der left = a, right = b;

	if (count_attributes(a) != count_attributes(b))
		return false;
	while (chk_dn_next_attribute(&left, &attribute)) {
		if (!rdn_has(b, &attribute))
			return false;
	}
	while (chk_dn_next_attribute(&right, &attribute)) {
		if (!rdn_has(a, &attribute))
			return false;
	}
	return true;
}

/* Are the RDNs of `base` the first ones of `name`? `whole`: and all of it. */
static bool begins_with(struct chk_bytes name, struct chk_bytes base, bool whole)
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

static uint64_t hash_text(struct chk_bytes text)
{
	struct folded folded = { .rest = text };
	uint64_t hash = 0xcbf29ce484222325u;
	int c;

	while ((c = next_folded(&folded)) >= 0)
		hash = (hash ^ (uint64_t)c) * 0x100000001b3u;
	return hash;
}

static uint64_t hash_value(const struct chk_attribute *attribute)
{
	uint64_t hash;
	uint8_t *text;
	size_t size;

	if (!is_text(attribute->tag))
		return chk_bytes_hash(attribute->value);
	if (is_ascii(attribute))
		return hash_text(attribute->value);
	text = fold_unicode(attribute, &size);
	if (!text)
		return chk_bytes_hash(attribute->value);
	hash = hash_text(chk_bytes_of(text, size));
	free(text);
	return hash;
}

/* The attributes of an RDN are a set: their hashes are added up. */
uint64_t chk_dn_hash(struct chk_bytes name)
{
	struct chk_der der = chk_dn_begin(name), rdn;
	struct chk_attribute attribute;
	uint64_t hash = 0;

	while (chk_dn_next_rdn(&der, &rdn)) {
		uint64_t sum = 0;

		while (chk_dn_next_attribute(&rdn, &attribute))
			sum += chk_bytes_hash(attribute.type) * 31 +
			       hash_value(&attribute);
		hash = (hash ^ sum) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	return hash;
}
