/*
 * lib/path/policy_graph.h: which certificate policies a path is valid for
 * (RFC 5280 section 6.1, as RFC 9618 mends it): a graph with one node for each
 * policy of a certificate, where the tree of RFC 5280 can grow exponentially.
 */
#ifndef CHK_PATH_POLICY_GRAPH_H
#define CHK_PATH_POLICY_GRAPH_H

#include "base/arena.h"
#include "cert/cert.h"

/* Nodes of all paths of a search at most; a real one has a few dozen. */
#define CHK_POLICY_MAX_NODES 20000u

/* The inputs (c), (e), (f) and (g) of RFC 5280 6.1.1; zero is the usual. */
struct chk_policy_inputs {
	const struct chk_bytes *initial; /* OID contents */
	size_t initial_count;            /* 0: any policy */
	bool explicit_policy, inhibit_mapping, inhibit_any;
	const struct chk_cert *anchor; /* NULL: it constrains nothing */
};

enum chk_policy_answer {
	CHK_POLICY_FITS,      /* or none is demanded */
	CHK_POLICY_NONE_LEFT, /* one is demanded, and none is valid */
	CHK_POLICY_MALFORMED, /* an extension is not what it should be */
	CHK_POLICY_TOO_MANY,  /* over CHK_POLICY_MAX_NODES */
};

struct chk_policy_result {
	enum chk_policy_answer answer;
	/*
	 * MALFORMED, TOO_MANY: whose policies. NONE_LEFT: that left none; the
	 * leaf where those that are left are not wanted.
	 */
	const struct chk_cert *cert;
	const struct chk_cert *demands; /* NULL: the caller does */
};

/*
 * chk_policy_graph_check works through `certs`, the one that the anchor issued
 * first, the leaf last. Time and memory are linear in the policies and
 * mappings, but for their sorting, and end with `*left`, the nodes that may
 * still be made, which goes down; memory is of `arena`, which says so where it
 * failed (and the answer is none that fits).
 */
struct chk_policy_result
chk_policy_graph_check(const struct chk_cert *const *certs, size_t count,
		       const struct chk_policy_inputs *inputs, size_t *left,
		       struct chk_arena *arena);

#endif
