/*
 * lib/base/buffer.h: growing text or bytes. A failed allocation is remembered
 * and asked for once, at the end: every call after it does nothing.
 */
#ifndef CHK_BASE_BUFFER_H
#define CHK_BASE_BUFFER_H

#include "base/bytes.h"

struct chk_buffer {
	char *data; /* ends in NUL once anything was added */
	size_t size;
	size_t room;
	bool failed;
};

void chk_buffer_add(struct chk_buffer *buffer, const void *data, size_t size);
void chk_buffer_text(struct chk_buffer *buffer, const char *text);
void chk_buffer_format(struct chk_buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * chk_buffer_steal gives the text and empties the buffer. NULL: no memory.
 * Ownership: the caller's, free() it.
 */
char *chk_buffer_steal(struct chk_buffer *buffer);
void chk_buffer_clear(struct chk_buffer *buffer);

#endif
