/* lib/report/trust_words.h: words for what a store says of a certificate. */
#ifndef CHK_REPORT_TRUST_WORDS_H
#define CHK_REPORT_TRUST_WORDS_H

#include <chaincheck/difference.h>

#include "base/buffer.h"

/* "trusted"; stable, they stand in JSON. */
const char *chk_say_trust(enum chk_trust trust);
/* Appends "tls-server, email" of the bits, "every purpose" of all. */
void chk_say_purposes(struct chk_buffer *buffer, unsigned purposes);
/* Appends what a change is, a sentence without a full stop. */
void chk_say_change(struct chk_buffer *buffer,
		      const struct chk_store_change *change);
/* The finding that a row of this kind is; NULL: it is none. */
const char *chk_say_change_code(enum chk_change_kind kind);
/* Appends "; cannot say ..." of the format; nothing: it says all. */
void chk_say_carries(struct chk_buffer *buffer,
		       const struct chk_carries *carries);
/* Appends the date alone, "2026-04-01". */
void chk_say_day(struct chk_buffer *buffer, int64_t seconds);
/* Appends "3 keys" or "1 key". */
void chk_say_count(struct chk_buffer *buffer, size_t count,
		     const char *one, const char *many);

#endif
