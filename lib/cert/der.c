/* lib/cert/der.c: a walk over DER (X.690 section 10) that copies nothing. */
#include "cert/der.h"

#include <stdio.h>

#include "base/when.h"

bool chk_der_fail(const struct chk_der *der, const uint8_t *at,
		  const char *what, const char *rule)
{
	const char *element = der->element ? der->element : "";
	size_t offset = at && der->start ? (size_t)(at - der->start) : 0;

	if (!what)
		what = *element ? "" : "DER";
	return chk_error_at(der->error, offset, "%s%s%s: %s", element,
			    *element && *what ? "." : "", what, rule);
}

/*
 * A length of more than one byte: how many bytes the header takes, 0 and a
 * rule when it is not DER. More than four bytes never fit an input.
 */
static size_t long_length(const struct chk_bytes *rest, size_t *length,
			  const char **rule)
{
	size_t count = rest->data[1] & 0x7f;

	*length = 0;
	*rule = "indefinite length (X.690 10.1)";
	if (count == 0)
		return 0;
	*rule = "length of more than four bytes";
	if (count > 4)
		return 0;
	*rule = "ends inside a length";
	if (rest->size < 2 + count)
		return 0;
	for (size_t i = 0; i < count; i++)
		*length = *length << 8 | rest->data[2 + i];
	*rule = "length is not in its shortest form (X.690 10.1)";
	if (*length < 0x80 || *length >> (8 * (count - 1)) == 0)
		return 0;
	return 2 + count;
}

/* At the tag, or at the length behind it. */
static bool next_fails(const struct chk_der *der, size_t at, const char *rule)
{
	return chk_der_fail(der, der->rest.data + at, NULL, rule);
}

bool chk_der_next_long(struct chk_der *der, struct chk_tlv *tlv)
{
	struct chk_bytes rest = der->rest;
	size_t header = 2, length;
	const char *rule;

	/* Where nothing is walked there is no byte to point at. */
	if (rest.size < 2)
		return chk_der_fail(der, rest.data, NULL,
				    rest.size ? "ends inside a header" :
						"ends too early");
	if ((rest.data[0] & 0x1f) == 0x1f)
		return next_fails(der, 0, "tag number of more than one byte");
	length = rest.data[1];
	if (length >= 0x80) {
		header = long_length(&rest, &length, &rule);
		if (header == 0)
			return next_fails(der, 1, rule);
	}
	if (length > rest.size - header)
		return next_fails(der, 1, "longer than what it lies in");
	tlv->tag = rest.data[0];
	tlv->value = chk_bytes_of(rest.data + header, length);
	tlv->whole = chk_bytes_of(rest.data, header + length);
	der->rest = chk_bytes_of(rest.data + header + length,
				 rest.size - header - length);
	return true;
}

struct chk_bytes chk_ber_content(struct chk_bytes bytes)
{
	size_t header = 2;

	if (bytes.size < 2 || bytes.data[0] != CHK_DER_SEQUENCE)
		return chk_bytes_of(NULL, 0);
	if (bytes.data[1] & 0x80)
		header += bytes.data[1] & 0x7f;
	/* No file is so long that its length takes more than four bytes. */
	if (header > 2 + 4 || header > bytes.size)
		return chk_bytes_of(NULL, 0);
	return chk_bytes_skip(bytes, header);
}

static const struct {
	uint8_t tag;
	const char *name;
} TAGS[] = {
	{ CHK_DER_BOOLEAN, "BOOLEAN" },
	{ CHK_DER_INTEGER, "INTEGER" },
	{ CHK_DER_BIT_STRING, "BIT STRING" },
	{ CHK_DER_OCTET_STRING, "OCTET STRING" },
	{ CHK_DER_NULL, "NULL" },
	{ CHK_DER_OID, "OBJECT IDENTIFIER" },
	{ CHK_DER_UTC_TIME, "UTCTime" },
	{ CHK_DER_GENERALIZED_TIME, "GeneralizedTime" },
	{ CHK_DER_SEQUENCE, "SEQUENCE" },
	{ CHK_DER_SET, "SET" },
};

