/*
 * lib/cert/der.h: a walk over DER (X.690 section 10) that copies nothing.
 * Strict: definite lengths in their shortest form, low tag numbers in one
 * byte, nothing outside its parent. Every failure names byte and rule.
 */
#ifndef CHK_CERT_DER_H
#define CHK_CERT_DER_H

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"

/* Identifier octets. */
enum {
	CHK_DER_BOOLEAN = 0x01,
	CHK_DER_INTEGER = 0x02,
	CHK_DER_BIT_STRING = 0x03,
	CHK_DER_OCTET_STRING = 0x04,
	CHK_DER_NULL = 0x05,
	CHK_DER_OID = 0x06,
	CHK_DER_ENUMERATED = 0x0a,
	CHK_DER_UTF8_STRING = 0x0c,
	CHK_DER_NUMERIC_STRING = 0x12,
	CHK_DER_PRINTABLE_STRING = 0x13,
	CHK_DER_TELETEX_STRING = 0x14,
	CHK_DER_IA5_STRING = 0x16,
	CHK_DER_UTC_TIME = 0x17,
	CHK_DER_GENERALIZED_TIME = 0x18,
	CHK_DER_VISIBLE_STRING = 0x1a,
	CHK_DER_UNIVERSAL_STRING = 0x1c,
	CHK_DER_BMP_STRING = 0x1e,
	CHK_DER_SEQUENCE = 0x30,
	CHK_DER_SET = 0x31,
};
#define CHK_DER_CONTEXT(n) (0x80 | (n))             /* [n] IMPLICIT primitive */
#define CHK_DER_CONTEXT_CONSTRUCTED(n) (0xa0 | (n)) /* [n], constructed */

/*
 * struct chk_der walks the content of one value. `start` is where the whole
 * input began, so that errors can tell the byte; `error` may be NULL. Begin
 * with chk_der_begin; a failed call has filled the error and leaves the
 * cursor where it was.
 */
struct chk_der {
	struct chk_bytes rest;
	const uint8_t *start;
	struct chk_error *error;
	const char *element; /* what is walked, for errors; may be NULL */
};

/* One tag-length-value. */
struct chk_tlv {
	uint8_t tag;
	struct chk_bytes value; /* the content */
	struct chk_bytes whole; /* header and content */
};

static inline struct chk_der chk_der_begin(struct chk_bytes input,
					   struct chk_error *error)
{
	return (struct chk_der){ input, input.data, error, NULL };
}

/* A cursor on the content of `tlv`, for errors still counted from `start`. */
static inline struct chk_der chk_der_inside(const struct chk_der *der,
					    const struct chk_tlv *tlv)
{
	return (struct chk_der){ tlv->value, der->start, der->error,
				 der->element };
}

static inline bool chk_der_at_end(const struct chk_der *der)
{
	return der->rest.size == 0;
}

/* The tag that comes next; 0 at the end. */
static inline uint8_t chk_der_peek(const struct chk_der *der)
{
	return der->rest.size ? der->rest.data[0] : 0;
}

/*
 * chk_der_next_short reads an element whose length takes one byte, as that of
 * nearly all in a certificate does; it is inline for their sake. False: it is
 * another, or broken; the error is not filled.
 */
static inline bool chk_der_next_short(struct chk_der *der, struct chk_tlv *tlv)
{
	const uint8_t *at = der->rest.data;
	size_t size = der->rest.size;

	if (size < 2 || (at[0] & 0x1f) == 0x1f || at[1] >= 0x80 ||
	    at[1] > size - 2)
		return false;
	tlv->tag = at[0];
	tlv->value = chk_bytes_of(at + 2, at[1]);
	tlv->whole = chk_bytes_of(at, 2u + at[1]);
	der->rest = chk_bytes_of(at + 2 + at[1], size - 2 - at[1]);
	return true;
}

/* Those that are not short, and what is wrong with an element. */
bool chk_der_next_long(struct chk_der *der, struct chk_tlv *tlv);
bool chk_der_expect_long(struct chk_der *der, uint8_t tag, const char *what,
			 struct chk_tlv *tlv);

static inline bool chk_der_next(struct chk_der *der, struct chk_tlv *tlv)
{
	return chk_der_next_short(der, tlv) || chk_der_next_long(der, tlv);
}

/* `what` names the element in errors ("serialNumber"). */
static inline bool chk_der_expect(struct chk_der *der, uint8_t tag,
				  const char *what, struct chk_tlv *tlv)
{
	return (chk_der_peek(der) == tag && chk_der_next_short(der, tlv)) ||
	       chk_der_expect_long(der, tag, what, tlv);
}

/* False and an error when anything is left. */
bool chk_der_end(const struct chk_der *der, const char *what);
/* A cursor on the content of a SEQUENCE; nothing may be left behind it. */
static inline bool chk_der_sequence(struct chk_der *der, struct chk_der *inside)
{
	struct chk_tlv tlv;

	if (!chk_der_expect(der, CHK_DER_SEQUENCE, NULL, &tlv) ||
	    !chk_der_end(der, NULL))
		return false;
	*inside = chk_der_inside(der, &tlv);
	return true;
}

/*
 * Fails at byte `at` with "element.what: rule"; `what` may be NULL. Always
 * false.
 */
bool chk_der_fail(const struct chk_der *der, const uint8_t *at,
		  const char *what, const char *rule);

/* Values. Each checks the DER form of its content. */
bool chk_der_boolean(const struct chk_der *der, const struct chk_tlv *tlv,
		     bool *value);
/* Shortest form only (X.690 8.3.2). The sign is the caller's business. */
bool chk_der_integer(const struct chk_der *der, const struct chk_tlv *tlv);
/* A non-negative integer that fits; a larger one gives UINT32_MAX. */
bool chk_der_uint32(const struct chk_der *der, const struct chk_tlv *tlv,
		    uint32_t *value);
/* Unused bits are 0 to 7 and zero; `bits` is without the first byte. */
bool chk_der_bit_string(const struct chk_der *der, const struct chk_tlv *tlv,
			struct chk_bytes *bits, uint8_t *unused);
/* UTCTime and GeneralizedTime, both with seconds and Z (5280 4.1.2.5). */
bool chk_der_time(const struct chk_der *der, const struct chk_tlv *tlv,
		  int64_t *seconds);
/* At least one arc, arcs in shortest form. */
bool chk_der_oid(const struct chk_der *der, const struct chk_tlv *tlv);

/*
 * chk_ber_content gives what stands behind the header of a SEQUENCE, up to the
 * end of `bytes`, for those who tell kinds of files by their first bytes. BER
 * too: Java and OpenSSL may leave the length open (X.690 section 8.1.3.6).
 * Empty: it is none, or ends before.
 */
struct chk_bytes chk_ber_content(struct chk_bytes bytes);

/* Appends a tag and a length; the `size` bytes of content are to follow. */
void chk_der_put_header(struct chk_buffer *buffer, uint8_t tag, size_t size);

#endif
