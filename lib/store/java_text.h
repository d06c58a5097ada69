/* lib/store/java_text.h: text as Java keeps it. */
#ifndef CHK_STORE_JAVA_TEXT_H
#define CHK_STORE_JAVA_TEXT_H

#include "base/buffer.h"

/*
 * chk_java_text appends what DataOutputStream.writeUTF wrote ("modified
 * UTF-8": pairs of surrogates of three bytes each, NUL as two bytes) as UTF-8;
 * what UTF-8 cannot say stays as it is. False: DataInputStream.readUTF would
 * refuse it.
 */
bool chk_java_text(struct chk_bytes modified, struct chk_buffer *text);
/*
 * chk_java_chars writes UTF-8 as the chars of Java, big-endian UTF-16, in
 * `room`; secrets pass here and leave no copy. False: no room, or no UTF-8.
 */
bool chk_java_chars(struct chk_bytes text, uint8_t *room, size_t room_size,
		    size_t *size);

/*
 * chk_java_from_chars appends chars as UTF-8; half a pair of surrogates and an
 * odd byte at the end are left out.
 */
void chk_java_from_chars(struct chk_bytes chars, struct chk_buffer *text);
/*
 * chk_java_lower appends UTF-8 in lower case, as Java looks for aliases. Where
 * the C library has no C.UTF-8, letters beyond ASCII stay as they are; so does
 * what is no UTF-8.
 */
void chk_java_lower(struct chk_bytes text, struct chk_buffer *lower);

#endif
