/* lib/fetch/vector.h: the vectors of TLS (RFC 8446 section 3.4), bounded. */
#ifndef CHK_FETCH_VECTOR_H
#define CHK_FETCH_VECTOR_H

#include "base/bytes.h"

/* Takes an unsigned number of `size` bytes off the front. */
static inline bool chk_vector_number(struct chk_bytes *rest, size_t size,
				     size_t *number)
{
	*number = 0;
	if (rest->size < size)
		return false;
	for (size_t i = 0; i < size; i++)
		*number = *number << 8 | rest->data[i];
	*rest = chk_bytes_skip(*rest, size);
	return true;
}

/* Takes a vector whose length stands before it in `size` bytes. */
static inline bool chk_vector_take(struct chk_bytes *rest, size_t size,
				   struct chk_bytes *vector)
{
	size_t length;

	if (!chk_vector_number(rest, size, &length) || length > rest->size)
		return false;
	*vector = chk_bytes_of(rest->data, length);
	*rest = chk_bytes_skip(*rest, length);
	return true;
}

#endif
