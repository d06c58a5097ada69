/* lib/fetch/starttls.h: what is said in clear before a TLS handshake. */
#ifndef CHK_FETCH_STARTTLS_H
#define CHK_FETCH_STARTTLS_H

#include "base/arena.h"
#include "fetch/target.h"

/* How a conversation ended. */
enum chk_spoken_end {
	CHK_SPOKEN_NOTHING,   /* there was none */
	CHK_SPOKEN_GO,        /* TLS begins now */
	CHK_SPOKEN_LOST,      /* the connection, or the time: `failure` says */
	CHK_SPOKEN_UNOFFERED, /* the server has no STARTTLS */
	CHK_SPOKEN_REFUSED,   /* `last` is how */
	CHK_SPOKEN_OTHER,     /* it speaks another protocol */
	CHK_SPOKEN_TLS,       /* it speaks TLS at once */
	CHK_SPOKEN_BEHIND,    /* more came in clear behind its "go ahead" */
	CHK_SPOKEN_ENDLESS,   /* too much, or too long a line */
};

/* Zero it; what it points to is the arena's. */
struct chk_spoken {
	enum chk_spoken_end end;
	const struct chk_protocol *protocol; /* that was wanted; NULL: none */
	enum chk_failure failure;
	int cause;              /* errno; 0 */
	const char *why;        /* "" where it went well; escaped */
	const char *greeting;   /* the first that came, escaped; NULL */
	const char *last;       /* what decided, escaped; NULL */
	const char *offers;     /* "PIPELINING, SIZE", escaped; NULL */
	const char *speaks;     /* "IMAP": a guess from the first; NULL */
	struct chk_bytes first; /* bytes, at most 64 */
	struct chk_bytes behind; /* CHK_SPOKEN_BEHIND: at most 64 of them */
	size_t behind_size;     /* all that came with the "go ahead" */
};

/*
 * chk_prelude says, on the connection `handle` to `route`, what its protocol
 * has before TLS, by `end` or within the route's handshake_ms. A route without
 * a protocol needs nothing. True: the handshake may begin, and not a byte
 * that the server has sent is left unread. A failure of memory is the
 * arena's.
 * See: lib/fetch/starttls.def; RFC 3207 section 4.2 and CVE-2011-0411 for why
 * nothing of the time before is kept.
 */
bool chk_prelude(const struct chk_route *route, int handle, int64_t end,
		 struct chk_arena *arena, struct chk_spoken *said);

/*
 * chk_prelude_patient is the same, and asks `is_tls` once where the server is
 * to greet and says nothing for CHK_PRELUDE_PATIENCE_MS: true ends it with
 * CHK_SPOKEN_TLS.
 */
#define CHK_PRELUDE_PATIENCE_MS 2000
bool chk_prelude_patient(const struct chk_route *route, int handle,
			 int64_t end, struct chk_arena *arena,
			 struct chk_spoken *said,
			 bool (*is_tls)(void *self), void *self);

#endif
