/* lib/client/client.h: a TLS client = hello + what it takes + store. */
#ifndef CHK_CLIENT_CLIENT_H
#define CHK_CLIENT_CLIENT_H

#include "fetch/answer.h"
#include "fetch/hello.h"

/* struct chk_client: what a program offers and takes; all of it borrowed. */
struct chk_client {
	const char *id;        /* "java-7u25": stable */
	const char *label;     /* "Java 7u25" */
	const char *runtime;   /* "java", "openssl": whose remedies, store */
	struct chk_hello hello; /* without server_name */
	bool sends_name;       /* SNI, where the host is a name with a dot */
	uint16_t min, max;     /* versions that it takes: 0x0300 .. 0x0304 */
	unsigned dh_min, dh_max; /* bits of a DH prime; 0: no bound */
	unsigned rsa_min;      /* bits of the server's RSA key; 0: no bound */
	const char *profile;   /* of its judgement (path/profile.h) */
	const char *strength;  /* NULL: the profile's */
	const char *store;     /* which store it reads, for a person */
	bool fetches_issuers;  /* AIA */
	const char *evidence;  /* "measured", "table", "derived", "here" */
	const char *notes;     /* NULL */
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
	CHK_CLIENT_NOTHING_TO_SAY,    /* its own rules leave nothing to offer */
};

/* chk_client_find gives a client of the table by id or short name; NULL. */
const struct chk_client *chk_client_find(const char *id);
/* The clients of the table, in its order; NULL behind the last. */
const struct chk_client *chk_client_at(size_t i);
/* chk_client_judge: what this client makes of the answer to its hello. */
enum chk_client_refusal chk_client_judge(const struct chk_client *client,
					 const struct chk_answer *answer);

#endif
