/* lib/fetch/answer.h: what a server answers to a ClientHello, read. */
#ifndef CHK_FETCH_ANSWER_H
#define CHK_FETCH_ANSWER_H

#include <chaincheck/error.h>

#include "base/arena.h"
#include "base/bytes.h"

/* enum chk_answer_end is how it ended. */
enum chk_answer_end {
	CHK_ANSWER_NONE,      /* not asked, or not over yet */
	CHK_ANSWER_HELLO,     /* ServerHello; up to TLS 1.2 its whole flight */
	CHK_ANSWER_RETRY,     /* HelloRetryRequest (TLS 1.3) */
	CHK_ANSWER_ALERT,     /* a fatal alert, or close_notify */
	CHK_ANSWER_CLOSED,    /* closed without a word */
	CHK_ANSWER_RESET,
	CHK_ANSWER_SILENT,    /* nothing, or no end, in time */
	CHK_ANSWER_NOT_TLS,   /* the first bytes are no TLS record */
	CHK_ANSWER_MALFORMED, /* TLS, and broken: `why` says where */
	CHK_ANSWER_FLOOD,     /* more than is read of one answer */
	CHK_ANSWER_UNCONNECTED, /* no connection */
};

/* struct chk_answer: everything in it is the arena's. */
struct chk_answer {
	struct chk_arena arena;
	enum chk_answer_end end;
	const char *why;      /* a clause for a person, escaped; "" */
	int cause;            /* errno; 0 */
	int alert;            /* description, -1: none */
	int warning;          /* a warning alert that came before, -1: none */
	uint16_t version;     /* chosen: 0x0002 (SSL 2.0: nothing else is read
				 of it), 0x0300 .. 0x0304; 0: not known */
	uint16_t record_version; /* of the server's first record */
	uint16_t suite;       /* chosen */
	uint16_t group;       /* chosen, or asked for; 0: none, or not known */
	uint16_t signature;   /* of the ServerKeyExchange; 0: not known */
	unsigned dh_bits;     /* size of the DH prime; 0: no DH */
	bool has_renegotiation_info; /* RFC 5746 */
	const char *alpn;     /* chosen, escaped; NULL */
	struct chk_bytes certificates; /* body of Certificate, up to TLS 1.2 */
	bool wants_certificate;  /* CertificateRequest, up to TLS 1.2 */
	/* Its vectors without their lengths: RFC 5246 section 7.4.4. */
	struct chk_bytes certificate_types;      /* a byte each */
	struct chk_bytes certificate_signatures; /* TLS 1.2: two bytes each */
	struct chk_bytes authorities;            /* names, with lengths */
	bool done;            /* ServerHelloDone came */
	struct chk_bytes first_bytes; /* of a peer that speaks no TLS, <= 64 */
	const char *speaks;   /* "HTTP": guess; NULL */
	size_t received;      /* bytes */
	int64_t micros;       /* from the hello sent to the end */
};

/* The handshake came as far as a hello of this kind can bring it. */
bool chk_answer_is_accepted(const struct chk_answer *answer);

/*
 * chk_answer_reader_new begins to read into `answer`, which is zeroed and
 * outlives it. NULL: no memory.
 *
 * chk_answer_read takes the next bytes of the peer (any cut) and goes on as
 * far as they allow; chk_answer_is_over says when no more are wanted. Where
 * no more come, chk_answer_end_of_stream (the peer closed) or
 * chk_answer_failed (reading failed with errno `cause`; ETIMEDOUT: nothing
 * more came within `limit_ms`) draw the end; they change none that is there.
 * chk_answer_is_foreign: the first bytes are no TLS; more of them are wanted,
 * and not worth a long wait.
 *
 * No bytes make it fail, allocate without bound or read past its limits:
 * 4 MiB a message, 16 MiB in all, and 32 records that bring nothing.
 * Errors: no memory, which is false.
 * See: RFC 8446 sections 4 and 5, RFC 5246 sections 6 and 7, RFC 6101.
 */
struct chk_answer_reader;
struct chk_answer_reader *chk_answer_reader_new(struct chk_answer *answer);
void chk_answer_reader_free(struct chk_answer_reader *reader);
CHK_MUST_CHECK
bool chk_answer_read(struct chk_answer_reader *reader, struct chk_bytes bytes);
bool chk_answer_is_over(const struct chk_answer_reader *reader);
bool chk_answer_is_foreign(const struct chk_answer_reader *reader);
void chk_answer_end_of_stream(struct chk_answer_reader *reader);
void chk_answer_failed(struct chk_answer_reader *reader, int cause,
		       int64_t limit_ms);

void chk_answer_clear(struct chk_answer *answer);

#endif
