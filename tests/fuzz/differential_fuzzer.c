/*
 * tests/fuzz/differential_fuzzer.c: the same chain and anchors (made_graph.h)
 * asked of us and of GnuTLS: same time, any name, any purpose. Where the two
 * disagree, the path that one of them took is asked of the other, alone; what
 * is wrong with it must be a row of the tables below (doc/fuzzing.md).
 */
#include <stdio.h>
#include <stdlib.h>

#include <gnutls/x509.h>

#include "cert/dn.h"
#include "fuzz/gnutls_answer.h"
#include "fuzz/made_graph.h"
#include "path/candidates.h"
#include "path/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static size_t asked, trusted, same;

/* What we say. */
struct answer {
	struct chk_arena arena;
	bool yes;
	bool unread; /* a certificate could not be read, and was left out */
	struct chk_cert *certs[2 * ASKED_MAX]; /* those that we can read */
	size_t cert_count;
	const struct chk_path *path; /* to an anchor, or the best; NULL: none */
	struct chk_store *store;
	uint64_t rules; /* that it breaks, a bit each */
};

static void must(bool done)
{
	if (!done)
		abort();
}

static struct chk_cert *parse(struct answer *answer, struct chk_bytes der)
{
	struct chk_cert *cert;

	if (!chk_cert_parse(der, &cert, NULL)) {
		answer->unread = true;
		return NULL;
	}
	return answer->certs[answer->cert_count++] = cert;
}

static void search(struct answer *answer, const struct chk_cert *leaf,
		   const struct chk_supply *supply,
		   const struct chk_store *store)
{
	static const struct chk_identity ANY_NAME = {
		.type = CHK_IDENTITY_NONE,
	};
	struct chk_memory *memory = chk_memory_new(0);
	struct chk_outcome outcome;
	struct chk_search asking = {
		.supply = supply, .leaf = leaf, .stores = &store,
		.store_count = 1, .identity = &ANY_NAME,
		.purpose = CHK_PURPOSE_ANY, .at = GRAPH_NOW, .max_depth = 16,
		.strength = chk_strength_find("medium"),
		.budget = { 10000, 200, 250000, CHK_POLICY_MAX_NODES },
		.max_paths = 6, .memory = memory,
	};

	must(chk_search_run(&asking, &answer->arena, &outcome));
	chk_memory_free(memory);
	if (outcome.count == 0)
		return;
	answer->yes = chk_path_is_valid(&outcome.paths[0]);
	/* What ends elsewhere may explain better, and is not what is asked. */
	for (size_t i = 0; i < outcome.count && !answer->path; i++) {
		if (outcome.paths[i].end == CHK_END_ANCHOR)
			answer->path = &outcome.paths[i];
	}
	if (!answer->path)
		answer->path = &outcome.paths[0];
	for (const struct chk_defect_node *node = answer->path->defects; node;
	     node = node->next)
		answer->rules |= UINT64_C(1) << node->defect.rule;
}

/* A leaf that we cannot read is no question to us. */
static void ask_us(struct answer *answer, const struct asked *what)
{
	struct chk_store *store = chk_store_new("store");
	struct chk_supply supply = { 0 };
	const struct chk_cert *leaf, *cert;

	*answer = (struct answer){ .yes = false };
	leaf = parse(answer, what->chain[0]);
	for (size_t i = 1; i < what->chain_count; i++) {
		cert = parse(answer, what->chain[i]);
		must(!cert || chk_supply_add(&supply, cert,
					     CHK_ORIGIN_PRESENTED, (uint32_t)i,
					     "sent"));
	}
	for (size_t i = 0; i < what->anchor_count; i++) {
		cert = parse(answer, what->anchors[i]);
		must(!cert || chk_store_add(store, cert, CHK_PURPOSE_ANY,
					    CHK_TRUST_TRUSTED, "store", NULL));
	}
	if (leaf)
		search(answer, leaf, &supply, store);
	chk_supply_clear(&supply);
	/* The path may end in the store's own reference to an anchor. */
	answer->store = store;
}

