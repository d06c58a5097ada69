/* lib/audit/server_bundle.h: the chain that a server will send. */
#ifndef CHK_AUDIT_SERVER_BUNDLE_H
#define CHK_AUDIT_SERVER_BUNDLE_H

#include "audit/audit.h"
#include "audit/private_key.h"

struct chk_server {
	const struct chk_item *leaf; /* NULL: there is none */
	struct chk_chain *chain;     /* the leaf first, the rest as it stands */
	struct chk_store *pool;      /* what is at hand besides */
	struct chk_store *top; /* stands for a client that trusts the top */
	struct chk_audit_client supposed; /* which has it */
	bool is_public; /* of a CA that public programmes hold */

	struct chk_private_key key;
	const struct chk_item *key_item; /* where it is in the file; NULL */
	const char *key_path;
	unsigned key_mode; /* of the file it is in; 0: not known */
	bool key_is_cert;  /* what was given as the key holds none */
};

/* False: no memory. Clear it either way. */
bool chk_server_begin(struct chk_server *server, struct chk_audit *audit);
void chk_server_clear(struct chk_server *server);
/* server_key.c: reads the key, of the question or of the file. */
bool chk_server_read_key(struct chk_server *server, struct chk_audit *audit);
void chk_server_judge_key(struct chk_audit *audit,
			  const struct chk_server *server);
/* leaf.c: the server's own certificate, by itself. */
void chk_server_judge_leaf(struct chk_audit *audit,
			   const struct chk_server *server);
/* cross.c: cross-certificates that old clients trip over. */
void chk_server_judge_cross(struct chk_audit *audit,
			    const struct chk_server *server);
/* When the path of a cross-certificate ended; INT64_MIN: it is none. */
int64_t chk_server_cross_end(const struct chk_audit *audit,
			     const struct chk_server *server,
			     const struct chk_cert *cert);
/* What the table of public CAs has as issuers of a certificate, by name. */
enum chk_known_issuers {
	CHK_KNOWN_ISSUERS_NONE,
	CHK_KNOWN_ISSUERS_INTERMEDIATES, /* and no root */
	CHK_KNOWN_ISSUERS_ROOT,
};
/* `known` may be NULL. */
enum chk_known_issuers chk_server_known_issuers(const struct chk_known *known,
						const struct chk_cert *cert);
/* server_extent.c: the chain as a whole. */
void chk_server_judge_extent(struct chk_audit *audit,
			     const struct chk_server *server);

#endif
