/*
 * lib/diagnosis/delta.h: why a server refuses a ClientHello, and the smallest
 * change to it that the server takes.
 *
 * A search over answers: it puts hellos that differ from the refused one, or
 * from one that works, in one thing, and goes by what becomes of them. No
 * alert is taken for a reason. It touches no network itself.
 */
#ifndef CHK_DIAGNOSIS_DELTA_H
#define CHK_DIAGNOSIS_DELTA_H

#include "base/arena.h"
#include "client/client.h"
#include "diagnosis/delta_hello.h"
#include "fetch/ask.h"

/* So many hellos are put to one server, at most. */
#define CHK_DELTA_MAX 36

/*
 * struct chk_delta_server puts hellos to a server and waits for all answers.
 * False: no memory, and `error` says so.
 */
struct chk_delta_server {
	bool (*ask)(void *self, struct chk_asked *asked, size_t count,
		    struct chk_error *error);
	void *self;
};

/* One hello that was put. */
struct chk_delta_step {
	const char *what; /* "TLS 1.2 with everything": for a person */
	uint16_t min, max; /* versions that the client would take */
	enum chk_client_refusal refusal;
};

enum chk_delta_end {
	CHK_DELTA_NOT_ASKED,
	CHK_DELTA_TAKEN,   /* the hello is taken: it is not what fails */
	CHK_DELTA_SMALL_DH, /* taken, and the client refuses the prime */
	CHK_DELTA_CHANGE,  /* `flips` is what must change */
	CHK_DELTA_NAME,    /* the name alone: without it, or with another */
	CHK_DELTA_VERSIONS, /* it may offer `version` alone, and no more */
	CHK_DELTA_SIZE,    /* up to `size_taken` bytes it is taken */
	CHK_DELTA_EXTRAS,  /* an extension that the server need not know */
	CHK_DELTA_RECORDS, /* in several records it is taken */
	CHK_DELTA_REFUSED, /* whatever is offered */
};

/* One of them is chosen by a server that refuses the others. */
#define CHK_DELTA_NONE SIZE_MAX

struct chk_delta {
	struct chk_arena arena;
	const struct chk_client *client; /* borrowed */
	struct chk_hello hello; /* the client's, with the name */
	enum chk_delta_end end;
	bool flips[CHK_DIMENSIONS];
	bool together;  /* none of them alone */
	/* The one that is needed of each dimension that flips; 0: not known. */
	uint16_t version, suite, group, signature;
	size_t size_taken, size_refused; /* bytes of the message */
	/* CHK_DELTA_NAME: without the name (with it, where none was sent). */
	bool unnamed_taken, other_taken;
	const char *other_name;
	bool alpn;         /* CHK_DELTA_EXTRAS: ALPN is what it is */
	bool takes[5];     /* SSL 3.0 .. TLS 1.3, with everything offered */
	bool without_dh;   /* CHK_DELTA_SMALL_DH: taken without such suites */
	/* Places in the arrays below; CHK_DELTA_NONE: there is none. */
	size_t baseline, working, smallest;
	struct chk_delta_step steps[CHK_DELTA_MAX];
	struct chk_asked asked[CHK_DELTA_MAX];
	size_t count;
	bool spent; /* it wanted to put more than it may */
};

struct chk_delta_limits {
	size_t hellos;   /* that it may put; CHK_DELTA_MAX at most */
	bool names_only; /* the peer speaks no TLS: is that so of all names? */
};

/*
 * chk_delta_find searches for what `client` must change to be taken.
 * `name` goes into SNI, NULL: none; `host` is the name that could go there,
 * NULL: there is none.
 * Ownership: zero `*delta`; chk_delta_clear it, whatever is returned. `client`
 * and names are borrowed for as long.
 * Errors: CHK_ERROR_MEMORY.
 */
CHK_MUST_CHECK
bool chk_delta_find(const struct chk_client *client, const char *name,
		    const char *host, struct chk_delta_limits limits,
		    const struct chk_delta_server *server,
		    struct chk_delta *delta, struct chk_error *error);
void chk_delta_clear(struct chk_delta *delta);

/* What the server answered to a step; NULL for CHK_DELTA_NONE. */
const struct chk_answer *chk_delta_answer(const struct chk_delta *delta,
					  size_t step);
/* Does the client itself offer this version? */
bool chk_delta_offers(const struct chk_delta *delta, uint16_t version);

#endif