static void forget(struct answer *answer)
{
	for (size_t i = 0; i < answer->cert_count; i++)
		chk_cert_unref(answer->certs[i]);
	chk_store_free(answer->store);
	chk_arena_clear(&answer->arena);
}

/* Whether a row of the tables may explain; of our path, or of GnuTLS's. */
typedef bool (*predicate)(const struct answer *ours);

static bool always(const struct answer *ours)
{
	return true;
}

static bool has_name_form(const struct answer *ours)
{
	const struct chk_path *path = ours->path;

	for (size_t i = 0; i + 1 < path->count; i++) {
		if (!chk_bytes_equal(path->links[i].cert->issuer,
				     path->links[i + 1].cert->subject))
			return true;
	}
	return false;
}

static bool has_key_id(const struct answer *ours)
{
	const struct chk_path *path = ours->path;

	for (size_t i = 0; i + 1 < path->count; i++) {
		if (chk_key_id_fit(path->links[i].cert,
				   path->links[i + 1].cert) ==
		    CHK_KEY_ID_DIFFERS)
			return true;
	}
	return false;
}

static bool has_critical_policy(const struct answer *ours)
{
	for (size_t i = 0; i < ours->path->count; i++) {
		const struct chk_cert *cert = ours->path->links[i].cert;

		if (cert->policy_mappings.critical ||
		    cert->policy_constraints.critical)
			return true;
	}
	return false;
}

static bool has_other_form(const struct answer *ours)
{
	for (size_t i = 0; i < ours->path->count; i++) {
		if (gnutls_answer_constrains(ours->path->links[i].cert->der,
					     false))
			return true;
	}
	return false;
}

/* A dNSName is constrained, and one below has none but perhaps a CN. */
static bool has_common_name(const struct answer *ours)
{
	const struct chk_path *path = ours->path;

	for (size_t i = 1; i < path->count; i++) {
		if (!gnutls_answer_constrains(path->links[i].cert->der, true))
			continue;
		for (size_t j = 0; j < i; j++) {
			if (!gnutls_answer_has_dns(path->links[j].cert->der))
				return true;
		}
	}
	return false;
}

static bool is_trusted_leaf(const struct answer *ours)
{
	return ours->path->count == 1 && ours->path->end == CHK_END_ANCHOR;
}

/* The leaf and the anchor have one key, and names that are the same to us. */
static bool is_one_entity(const struct answer *ours)
{
	const struct chk_cert *leaf = ours->certs[0];
	const struct chk_cert *anchor = ours->certs[ours->cert_count - 1];

	return chk_bytes_equal(anchor->spki, leaf->spki) &&
	       chk_dn_match(anchor->subject, leaf->subject);
}

/* Every issuer that is no CA is a root that says nothing of it. */
static bool is_silent_root(const struct answer *ours)
{
	const struct chk_path *path = ours->path;

	for (size_t i = 1; i < path->count; i++) {
		const struct chk_cert *cert = path->links[i].cert;

		if (!cert->basic_constraints.ca &&
		    (cert->basic_constraints.present ||
		     !chk_cert_is_self_issued(cert)))
			return false;
	}
	return true;
}

static bool is_nameless(const struct answer *ours)
{
	for (size_t i = 0; i < ours->path->count; i++) {
		if (chk_dn_is_empty(ours->path->links[i].cert->issuer))
			return true;
	}
	return false;
}

static bool has_feature(const struct answer *ours)
{
	for (size_t i = 1; i < ours->path->count; i++) {
		if (ours->path->links[i].cert->tls_features.present)
			return true;
	}
	return false;
}

/*
 * We say yes, GnuTLS no, of the same path: which bits of its status a row
 * explains. None of them is left unexplained.
 */
