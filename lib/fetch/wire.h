/* lib/fetch/wire.h: numbers and vectors of TLS, RFC 8446 section 3. */
#ifndef CHK_FETCH_WIRE_H
#define CHK_FETCH_WIRE_H

#include "base/buffer.h"
#include "base/bytes.h"

/* Content types of records, RFC 8446 section 5.1. */
enum chk_record_type {
	CHK_RECORD_CHANGE_CIPHER_SPEC = 20,
	CHK_RECORD_ALERT = 21,
	CHK_RECORD_HANDSHAKE = 22,
};

/* The plaintext of a record, at most: RFC 8446 section 5.1. */
#define CHK_RECORD_MAX 16384
#define CHK_RECORD_HEAD 5 /* type, version, length */

/* May `bytes`, one or more of them, begin a record? */
bool chk_wire_begins_record(struct chk_bytes bytes);

/* Takes an unsigned number of `size` bytes off the front. */
bool chk_wire_take(struct chk_bytes *rest, size_t size, size_t *number);
/* Takes a vector whose length stands before it in `size` bytes. */
bool chk_wire_take_vector(struct chk_bytes *rest, size_t size,
			  struct chk_bytes *vector);

/* chk_wire_add adds a number in `size` bytes. */
void chk_wire_add(struct chk_buffer *out, size_t number, size_t size);
/*
 * chk_wire_open makes room for the length of a vector, in `size` bytes, and
 * gives where it is; chk_wire_close fills it in with what was added since. More
 * than a length can say fails the buffer.
 */
size_t chk_wire_open(struct chk_buffer *out, size_t size);
void chk_wire_close(struct chk_buffer *out, size_t at, size_t size);
/* chk_wire_random adds bytes that nobody can foretell. */
void chk_wire_random(struct chk_buffer *out, size_t size);

#endif
