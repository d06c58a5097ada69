/* lib/client/client.h: a TLS client = hello + what it takes + store. */
#ifndef CHK_CLIENT_CLIENT_H
#define CHK_CLIENT_CLIENT_H

#include "fetch/answer.h"
#include "fetch/hello.h"

/* struct chk_client: what a program offers and takes; all of it borrowed. */
struct chk_client {
	const char *id;        /* "java-7u25": stable */
	const char *aliases;   /* "java17,java"; NULL: none */
	const char *label;     /* "Java 7u25" */
	const char *runtime;   /* "java", "openssl", ...: its remedies */
	struct chk_hello hello; /* without server_name */
	bool sends_name;       /* SNI: see chk_client_name */
	uint16_t min, max;     /* versions that it takes: 0x0300 .. 0x0304 */
	bool needs_renegotiation_info; /* RFC 5746, below TLS 1.3 */
	unsigned dh_min, dh_max; /* bits of a DH prime; 0: no bound */
	const char *profile;   /* of its judgement (path/profile.h) */
	const char *strength;  /* NULL: the profile's */
	const char *trust;     /* spec of its store; NULL: it cannot be read */
	const char *store;     /* which store it reads, for a person */
	bool fetches_issuers;  /* AIA */
	const char *evidence;  /* "measured", "table", "derived", "here" */
	const char *notes;     /* NULL */
	const char *source;    /* where the row is from */
	const char *stops;     /* why it says nothing at all; NULL: it speaks */
};

/* enum chk_client_refusal is what of an answer a client does not take. */
enum chk_client_refusal {
	CHK_CLIENT_TAKES,
	CHK_CLIENT_REFUSES_ANSWER,    /* the server ended it: see the answer */
	CHK_CLIENT_REFUSES_VERSION,
	CHK_CLIENT_REFUSES_SUITE,     /* one that it did not offer */
	CHK_CLIENT_REFUSES_GROUP,
	CHK_CLIENT_REFUSES_SIGNATURE,
	CHK_CLIENT_REFUSES_DH,        /* the prime is too small or too large */
	CHK_CLIENT_REFUSES_RENEGOTIATION, /* the server lacks RFC 5746 */
};

/*
 * chk_client_find gives a client of the table by its id, by one of its
 * aliases, or by its id in other letters and without hyphens ("go1.19",
 * "Android7"). NULL: there is none.
 */
const struct chk_client *chk_client_find(const char *id);
/* The clients of the table, in its order; NULL behind the last. */
const struct chk_client *chk_client_at(size_t i);
/* Is it known what it offers? Of others the versions alone are. */
bool chk_client_is_known(const struct chk_client *client);
/*
 * chk_client_name: what of `name` (NULL: the host is none) it sends as SNI.
 * NULL: nothing. Java, Android and s_client send no name without a dot.
 */
const char *chk_client_name(const struct chk_client *client, const char *name);
/*
 * chk_client_judge: what this client makes of the answer to its hello, as far
 * as the answer goes. Its certificates are judged elsewhere.
 */
enum chk_client_refusal chk_client_judge(const struct chk_client *client,
					 const struct chk_answer *answer);

#endif
