/* lib/fetch/answer_reader.h: an answer on its way, for the files that read. */
#ifndef CHK_FETCH_ANSWER_READER_H
#define CHK_FETCH_ANSWER_READER_H

#include "base/buffer.h"
#include "fetch/answer.h"
#include "fetch/transport.h"
#include "fetch/wire.h"

struct chk_answer_reader {
	struct chk_answer *answer;
	uint8_t first[CHK_FIRST_BYTES]; /* of everything */
	size_t first_size;
	bool foreign;  /* they begin no TLS record */
	uint8_t head[CHK_RECORD_HEAD];
	size_t head_size;
	size_t left;   /* bytes of the record to come */
	uint8_t alert[2];
	size_t alert_size;
	struct chk_buffer message; /* of handshake, with its head of 4 bytes */
	size_t wanted;     /* bytes of it, once its head is there */
	uint64_t seen;     /* types of messages, a bit each */
	unsigned idle;     /* records that brought nothing, and warnings */
	bool over;
	bool no_memory;
};

/* chk_answer_end ends it, once: who finds an end first knows most of it. */
void chk_answer_end(struct chk_answer_reader *reader, enum chk_answer_end end,
		    const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* CHK_ANSWER_MALFORMED, with the clause. */
#define chk_answer_refuse(reader, ...) \
	chk_answer_end(reader, CHK_ANSWER_MALFORMED, __VA_ARGS__)
/* A peer that speaks no TLS: told from its first bytes, as far as they came. */
void chk_answer_end_foreign(struct chk_answer_reader *reader);

/* A message, or an extension, taken apart from the front. */
struct chk_answer_part {
	struct chk_answer_reader *reader;
	const char *name;      /* "ServerHello" */
	struct chk_bytes rest;
};

/*
 * Takes a number, a vector, or the end; false: there is none, and the answer
 * is ended with the clause that says so.
 */
bool chk_answer_number(struct chk_answer_part *part, const char *what,
		       size_t size, size_t *number);
bool chk_answer_vector(struct chk_answer_part *part, const char *what,
		       size_t size, struct chk_bytes *vector);
bool chk_answer_nothing(const struct chk_answer_part *part);

/* chk_answer_expects: may a message of this type come now? */
bool chk_answer_expects(struct chk_answer_reader *reader, unsigned type);
/* chk_answer_message reads one whole message, without its head. */
void chk_answer_message(struct chk_answer_reader *reader, unsigned type,
			struct chk_bytes body);
/* chk_answer_exchange reads a ServerKeyExchange. */
void chk_answer_exchange(struct chk_answer_reader *reader,
			 struct chk_bytes body);

#endif
