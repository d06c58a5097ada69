/*
 * lib/cert/directory_string.h: the values of attributes: as UTF-8, and
 * prepared for comparison (RFC 4518, as RFC 5280 section 7.1 asks for).
 */
#ifndef CHK_CERT_DIRECTORY_STRING_H
#define CHK_CERT_DIRECTORY_STRING_H

#include "base/buffer.h"
#include "base/bytes.h"

/*
 * struct chk_prepared is a value ready to be compared. Texts compare whatever
 * string type they were written in; what is no text (or is damaged) compares
 * by type and bytes. Give it back with chk_prepared_clear.
 */
struct chk_prepared {
	struct chk_bytes bytes;
	uint8_t tag;    /* 0: a text */
	uint8_t *owned; /* what `bytes` lies in, or NULL: they are borrowed */
};

/* Appends the text as UTF-8. False: no string type, or damaged. */
bool chk_string_utf8(struct chk_buffer *buffer, uint8_t tag,
		     struct chk_bytes value);
/* Without memory the value compares by its bytes: too little matches then. */
struct chk_prepared chk_string_prepare(uint8_t tag, struct chk_bytes value);
/* Below, at or above 0; a total order. */
int chk_prepared_compare(const struct chk_prepared *a,
			 const struct chk_prepared *b);
void chk_prepared_clear(struct chk_prepared *prepared);
/* Values that compare as 0 hash alike. */
uint64_t chk_string_hash(uint8_t tag, struct chk_bytes value);

#endif
