/* lib/cert/dn_difference.c: where two names that match are not the same. */
#include "cert/dn.h"

#include "cert/dn_walk.h"
#include "cert/oid.h"

static const struct {
	uint8_t tag;
	const char *name;
} STRINGS[] = {
	{ CHK_DER_PRINTABLE_STRING, "a PrintableString" },
	{ CHK_DER_UTF8_STRING, "a UTF8String" },
	{ CHK_DER_IA5_STRING, "an IA5String" },
	{ CHK_DER_TELETEX_STRING, "a TeletexString" },
	{ CHK_DER_NUMERIC_STRING, "a NumericString" },
	{ CHK_DER_VISIBLE_STRING, "a VisibleString" },
	{ CHK_DER_BMP_STRING, "a BMPString" },
	{ CHK_DER_UNIVERSAL_STRING, "a UniversalString" },
};

static const char *string_name(uint8_t tag)
{
	for (size_t i = 0; i < CHK_COUNT(STRINGS); i++) {
		if (STRINGS[i].tag == tag)
			return STRINGS[i].name;
	}
	return "of another type";
}

static void add_type(struct chk_buffer *buffer, struct chk_bytes type)
{
	const char *name = chk_oid_name(chk_oid_find(type));

	if (name)
		chk_buffer_text(buffer, name);
	else
		chk_oid_dotted(buffer, type);
}

static void add_difference(struct chk_buffer *buffer,
			   const struct chk_attribute *a,
			   const struct chk_attribute *b)
{
	/* A set of several may stand in any order. */
	if (!chk_bytes_equal(a->type, b->type)) {
		chk_buffer_text(buffer, "its parts stand in another order");
		return;
	}
	add_type(buffer, a->type);
	if (a->tag == b->tag)
		chk_buffer_text(buffer, " has other letters or blanks");
	else
		chk_buffer_format(buffer, " is %s here and %s there",
				  string_name(a->tag), string_name(b->tag));
}

/* False: they are the same up to here. */
static bool compare_rdns(struct chk_der a, struct chk_der b,
			 struct chk_buffer *buffer)
{
	struct chk_attribute left, right;

	while (chk_dn_next_attribute(&a, &left) &&
	       chk_dn_next_attribute(&b, &right)) {
		if (chk_bytes_equal(left.type, right.type) &&
		    chk_bytes_equal(left.whole, right.whole))
			continue;
		add_difference(buffer, &left, &right);
		return true;
	}
	return false;
}

void chk_dn_difference(struct chk_buffer *buffer, struct chk_bytes a,
		       struct chk_bytes b)
{
	struct chk_der left = chk_dn_begin(a), right = chk_dn_begin(b);
	struct chk_der x, y;

	while (chk_dn_next_rdn(&left, &x) && chk_dn_next_rdn(&right, &y)) {
		if (compare_rdns(x, y, buffer))
			return;
	}
}
