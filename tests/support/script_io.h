/*
 * tests/support/script_io.h: a peer that follows a script, on a clock that
 * moves only where the script says so.
 */
#ifndef CHK_SCRIPT_IO_H
#define CHK_SCRIPT_IO_H

#include <chaincheck/fetch.h>

#include "base/bytes.h"

enum script_what {
	SCRIPT_ANSWER, /* give `bytes` */
	SCRIPT_WAIT,   /* say nothing for `millis` */
	SCRIPT_FAIL,   /* every read from here on fails with errno `cause` */
	SCRIPT_CLOSE,  /* every read from here on is the end */
};

struct script_step {
	enum script_what what;
	struct chk_bytes bytes;
	int64_t millis;
	int cause;
};

/* What connecting to an address does. */
struct script_address {
	const char *address;
	int cause;      /* errno; 0: it connects */
	int64_t millis; /* that it takes; longer than the deadline: ETIMEDOUT */
};

/* Zero it, set what matters, call script_io. Behind the steps: silence. */
struct script {
	const struct script_address *addresses;
	size_t address_count;
	const char *no_address; /* the resolver's reason to find none */
	int64_t resolve_millis;
	const struct script_step *steps;
	size_t step_count;
	size_t chunk;         /* bytes that a read gives at most; 0: all */
	int64_t read_millis;  /* that each read takes */
	int write_cause;      /* errno of every write; 0: it works */

	/* What happened. */
	int64_t clock;
	size_t step, offset;  /* where the script is */
	int64_t waited;       /* of a SCRIPT_WAIT */
	int resolved, opened, closed;
	uint8_t written[4096]; /* the first bytes that came */
	size_t written_size;
	struct chk_io io;
};

const struct chk_io *script_io(struct script *script);

#endif
