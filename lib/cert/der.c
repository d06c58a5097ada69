/* lib/cert/der.c: a walk over DER (X.690 section 10) that copies nothing. */
#include "cert/der.h"

#include "base/when.h"

struct chk_der chk_der_begin(struct chk_bytes input, struct chk_error *error)
{
	return (struct chk_der){ input, input.data, error };
}

struct chk_der chk_der_inside(const struct chk_der *der,
			      const struct chk_tlv *tlv)
{
	return (struct chk_der){ tlv->value, der->start, der->error };
}

bool chk_der_at_end(const struct chk_der *der)
{
	return der->rest.size == 0;
}

uint8_t chk_der_peek(const struct chk_der *der)
{
	return der->rest.size ? der->rest.data[0] : 0;
}

bool chk_der_fail(const struct chk_der *der, const uint8_t *at,
		  const char *what, const char *rule)
{
	size_t offset = der->start && at ? (size_t)(at - der->start) : 0;

	return chk_error_at(der->error, offset, "%s: %s", what, rule);
}

/* The length octets at `at` (8.1.3), their number in `*used`. NULL or a rule. */
static const char *read_length(const uint8_t *at, size_t left, size_t *used,
			       size_t *length)
{
	size_t octets;

	if (left < 1)
		return "the length is missing";
	*used = 1;
	*length = at[0];
	if (at[0] < 0x80)
		return NULL;
	octets = at[0] & 0x7f;
	if (octets == 0)
		return "indefinite length (X.690 10.1)";
	if (octets > 4)
		return "a length of more than four bytes";
	if (left < 1 + octets)
		return "the length is cut off";
	*length = 0;
	for (size_t i = 1; i <= octets; i++)
		*length = *length << 8 | at[i];
	*used = 1 + octets;
	if (*length < 0x80 || at[1] == 0)
		return "the length is not in its shortest form (X.690 10.1)";
	return NULL;
}

bool chk_der_next(struct chk_der *der, struct chk_tlv *tlv)
{
	const uint8_t *at = der->rest.data;
	size_t left = der->rest.size, used = 0, length = 0;
	const char *rule;

	if (left == 0)
		return chk_der_fail(der, at, "element", "nothing is left");
	if ((at[0] & 0x1f) == 0x1f)
		return chk_der_fail(der, at, "element",
				    "a tag of more than one byte");
	rule = read_length(at + 1, left - 1, &used, &length);
	if (!rule && length > left - 1 - used)
		rule = "the value ends outside its parent";
	if (rule)
		return chk_der_fail(der, at + 1, "element", rule);
	tlv->tag = at[0];
	tlv->value = chk_bytes_of(at + 1 + used, length);
	tlv->whole = chk_bytes_of(at, 1 + used + length);
	der->rest = chk_bytes_of(at + 1 + used + length,
				 left - 1 - used - length);
	return true;
}

bool chk_der_expect(struct chk_der *der, uint8_t tag, const char *what,
		    struct chk_tlv *tlv)
{
	struct chk_der before = *der;

	if (chk_der_at_end(der))
		return chk_der_fail(der, der->rest.data, what, "is missing");
	if (!chk_der_next(der, tlv))
		return false;
	if (tlv->tag == tag)
		return true;
	*der = before;
	return chk_error_at(der->error,
			    (size_t)(before.rest.data - before.start),
			    "%s: tag 0x%02x where 0x%02x belongs", what,
			    tlv->tag, tag);
}

bool chk_der_end(const struct chk_der *der, const char *what)
{
	if (chk_der_at_end(der))
		return true;
	return chk_der_fail(der, der->rest.data, what, "bytes behind the end");
}

bool chk_der_boolean(const struct chk_der *der, const struct chk_tlv *tlv,
		     bool *value)
{
	if (tlv->value.size != 1 ||
	    (tlv->value.data[0] != 0 && tlv->value.data[0] != 0xff))
		return chk_der_fail(der, tlv->whole.data, "BOOLEAN",
				    "not one byte of 00 or ff (X.690 11.1)");
	*value = tlv->value.data[0] != 0;
	return true;
}

