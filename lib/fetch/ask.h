/* lib/fetch/ask.h: one ClientHello, one answer; many of them side by side. */
#ifndef CHK_FETCH_ASK_H
#define CHK_FETCH_ASK_H

#include <chaincheck/fetch.h>

#include "fetch/answer.h"
#include "fetch/hello.h"
#include "fetch/target.h"

/*
 * So many connections to one server are open at once, at most: more look like
 * an attack. With a caller's io it is one, since that need not know of threads:
 * chk_ask_side_by_side says which.
 */
#define CHK_ASK_SIDE_BY_SIDE 4
size_t chk_ask_side_by_side(const struct chk_io *io);

/* One question and its answer. Zero `answer`; chk_answer_clear it. */
struct chk_asked {
	struct chk_hello hello; /* its server_name is sent as it stands */
	struct chk_answer answer;
};

/*
 * chk_ask connects to `route`, says each hello and reads what comes back, each
 * on a connection of its own, chk_ask_side_by_side of them at once, all with
 * the first address that connects. `end`, on the clock of the route's io, is
 * when all of them are over; each has the route's handshake_ms.
 * Errors: CHK_ERROR_MEMORY alone. Whatever the network or the peer does
 * stands in the answers.
 */
CHK_MUST_CHECK
bool chk_ask(const struct chk_route *route, struct chk_asked *asked,
	     size_t count, int64_t end, struct chk_error *error);

#endif