static const char *tag_name(uint8_t tag)
{
	for (size_t i = 0; i < CHK_COUNT(TAGS); i++) {
		if (TAGS[i].tag == tag)
			return TAGS[i].name;
	}
	return NULL;
}

static bool expect_fails(const struct chk_der *der, uint8_t tag,
			 const char *what)
{
	const char *name = tag_name(tag);
	char rule[64], hex[8];

	snprintf(hex, sizeof(hex), "0x%02x", tag);
	if (der->rest.size)
		snprintf(rule, sizeof(rule), "%s expected, tag 0x%02x found",
			 name ? name : hex, der->rest.data[0]);
	else
		snprintf(rule, sizeof(rule), "%s expected, nothing found",
			 name ? name : hex);
	return chk_der_fail(der, der->rest.data, what, rule);
}

bool chk_der_expect_long(struct chk_der *der, uint8_t tag, const char *what,
			 struct chk_tlv *tlv)
{
	const char *element = der->element;
	bool good;

	if (chk_der_peek(der) != tag)
		return expect_fails(der, tag, what);
	/* Only an element without a name of its own is called by its part. */
	if (!element)
		der->element = what;
	good = chk_der_next_long(der, tlv);
	der->element = element;
	return good;
}

bool chk_der_end(const struct chk_der *der, const char *what)
{
	return chk_der_at_end(der) ||
	       chk_der_fail(der, der->rest.data, what,
			    "something is left behind its last element");
}

/* A rule about the content of `tlv`. */
static bool value_fails(const struct chk_der *der, const struct chk_tlv *tlv,
			const char *rule)
{
	return chk_der_fail(der, tlv->whole.data, NULL, rule);
}

bool chk_der_boolean(const struct chk_der *der, const struct chk_tlv *tlv,
		     bool *value)
{
	if (tlv->value.size != 1 ||
	    (tlv->value.data[0] != 0 && tlv->value.data[0] != 0xff))
		return value_fails(der, tlv, "BOOLEAN is neither 0x00 nor 0xff "
					     "(X.690 11.1)");
	*value = tlv->value.data[0] != 0;
	return true;
}

bool chk_der_integer(const struct chk_der *der, const struct chk_tlv *tlv)
{
	const uint8_t *data = tlv->value.data;

	if (tlv->value.size == 0)
		return value_fails(der, tlv, "INTEGER without content");
	if (tlv->value.size > 1 && ((data[0] == 0 && data[1] < 0x80) ||
				    (data[0] == 0xff && data[1] >= 0x80)))
		return value_fails(der, tlv, "INTEGER is not in its shortest "
					     "form (X.690 8.3.2)");
	return true;
}

bool chk_der_uint32(const struct chk_der *der, const struct chk_tlv *tlv,
		    uint32_t *value)
{
	uint64_t number = 0;

	if (!chk_der_integer(der, tlv))
		return false;
	if (tlv->value.data[0] >= 0x80)
		return value_fails(der, tlv, "INTEGER is negative");
	for (size_t i = 0; i < tlv->value.size && number < UINT32_MAX; i++)
		number = number << 8 | tlv->value.data[i];
	*value = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
	return true;
}

bool chk_der_bit_string(const struct chk_der *der, const struct chk_tlv *tlv,
			struct chk_bytes *bits, uint8_t *unused)
{
	struct chk_bytes value = tlv->value;

	if (value.size == 0)
		return value_fails(der, tlv, "BIT STRING without content");
	*unused = value.data[0];
	*bits = chk_bytes_of(value.data + 1, value.size - 1);
	if (*unused > 7 || (*unused && bits->size == 0))
		return value_fails(der, tlv, "BIT STRING with a false count of "
					     "unused bits (X.690 8.6.2)");
	if (*unused && bits->data[bits->size - 1] & ((1u << *unused) - 1))
		return value_fails(der, tlv, "BIT STRING whose unused bits are "
					     "not zero (X.690 11.2)");
	return true;
}

