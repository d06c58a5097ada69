/* lib/path/candidates.h: who could have issued this, in which order. */
#ifndef CHK_PATH_CANDIDATES_H
#define CHK_PATH_CANDIDATES_H

#include "path/node.h"

/* One certificate of the issuer's name. */
struct chk_candidate {
	struct chk_link link;
	const struct chk_anchor *anchor; /* NULL: of the supply alone */
	const struct chk_store *store;
	uint32_t rank; /* lower is looked at first */
};

struct chk_candidates {
	struct chk_candidate *items;
	size_t count, room;
	/* The lowest depth of one that was left out, being on the path
	 * already; 0: none */
	uint32_t circle;
	bool more; /* there are others, over the limit or the budget */
	uint32_t *comparisons; /* the caller's: what is left of the budget */
};

/*
 * chk_candidates_find lists every certificate of the stores and the supply
 * whose subject is the issuer of `node`'s certificate, once each, best first:
 * key ids that agree before those that say nothing before those that differ
 * (RFC 5280 4.2.1.1: a hint, no rule), anchors before intermediates, what the
 * peer sent in its order, the longest valid. Certificates that are on the
 * path already (same names and key, RFC 4158 section 5.2) are left out.
 * At most `limit` are listed, and no more than `comparisons`, which the caller
 * sets and which is counted down, has names for.
 * Ownership: free with chk_candidates_clear. False: no memory.
 */
bool chk_candidates_find(const struct chk_search *search,
			 const struct chk_node *node, size_t limit,
			 struct chk_candidates *candidates);
void chk_candidates_clear(struct chk_candidates *candidates);

/* What the authority key id of `cert` says of `issuer`. */
enum chk_key_id_fit {
	CHK_KEY_ID_AGREES,
	CHK_KEY_ID_SILENT, /* one of them has none */
	CHK_KEY_ID_DIFFERS,
};
enum chk_key_id_fit chk_key_id_fit(const struct chk_cert *cert,
				   const struct chk_cert *issuer);

#endif
