/* lib/path/node.h: a partial path, seen from its top. */
#ifndef CHK_PATH_NODE_H
#define CHK_PATH_NODE_H

#include "path/search.h"

/*
 * struct chk_node is the path from the leaf up to `link`. Nodes share what
 * lies below them, and their defects share the tail of the list.
 */
struct chk_node {
	struct chk_node *below; /* NULL: this is the leaf */
	struct chk_link link;
	struct chk_defects defects; /* of the whole partial path */
	uint32_t depth;  /* certificates, this one included */
	uint32_t cas;    /* intermediates up to here, no self-issued ones */
	uint32_t order;  /* of making: breaks ties, the youngest first */
	bool proved;     /* the key of `link` made the signature below it */
	bool complete;   /* nothing comes above */
	bool judged;     /* complete, and asked what a whole path is asked */
	bool ended;      /* that its issuer is missing is queued */
	enum chk_end end; /* when complete */
	const struct chk_anchor *anchor; /* when it ends in one */
	const struct chk_store *store;

	/* How its own candidates fared, while it is being extended. */
	uint32_t pending;      /* not yet looked at */
	bool issuer_found;     /* one of them made its signature */
	struct chk_node *mismatch; /* same name, the signature is not its own */
	bool same_key_id;      /* ... though the key ids say it should be */
};

#endif