static bool all_digits(struct chk_bytes text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
	}
	return true;
}

static int two_digits(const uint8_t *text)
{
	return (text[0] - '0') * 10 + (text[1] - '0');
}

/* The form of a time: its length without and with seconds, and its rules. */
struct time_form {
	size_t short_size, size;
	const char *no_seconds, *bad_form, *no_moment;
};

static const struct time_form UTC = {
	11, 13, "UTCTime without seconds (RFC 5280 4.1.2.5.1)",
	"UTCTime is not YYMMDDHHMMSSZ (RFC 5280 4.1.2.5.1)",
	"UTCTime is no moment of the calendar",
};
static const struct time_form GENERALIZED = {
	13, 15, "GeneralizedTime without seconds (RFC 5280 4.1.2.5.2)",
	"GeneralizedTime is not YYYYMMDDHHMMSSZ (RFC 5280 4.1.2.5.2)",
	"GeneralizedTime is no moment of the calendar",
};

/*
 * A GeneralizedTime before 2050 breaks RFC 5280 4.1.2.5 and is read all the
 * same: it is unambiguous, and certificates with it are in use.
 */
bool chk_der_time(const struct chk_der *der, const struct chk_tlv *tlv,
		  int64_t *seconds)
{
	bool utc = tlv->tag == CHK_DER_UTC_TIME;
	const struct time_form *form = utc ? &UTC : &GENERALIZED;
	const uint8_t *text = tlv->value.data;
	struct chk_bytes digits = { text, tlv->value.size - 1 };
	struct chk_when when;

	if (!utc && tlv->tag != CHK_DER_GENERALIZED_TIME)
		return value_fails(der, tlv,
				   "neither UTCTime nor GeneralizedTime");
	if (tlv->value.size == 0 || text[digits.size] != 'Z' ||
	    !all_digits(digits))
		return value_fails(der, tlv, form->bad_form);
	if (tlv->value.size == form->short_size)
		return value_fails(der, tlv, form->no_seconds);
	if (tlv->value.size != form->size)
		return value_fails(der, tlv, form->bad_form);
	when.year = two_digits(text);
	if (utc)
		when.year += when.year < 50 ? 2000 : 1900;
	else
		when.year = when.year * 100 + two_digits(text + 2);
	text += form->size - 11;
	when.month = two_digits(text);
	when.day = two_digits(text + 2);
	when.hour = two_digits(text + 4);
	when.minute = two_digits(text + 6);
	when.second = two_digits(text + 8);
	return chk_when_seconds(&when, seconds) ||
	       value_fails(der, tlv, form->no_moment);
}

bool chk_der_oid(const struct chk_der *der, const struct chk_tlv *tlv)
{
	struct chk_bytes oid = tlv->value;
	bool begins = true;

	if (oid.size == 0)
		return value_fails(der, tlv, "OBJECT IDENTIFIER without "
					     "content");
	for (size_t i = 0; i < oid.size; i++) {
		if (begins && oid.data[i] == 0x80)
			return value_fails(der, tlv, "arc is not in its "
						     "shortest form (8.19.2)");
		begins = oid.data[i] < 0x80;
	}
	return begins || value_fails(der, tlv, "OBJECT IDENTIFIER ends inside "
					       "an arc");
}

void chk_der_put_header(struct chk_buffer *buffer, uint8_t tag, size_t size)
{
	uint8_t header[2 + sizeof(size)] = { tag };
	size_t used = 1, bytes = 0;

	while (size >= 0x80 && size >> 8 * bytes)
		bytes++;
	if (bytes)
		header[used++] = (uint8_t)(0x80 | bytes);
	while (bytes > 1)
		header[used++] = (uint8_t)(size >> 8 * --bytes);
	header[used++] = (uint8_t)size;
	chk_buffer_add(buffer, header, used);
}
