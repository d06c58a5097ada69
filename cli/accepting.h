/* cli/accepting.h: audit --for: the stores and clients that must accept. */
#ifndef CLI_ACCEPTING_H
#define CLI_ACCEPTING_H

#include <chaincheck.h>

#include "exit_status.h"
#include "options.h"

/* Zero it; accepting_close it. */
struct accepting {
	struct chk_audit_client *clients;
	struct chk_store **stores; /* of each client, owned */
	size_t count;
};

/* Whatever it returns, accepting_close frees. What fails is said. */
enum exit_status accepting_open(const struct options *options,
				const struct chk_store_options *how,
				struct accepting *accepting);
void accepting_close(struct accepting *accepting);

#endif
