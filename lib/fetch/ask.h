/* lib/fetch/ask.h: one ClientHello, one answer; many of them side by side. */
#ifndef CHK_FETCH_ASK_H
#define CHK_FETCH_ASK_H

#include <chaincheck/fetch.h>

#include "fetch/answer.h"
#include "fetch/hello.h"
#include "fetch/target.h"

/* So many connections to one server are open at once, at most. */
#define CHK_ASK_SIDE_BY_SIDE 4

/* One question and its answer. Zero `answer`; chk_answer_clear it. */
struct chk_asked {
	struct chk_hello hello; /* its server_name is sent as it stands */
	struct chk_answer answer;
};

/*
 * chk_ask connects to `route`, says each hello and reads what comes back, each
 * on a connection of its own, CHK_ASK_SIDE_BY_SIDE at once with the built-in
 * io, one after the other with a caller's. `end`, on the clock of the route's
 * io, is when all of them are over; each has the route's handshake_ms.
 * Errors: CHK_ERROR_MEMORY alone. Whatever the network or the peer does
 * stands in the answers.
 */
CHK_MUST_CHECK
bool chk_ask(const struct chk_route *route, struct chk_asked *asked,
	     size_t count, int64_t end, struct chk_error *error);

#endif