static struct {
	const char *name;
	unsigned status;
	predicate holds;
	size_t count;
} OURS_ALONE[] = {
	{ "name-form", GNUTLS_CERT_SIGNER_NOT_FOUND, has_name_form, 0 },
	{ "key-id", GNUTLS_CERT_SIGNER_NOT_FOUND, has_key_id, 0 },
	{ "critical-policy",
	  GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS | GNUTLS_CERT_SIGNER_NOT_FOUND,
	  has_critical_policy, 0 },
	{ "constraint-form", GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE,
	  has_other_form, 0 },
	{ "common-name", GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE,
	  has_common_name, 0 },
};
/* Of that path alone GnuTLS says yes. */
static size_t path_building;
/* It took a certificate that was sent for the anchor of its name and key. */
static size_t twin;
/* It reads a certificate that is no DER, or not what RFC 5280 has. */
static size_t encoding;

#define RULE(name) (UINT64_C(1) << CHK_RULE_##name)

/* GnuTLS says yes, we no, of the path that it took: the same for rules. */
static struct {
	const char *name;
	uint64_t rules;
	predicate holds;
	size_t count;
} THEIRS_ALONE[] = {
	{ "policy", RULE(POLICY), always, 0 },
	{ "trusted-leaf", RULE(UNKNOWN_CRITICAL), is_trusted_leaf, 0 },
	{ "one-entity", RULE(SELF_SIGNED_LEAF), is_one_entity, 0 },
	{ "constraint-form", RULE(NAME_CONSTRAINT), has_other_form, 0 },
	{ "silent-root", RULE(NOT_A_CA), is_silent_root, 0 },
	{ "nameless", RULE(FORM), is_nameless, 0 },
	{ "tls-feature", RULE(FORM), has_feature, 0 },
};

/* The certificates that are disputed, for certtool. */
static void print(const char *title, const struct chk_bytes *ders,
		  size_t count)
{
	for (size_t i = 0; i < count; i++) {
		gnutls_datum_t der = { .size = (unsigned)ders[i].size }, pem;

		memcpy(&der.data, &ders[i].data, sizeof(der.data));
		must(gnutls_pem_base64_encode2("CERTIFICATE", &der, &pem) >= 0);
		fprintf(stderr, "%s\n%s", title, pem.data);
		gnutls_free(pem.data);
	}
}

static void print_asked(const struct asked *what)
{
	print("chain", what->chain, what->chain_count);
	print("anchor", what->anchors, what->anchor_count);
}

static void explain_ours(const struct answer *ours)
{
	struct gnutls_answer theirs;
	struct asked path = { .chain_count = 0 };
	const struct chk_path *taken = ours->path;
	unsigned left;

	for (size_t i = 0; i + 1 < taken->count || i == 0; i++)
		path.chain[path.chain_count++] = taken->links[i].cert->der;
	path.anchors[path.anchor_count++] =
		taken->links[taken->count - 1].cert->der;
	gnutls_answer_ask(&theirs, &path);
	path_building += theirs.yes;
	left = theirs.status & ~(unsigned)GNUTLS_CERT_INVALID;
	for (size_t i = 0; i < CHK_COUNT(OURS_ALONE); i++) {
		if (!(theirs.status & OURS_ALONE[i].status) ||
		    !OURS_ALONE[i].holds(ours))
			continue;
		OURS_ALONE[i].count++;
		left &= ~OURS_ALONE[i].status;
	}
	if (theirs.yes || (left == 0 && !theirs.unread))
		return;
	print_asked(&path);
	fprintf(stderr, "we trust it, GnuTLS does not: status %#x\n",
		theirs.status);
	abort();
}

static void print_rules(uint64_t rules)
{
	fprintf(stderr, "GnuTLS trusts it, we do not:");
	for (size_t i = 0; i < CHK_RULE_COUNT; i++) {
		if (rules >> i & 1)
			fprintf(stderr, " %s",
				chk_rule_facts((enum chk_rule)i)->name);
	}
	fprintf(stderr, "\n");
}

