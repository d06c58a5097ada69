/*
 * lib/client/here.h: the TLS client that a machine has, as its files of
 * settings leave it, with what decided what.
 */
#ifndef CHK_CLIENT_HERE_H
#define CHK_CLIENT_HERE_H

#include <chaincheck/error.h>

#include "base/arena.h"
#include "client/client.h"
#include "store/surroundings.h"

enum chk_here_what {
	CHK_HERE_VERSIONS, /* those that are offered, the highest first */
	CHK_HERE_SUITES,
	CHK_HERE_GROUPS,
	CHK_HERE_SIGNATURES,
	CHK_HERE_WHATS,
};

#define CHK_HERE_ITEMS 512 /* more than any table has rows */

/* Numbers of one kind, the preferred first. */
struct chk_here_list {
	uint16_t items[CHK_HERE_ITEMS];
	size_t count;
};

/* Where a setting stands. Texts are the arena's, and as they were written. */
struct chk_setting {
	const char *name;  /* "jdk.tls.disabledAlgorithms" */
	const char *value;
	const char *where; /* a file, from its root; or "JAVA_TOOL_OPTIONS" */
	size_t line;       /* 0: `where` is no file */
};

/* What one setting did. Printable; the arena's. */
struct chk_here_step {
	const char *setting; /* its name; NULL: it is no setting's doing */
	const char *where;   /* "/etc/ssl/openssl.cnf:12"; NULL */
	const char *text;    /* a sentence without its full stop */
};

/* Zero it; chk_here_clear it. */
struct chk_here {
	struct chk_arena arena;
	const struct chk_surroundings *around; /* borrowed while it is made */
	/* What every file holds; .data NULL: they are read. */
	struct chk_bytes given;
	struct chk_here_list lists[CHK_HERE_WHATS];
	struct chk_here_list cert_signatures; /* none: the same */
	uint16_t min; /* that it takes, where it offers lower; 0: as it is */
	unsigned dh_min, rsa_min, ec_min;
	bool sends_name, fetches_issuers;
	bool sslv2_form;      /* the hello is one of SSL 2.0 */
	bool lists_versions;  /* supported_versions below TLS 1.3 too */
	const char *label;    /* "Java 17.0.15" */
	const char *trust;    /* spec of its store; NULL: the system's */
	const char *policies; /* of CAs that it distrusts; NULL */
	const char *advice;   /* what to do where it stops; NULL */
	const char *stops;    /* why it says nothing at all; NULL: it speaks */
	struct chk_here_step *steps;
	size_t step_count, step_room;
	struct chk_client client; /* what it all comes to */
};

/*
 * chk_client_here reads the client `name`, "java", "openssl" or "gnutls", from
 * the files below around->root, as the variables and arguments of `around` have
 * it; a fact "home=..." is the JDK's directory.
 * Ownership: chk_here_clear `here` either way. What is in here->client lives as
 * long as `here`.
 * Errors: CHK_ERROR_ARGUMENT (no such name), CHK_ERROR_NOT_FOUND (it is not
 * installed), CHK_ERROR_MEMORY. Settings that cannot be read are steps.
 */
CHK_MUST_CHECK
bool chk_client_here(const char *name, const struct chk_surroundings *around,
		     struct chk_here *here, struct chk_error *error);
void chk_here_clear(struct chk_here *here);
/* "java", "openssl", "gnutls"; NULL: past the last. */
const char *chk_here_name(size_t i);

/* The readers: lists and bounds are theirs, the rest chk_client_here's. */
bool chk_here_java(struct chk_here *here, struct chk_error *error);
bool chk_here_openssl(struct chk_here *here, struct chk_error *error);
bool chk_here_gnutls(struct chk_here *here, struct chk_error *error);

#endif
