/* lib/fetch/wire.c: take and add numbers and vectors. */
#include "fetch/wire.h"

#include <gnutls/crypto.h>

bool chk_wire_begins_record(struct chk_bytes bytes)
{
	/* 23 is application data, 24 the heartbeat of RFC 6520. */
	return bytes.data[0] >= CHK_RECORD_CHANGE_CIPHER_SPEC &&
	       bytes.data[0] <= 24 && (bytes.size < 2 || bytes.data[1] == 3);
}

bool chk_wire_take(struct chk_bytes *rest, size_t size, size_t *number)
{
	*number = 0;
	if (rest->size < size)
		return false;
	for (size_t i = 0; i < size; i++)
		*number = *number << 8 | rest->data[i];
	rest->data += size;
	rest->size -= size;
	return true;
}

bool chk_wire_take_vector(struct chk_bytes *rest, size_t size,
			  struct chk_bytes *vector)
{
	size_t length;

	if (!chk_wire_take(rest, size, &length) || length > rest->size)
		return false;
	*vector = chk_bytes_of(rest->data, length);
	rest->data += length;
	rest->size -= length;
	return true;
}

void chk_wire_add(struct chk_buffer *out, size_t number, size_t size)
{
	uint8_t byte;

	while (size--) {
		byte = size < sizeof(number) ? (uint8_t)(number >> 8 * size) :
					       0;
		chk_buffer_add(out, &byte, 1);
	}
}

size_t chk_wire_open(struct chk_buffer *out, size_t size)
{
	size_t at = out->size;

	chk_wire_add(out, 0, size);
	return at;
}

void chk_wire_close(struct chk_buffer *out, size_t at, size_t size)
{
	size_t length;

	if (out->failed)
		return;
	length = out->size - at - size;
	out->failed = size < sizeof(length) && length >> 8 * size;
	for (size_t i = 0; i < size; i++)
		out->data[at + i] =
			(char)(uint8_t)(length >> 8 * (size - 1 - i));
}

void chk_wire_random(struct chk_buffer *out, size_t size)
{
	uint8_t bytes[64] = { 0 };

	while (size && !out->failed) {
		size_t part = size < sizeof(bytes) ? size : sizeof(bytes);

		gnutls_rnd(GNUTLS_RND_NONCE, bytes, part);
		chk_buffer_add(out, bytes, part);
		size -= part;
	}
}