bool chk_der_integer(const struct chk_der *der, const struct chk_tlv *tlv)
{
	const uint8_t *data = tlv->value.data;

	if (tlv->value.size == 0)
		return chk_der_fail(der, tlv->whole.data, "INTEGER", "empty");
	if (tlv->value.size > 1 && ((data[0] == 0 && data[1] < 0x80) ||
				    (data[0] == 0xff && data[1] >= 0x80)))
		return chk_der_fail(der, tlv->whole.data, "INTEGER",
				    "not in its shortest form (X.690 8.3.2)");
	return true;
}

bool chk_der_uint32(const struct chk_der *der, const struct chk_tlv *tlv,
		    uint32_t *value)
{
	if (!chk_der_integer(der, tlv))
		return false;
	if (tlv->value.data[0] >= 0x80)
		return chk_der_fail(der, tlv->whole.data, "INTEGER", "negative");
	*value = 0;
	for (size_t i = 0; i < tlv->value.size; i++) {
		if (*value > UINT32_MAX >> 8) {
			*value = UINT32_MAX;
			return true;
		}
		*value = *value << 8 | tlv->value.data[i];
	}
	return true;
}

bool chk_der_bit_string(const struct chk_der *der, const struct chk_tlv *tlv,
			struct chk_bytes *bits, uint8_t *unused)
{
	const uint8_t *data = tlv->value.data;
	size_t size = tlv->value.size;

	if (size == 0 || data[0] > 7 || (size == 1 && data[0] != 0))
		return chk_der_fail(der, tlv->whole.data, "BIT STRING",
				    "unused bits that cannot be (X.690 8.6.2)");
	if (data[0] && (data[size - 1] & ((1u << data[0]) - 1)))
		return chk_der_fail(der, tlv->whole.data, "BIT STRING",
				    "unused bits that are not 0 (X.690 11.2.1)");
	*bits = chk_bytes_of(data + 1, size - 1);
	*unused = data[0];
	return true;
}

/* Two digits at `*at`, which moves on; -1: they are none. */
static int two_digits(const uint8_t **at)
{
	const uint8_t *digits = *at;

	*at += 2;
	if (digits[0] < '0' || digits[0] > '9' || digits[1] < '0' ||
	    digits[1] > '9')
		return -1;
	return (digits[0] - '0') * 10 + (digits[1] - '0');
}

bool chk_der_time(const struct chk_der *der, const struct chk_tlv *tlv,
		  int64_t *seconds)
{
	bool utc = tlv->tag == CHK_DER_UTC_TIME;
	const uint8_t *at = tlv->value.data;
	struct chk_when when = { 0 };
	int century;

	if (!utc && tlv->tag != CHK_DER_GENERALIZED_TIME)
		return chk_der_fail(der, tlv->whole.data, "Time",
				    "neither UTCTime nor GeneralizedTime");
	if (tlv->value.size != (utc ? 13u : 15u) ||
	    at[tlv->value.size - 1] != 'Z')
		return chk_der_fail(der, tlv->whole.data, "Time",
				    "not to the second and in Z "
				    "(RFC 5280 4.1.2.5)");
	century = utc ? 0 : two_digits(&at);
	when.year = two_digits(&at);
	when.month = two_digits(&at);
	when.day = two_digits(&at);
	when.hour = two_digits(&at);
	when.minute = two_digits(&at);
	when.second = two_digits(&at);
	if (utc)
		century = when.year < 50 ? 20 : 19;
	if (century < 0 || when.year < 0)
		when.month = 0;
	when.year += century * 100;
	if (!chk_when_seconds(&when, seconds))
		return chk_der_fail(der, tlv->whole.data, "Time",
				    "no such moment");
	return true;
}

bool chk_der_oid(const struct chk_der *der, const struct chk_tlv *tlv)
{
	const uint8_t *data = tlv->value.data;
	size_t size = tlv->value.size;
	bool first = true;

	if (size == 0 || (data[size - 1] & 0x80))
		return chk_der_fail(der, tlv->whole.data, "OBJECT IDENTIFIER",
				    "cut off (X.690 8.19.2)");
	for (size_t i = 0; i < size; i++) {
		if (first && data[i] == 0x80)
			return chk_der_fail(der, tlv->whole.data,
					    "OBJECT IDENTIFIER",
					    "an arc that is not in its "
					    "shortest form (X.690 8.19.2)");
		first = !(data[i] & 0x80);
	}
	return true;
}
