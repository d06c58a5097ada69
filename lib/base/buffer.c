/* lib/base/buffer.c: growing text or bytes. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Room for `more` bytes and the NUL behind them. */
static bool reserve(struct chk_buffer *buffer, size_t more)
{
	size_t room = buffer->room ? buffer->room : 128;
	char *data;

	if (buffer->failed || more > SIZE_MAX / 4 - buffer->size) {
		buffer->failed = true;
		return false;
	}
	while (room < buffer->size + more + 1)
		room *= 2;
	if (room == buffer->room)
		return true;
	data = realloc(buffer->data, room);
	if (!data) {
		buffer->failed = true;
		return false;
	}
	buffer->data = data;
	buffer->room = room;
	return true;
}

void chk_buffer_add(struct chk_buffer *buffer, const void *data, size_t size)
{
	if (!reserve(buffer, size))
		return;
	if (size)
		memcpy(buffer->data + buffer->size, data, size);
	buffer->size += size;
	buffer->data[buffer->size] = '\0';
}

void chk_buffer_text(struct chk_buffer *buffer, const char *text)
{
	chk_buffer_add(buffer, text, strlen(text));
}

void chk_buffer_format(struct chk_buffer *buffer, const char *format, ...)
{
	va_list list;
	int size;

	va_start(list, format);
	size = vsnprintf(NULL, 0, format, list);
	va_end(list);
	if (size < 0 || !reserve(buffer, (size_t)size))
		return;
	va_start(list, format);
	vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, list);
	va_end(list);
	buffer->size += (size_t)size;
}

char *chk_buffer_steal(struct chk_buffer *buffer)
{
	char *text;

	chk_buffer_add(buffer, "", 0);
	text = buffer->failed ? NULL : buffer->data;
	if (!text)
		free(buffer->data);
	*buffer = (struct chk_buffer){ 0 };
	return text;
}

void chk_buffer_clear(struct chk_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct chk_buffer){ 0 };
}