static bool is_twin(struct chk_bytes a, struct chk_bytes b)
{
	struct chk_cert *left = NULL, *right = NULL;
	bool same_key = chk_cert_parse(a, &left, NULL) &&
			chk_cert_parse(b, &right, NULL) &&
			chk_bytes_equal(left->subject, right->subject) &&
			chk_bytes_equal(left->spki, right->spki);

	chk_cert_unref(left);
	chk_cert_unref(right);
	return same_key;
}

static bool is_anchor(const struct asked *what, struct chk_bytes der)
{
	for (size_t i = 0; i < what->anchor_count; i++) {
		if (chk_bytes_equal(what->anchors[i], der))
			return true;
	}
	return false;
}

/*
 * GnuTLS ends the chain at the first certificate of an anchor's name and key,
 * and judges that one: so shall we. True: it is no anchor itself.
 */
static bool stand_in(struct asked *path, const struct asked *what)
{
	for (size_t i = 0; i < path->chain_count; i++) {
		for (size_t j = 0; j < what->anchor_count; j++) {
			if (!is_twin(path->chain[i], what->anchors[j]))
				continue;
			path->anchors[0] = path->chain[i];
			path->chain_count = i ? i : 1;
			return !is_anchor(what, path->chain[i]);
		}
	}
	return false;
}

static void explain_theirs(struct gnutls_answer *theirs,
			   const struct asked *what)
{
	bool stands_in = stand_in(&theirs->path, what);
	struct answer ours;
	uint64_t left;

	ask_us(&ours, &theirs->path);
	if (ours.unread) {
		encoding++;
		forget(&ours);
		return;
	}
	must(ours.path);
	twin += stands_in && ours.yes;
	left = ours.rules;
	for (size_t i = 0; i < CHK_COUNT(THEIRS_ALONE); i++) {
		if (!(ours.rules & THEIRS_ALONE[i].rules) ||
		    !THEIRS_ALONE[i].holds(&ours))
			continue;
		THEIRS_ALONE[i].count++;
		left &= ~THEIRS_ALONE[i].rules;
	}
	if (left != 0 || (ours.yes && !stands_in)) {
		print_asked(&theirs->path);
		print_rules(ours.rules);
		abort();
	}
	forget(&ours);
}

static void compare(const struct asked *what)
{
	struct gnutls_answer theirs;
	struct answer ours;

	ask_us(&ours, what);
	gnutls_answer_ask(&theirs, what);
	asked++;
	trusted += ours.yes && theirs.yes;
	same += ours.yes == theirs.yes;
	if (ours.yes && !theirs.yes)
		explain_ours(&ours);
	if (theirs.yes && !ours.yes)
		explain_theirs(&theirs, what);
	forget(&ours);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct asked what = { .chain_count = 0 };
	struct graph graph;

	if (graph_read(&graph, data, size)) {
		graph.items[0].roles |= GRAPH_SENT;
		for (size_t i = 0; i < graph.count; i++) {
			if (graph.items[i].roles & GRAPH_SENT)
				what.chain[what.chain_count++] =
					graph.items[i].der;
			if (graph.items[i].roles & GRAPH_ANCHOR)
				what.anchors[what.anchor_count++] =
					graph.items[i].der;
		}
		compare(&what);
	}
	graph_clear(&graph);
	return 0;
}

static void tell(void)
{
	fprintf(stderr, "%zu questions, %zu trusted by both, %zu answered "
		"alike\n", asked, trusted, same);
	fprintf(stderr, "we alone, path-building: %zu\n", path_building);
	fprintf(stderr, "GnuTLS alone, encoding: %zu\n", encoding);
	fprintf(stderr, "GnuTLS alone, twin: %zu\n", twin);
	for (size_t i = 0; i < CHK_COUNT(OURS_ALONE); i++)
		fprintf(stderr, "we alone, %s: %zu\n", OURS_ALONE[i].name,
			OURS_ALONE[i].count);
	for (size_t i = 0; i < CHK_COUNT(THEIRS_ALONE); i++)
		fprintf(stderr, "GnuTLS alone, %s: %zu\n", THEIRS_ALONE[i].name,
			THEIRS_ALONE[i].count);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	return atexit(tell);
}
