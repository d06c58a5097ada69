/* lib/audit/server_bundle.h: the chain that a server will send. */
#ifndef CHK_AUDIT_SERVER_BUNDLE_H
#define CHK_AUDIT_SERVER_BUNDLE_H

#include "audit/audit.h"

struct chk_server {
	const struct chk_item *leaf; /* NULL: there is none */
	struct chk_chain *chain;     /* the leaf first, the rest as it stands */
	struct chk_store *pool;      /* what is at hand besides */
	struct chk_store *top; /* stands for a client that trusts the top */
	struct chk_audit_client supposed; /* which has it */
};

/* False: no memory. Clear it either way. */
bool chk_server_begin(struct chk_server *server, struct chk_audit *audit);
void chk_server_clear(struct chk_server *server);

#endif
