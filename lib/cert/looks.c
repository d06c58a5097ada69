/* lib/cert/looks.c: what a file is that holds no certificate we can read. */
#include "cert/looks.h"

#include "cert/der.h"
#include "cert/pkcs7.h"

/* What people give instead, by its first bytes. */
static const struct {
	const char *start;
	uint8_t size;
	const char *what;
} LOOKS[] = {
	{ "\xfe\xed\xfe\xed", 4, "a JKS keystore" },
	{ "\xce\xce\xce\xce", 4, "a JCEKS keystore" },
	{ "SQLite format 3", 15, "a database, perhaps cert9.db of NSS" },
	{ "[p11-kit-object-v1]", 19,
	  "a p11-kit file: give it as p11-kit:PATH" },
	{ "\xff\xfe", 2, "text in UTF-16: save it as UTF-8" },
	{ "\xfe\xff", 2, "text in UTF-16: save it as UTF-8" },
	{ "<", 1, "a web page, perhaps of a proxy or a log-in" },
	{ "PK\x03\x04", 4, "a ZIP archive" },
	{ "\x1f\x8b", 2, "a gzip archive" },
	{ "MII", 3, "base64 without the BEGIN and END lines of PEM" },
};

static const char *by_start(struct chk_bytes bytes)
{
	for (size_t i = 0; i < CHK_COUNT(LOOKS); i++) {
		if (bytes.size >= LOOKS[i].size &&
		    memcmp(bytes.data, LOOKS[i].start, LOOKS[i].size) == 0)
			return LOOKS[i].what;
	}
	return NULL;
}

/* PFX ::= SEQUENCE { version INTEGER (3), ... } (RFC 7292 section 4) */
static const char *by_structure(struct chk_bytes bytes)
{
	if (chk_bytes_begin_with(chk_ber_content(bytes), "\x02\x01\x03"))
		return "a PKCS #12 keystore";
	if (chk_pkcs7_is(bytes))
		return "PKCS #7: openssl pkcs7 -print_certs takes the "
		       "certificates out";
	return NULL;
}

const char *chk_looks_like(struct chk_bytes bytes)
{
	const char *what = by_start(bytes);

	return what ? what : by_structure(bytes);
}

bool chk_looks_like_der(struct chk_bytes bytes, const char *what,
			const char *name, struct chk_error *error)
{
	const char *looks = chk_looks_like(bytes);

	if (bytes.size == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, name,
				     "the file is empty");
	if (!looks && bytes.data[0] == CHK_DER_SEQUENCE)
		return true;
	return chk_error_set(error, CHK_ERROR_EMPTY, name,
			     "no %s: neither PEM nor DER%s%s", what,
			     looks ? "; looks like " : "", looks ? looks : "");
}
