/* lib/base/text.h: text that strangers wrote, and bytes as text. */
#ifndef CHK_BASE_TEXT_H
#define CHK_BASE_TEXT_H

#include "base/buffer.h"
#include "base/bytes.h"

/*
 * chk_text_escape appends `text` so that printing it moves no cursor and
 * forges no line: valid UTF-8 stays, control characters (C0, DEL, C1), bytes
 * that are not UTF-8, line and paragraph separators, bidirectional controls
 * and characters that cannot be seen (soft hyphen, zero width ones, tags)
 * become \xHH, byte by byte.
 */
void chk_text_escape(struct chk_buffer *buffer, struct chk_bytes text);
/*
 * chk_text_escaped is a copy for who keeps what goes to a terminal sooner or
 * later; NULL is as empty. Ownership: free() it. NULL: no memory.
 */
char *chk_text_escaped(const char *text);
/* Escaped into fixed room, cut at a character when it does not fit. */
void chk_text_escape_into(char *room, size_t room_size, const char *text,
			  size_t size);
/* Lower-case hexadecimal; `separator` between bytes, 0 for none. */
void chk_text_hex(struct chk_buffer *buffer, struct chk_bytes bytes,
		  char separator);
/* True and the length of the UTF-8 character at `text`; false: it is none. */
bool chk_text_utf8(struct chk_bytes text, size_t *size, uint32_t *character);
/* The characters that chk_text_escape escapes. */
bool chk_text_is_harmful(uint32_t character);

#endif
