/*
 * lib/path/search.h: every path from a leaf to an anchor, cheapest repair
 * first. Pure: no network, no clock, no words for people.
 *
 * One algorithm finds valid paths and explanations. A node is a partial path
 * from the leaf upwards; its cost is that of the defects its steps show. The
 * cheapest node is taken first, so a path of cost 0 that ends in a trusted
 * anchor is found before anything else; where there is none, the cheapest
 * complete path is the explanation.
 */
#ifndef CHK_PATH_SEARCH_H
#define CHK_PATH_SEARCH_H

#include "base/arena.h"
#include "path/budget.h"
#include "path/defect.h"
#include "path/forms.h"
#include "path/host_name.h"
#include "path/memory.h"
#include "path/policy_graph.h"
#include "path/strength.h"
#include "revocation/crls.h"
#include "supply/supply.h"

/* Where paths end. */
enum chk_end {
	CHK_END_ANCHOR,    /* in an anchor of a store; may still have defects */
	CHK_END_TOP,       /* in a self-signed certificate no store trusts */
	CHK_END_MISSING,   /* where no issuer is at hand */
};

struct chk_link {
	const struct chk_cert *cert;
	enum chk_origin origin;
	uint32_t position;
	const char *where;
};

struct chk_path {
	const struct chk_link *links; /* leaf first; the anchor is the last */
	size_t count;
	enum chk_end end;
	const struct chk_anchor *anchor; /* NULL unless END_ANCHOR */
	const struct chk_store *store;   /* that holds it */
	const struct chk_defect_node *defects; /* NULL: valid */
	uint32_t cost;
};

/* A candidate that was looked at and refused, and by which rule first. */
struct chk_refusal {
	const struct chk_cert *cert;   /* the candidate issuer */
	const struct chk_cert *issued; /* what it should have issued */
	enum chk_origin origin;
	const char *where;
	bool signed_it; /* its key was seen to have made the signature */
	struct chk_defect defect;
};

struct chk_search {
	const struct chk_supply *supply;
	const struct chk_cert *leaf;
	const char *leaf_where;
	const struct chk_store *const *stores;
	size_t store_count;
	const struct chk_chain *distrusted; /* NULL: none */
	const struct chk_crls *crls; /* NULL: revocation is not asked about */
	bool crl_leaf_only;          /* and not of the CAs above */
	/* How many CRLs this search is for the signer of, one in another */
	uint32_t crl_depth;
	const struct chk_identity *identity;
	enum chk_purpose purpose;
	struct chk_bytes usage; /* wanted with CHK_PURPOSE_ANY, OID content */
	int64_t at; /* seconds */
	uint32_t max_depth;
	struct chk_policy_inputs policies;
	const struct chk_strength *strength;
	unsigned forms;    /* of enum chk_forms: broken ones are defects */
	bool no_dsa;       /* DSA keys are refused */
	unsigned leaf_usages; /* one of them, where the leaf names any; 0 */
	bool no_ext_usage; /* extended key usages are not looked at */
	bool staple_missing; /* none came, and the leaf may want one */
	bool common_name;  /* counts where there is no dNSName */
	bool issued_leaf;  /* a trusted leaf must have been issued as well */
	bool key_ids;      /* ids that differ are a defect */
	struct chk_budget budget; /* the limits */
	size_t max_paths; /* complete ones to keep, the cheapest */
	struct chk_memory *memory; /* of signatures */
};

struct chk_outcome {
	const struct chk_path *paths; /* cheapest first */
	size_t count;
	const struct chk_refusal *refusals; /* in the order they were met */
	size_t refusal_count;
	struct chk_budget used;
	bool spent; /* the budget ended first: the paths may not be all */
};

/*
 * chk_search_run fills `*outcome`; all in it lives in `arena` or is borrowed
 * from the search. False: no memory.
 */
bool chk_search_run(const struct chk_search *search, struct chk_arena *arena,
		    struct chk_outcome *outcome);
/* Where `cert` itself stands on the path; NULL: nowhere. */
const struct chk_link *chk_path_link(const struct chk_path *path,
				     const struct chk_cert *cert);
/* It ends in an anchor and nothing is wrong with it. */
bool chk_path_is_valid(const struct chk_path *path);

#endif
