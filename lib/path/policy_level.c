/* lib/path/policy_level.c: the policies of one certificate of a path. */
#include "path/policy_level.h"

#include <stdlib.h>

#include "cert/oid.h"
#include "cert/policies.h"

/* A pair of policyMappings; of certificatePolicies `issuer` alone is used. */
struct pair {
	struct chk_bytes issuer, subject;
};

struct pair_list {
	struct pair *items; /* sorted by issuer */
	size_t count;
};

int chk_policy_compare(struct chk_bytes a, struct chk_bytes b)
{
	if (a.size != b.size)
		return a.size < b.size ? -1 : 1;
	return memcmp(a.data, b.data, a.size);
}

bool chk_policy_is_any(struct chk_bytes policy)
{
	return chk_bytes_equal(policy, chk_oid_bytes(CHK_OID_POLICY_ANY));
}

static int by_issuer(const void *a, const void *b)
{
	return chk_policy_compare(((const struct pair *)a)->issuer,
				  ((const struct pair *)b)->issuer);
}

static int by_expected(const void *a, const void *b)
{
	return chk_policy_compare(
		((const struct chk_policy_expected *)a)->policy,
		((const struct chk_policy_expected *)b)->policy);
}

/* Takes `count` of what may still be made; false: it is not there. */
static bool take(const struct chk_policy_step *step, size_t count)
{
	if (count > *step->left) {
		*step->left = 0;
		return false;
	}
	*step->left -= count;
	return true;
}

static bool next_policy(struct chk_der *list, struct pair *pair)
{
	return chk_policies_next(list, &pair->issuer);
}

static bool next_mapping(struct chk_der *list, struct pair *pair)
{
	return chk_policy_mappings_next(list, &pair->issuer, &pair->subject);
}

/* A whole extension, sorted; no more is read than nodes may still be made. */
static bool read_list(const struct chk_policy_step *step,
		      const struct chk_extension *extension,
		      bool (*next)(struct chk_der *, struct pair *),
		      struct pair_list *list)
{
	struct chk_der begin = chk_policies_begin(extension), der = begin;
	struct pair pair;
	size_t count = 0;

	while (count <= *step->left && next(&der, &pair))
		count++;
	if (!take(step, count) || !chk_der_at_end(&der))
		return false;
	list->items = chk_arena_array(step->arena, count,
				      sizeof(*list->items));
	while (list->items && list->count < count &&
	       next(&begin, &list->items[list->count]))
		list->count++;
	if (list->count)
		qsort(list->items, count, sizeof(*list->items), by_issuer);
	return list->items;
}

/*
 * certificatePolicies without anyPolicy, which `*any` tells of. 4.2.1.4: a
 * policy stands there once.
 */
static bool read_policies(const struct chk_policy_step *step,
			  struct pair_list *list, bool *any)
{
	size_t kept = 0;

	*any = false;
	if (!read_list(step, &step->cert->policies, next_policy, list))
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (i > 0 && by_issuer(&list->items[i - 1],
				       &list->items[i]) == 0)
			return false;
		*any = *any || chk_policy_is_any(list->items[i].issuer);
	}
	for (size_t i = 0; i < list->count; i++) {
		if (!chk_policy_is_any(list->items[i].issuer))
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
	return true;
}

/* 6.1.4 (a): anyPolicy is never mapped. */
static bool read_mappings(const struct chk_policy_step *step,
			  struct pair_list *list)
{
	if (!read_list(step, &step->cert->policy_mappings, next_mapping, list))
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (chk_policy_is_any(list->items[i].issuer) ||
		    chk_policy_is_any(list->items[i].subject))
			return false;
	}
	return true;
}

const struct chk_policy_expected *
chk_policy_level_find(const struct chk_policy_level *level,
		      struct chk_bytes policy)
{
	size_t low = 0, high = level->expected_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (chk_policy_compare(level->expected[middle].policy,
				       policy) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < level->expected_count &&
	    chk_bytes_equal(level->expected[low].policy, policy))
		return &level->expected[low];
	return NULL;
}

static void add_node(struct chk_policy_level *level, struct chk_bytes policy,
		     bool from_any)
{
	level->nodes[level->count++] = (struct chk_policy_node){
		.policy = policy, .from_any = from_any,
	};
}

/* 6.1.3 (d)(1): what the certificate asserts, where the level above leads. */
static void add_asserted(const struct chk_policy_step *step,
			 struct chk_bytes policy,
			 struct chk_policy_level *level)
{
	if (chk_policy_level_find(step->above, policy))
		add_node(level, policy, false);
	else if (step->above->any)
		add_node(level, policy, true);
}

/*
 * 6.1.3 (d): both lists are sorted and are merged. With `any`, an anyPolicy
 * that counts (2), what is expected above counts as asserted.
 */
static void add_nodes(const struct chk_policy_step *step,
		      const struct pair_list *asserted, bool any,
		      struct chk_policy_level *level)
{
	const struct chk_policy_level *above = step->above;
	size_t i = 0, j = any ? 0 : above->expected_count;

	while (i < asserted->count || j < above->expected_count) {
		int order = i == asserted->count ? 1 :
			    j == above->expected_count ? -1 :
			    chk_policy_compare(asserted->items[i].issuer,
					       above->expected[j].policy);
		struct chk_bytes policy = order <= 0 ?
			asserted->items[i].issuer : above->expected[j].policy;

		add_asserted(step, policy, level);
		i += order <= 0;
		while (j < above->expected_count &&
		       chk_bytes_equal(above->expected[j].policy, policy))
			j++;
	}
	level->any = any && above->any;
}

/* The mappings of one issuer domain policy: from `at` up to the result. */
static size_t end_of_run(const struct pair_list *mappings, size_t at)
{
	size_t end = at + 1;

	while (end < mappings->count &&
	       chk_bytes_equal(mappings->items[end].issuer,
			       mappings->items[at].issuer))
		end++;
	return end;
}

static void expect(struct chk_policy_level *level, struct chk_bytes policy,
		   size_t node)
{
	level->expected[level->expected_count++] =
		(struct chk_policy_expected){ policy, (uint32_t)node };
}

static void expect_mapped(struct chk_policy_level *level,
			  const struct pair_list *mappings, size_t at,
			  size_t end, size_t node)
{
	for (; at < end; at++)
		expect(level, mappings->items[at].subject, node);
}

/*
 * 6.1.4 (b): a node that is mapped expects what it is mapped to, or is deleted
 * where mapping is inhibited; a policy that is mapped and is no node is one by
 * anyPolicy. Nodes and mappings are sorted alike.
 */
static void map_nodes(const struct chk_policy_step *step,
		      const struct pair_list *mappings,
		      struct chk_policy_level *level)
{
	size_t count = level->count, kept = 0, at = 0, made = count;
	struct chk_policy_node *nodes = level->nodes;

	for (size_t i = 0; i < count || at < mappings->count;) {
		size_t end = at < mappings->count ? end_of_run(mappings, at) :
						    at;
		int order = i == count ? 1 : at == mappings->count ? -1 :
			chk_policy_compare(nodes[i].policy,
					   mappings->items[at].issuer);

		if (order < 0) {
			nodes[kept] = nodes[i++];
			expect(level, nodes[kept].policy, kept);
			kept++;
			continue;
		}
		if (order == 0 && step->may_map) {
			nodes[kept] = nodes[i];
			expect_mapped(level, mappings, at, end, kept++);
		} else if (order > 0 && step->may_map && level->any) {
			nodes[made] = (struct chk_policy_node){
				.policy = mappings->items[at].issuer,
				.from_any = true };
			expect_mapped(level, mappings, at, end, made++);
		}
		i += order == 0;
		at = end;
	}
	/* Nodes made by anyPolicy stand behind; where none was deleted. */
	level->count = made > count ? made : kept;
}

bool chk_policy_level_make(const struct chk_policy_step *step,
			   struct chk_policy_level *level)
{
	struct pair_list asserted = { 0 }, mappings = { 0 };
	size_t most;
	bool any;

	*level = (struct chk_policy_level){ 0 };
	if (!read_policies(step, &asserted, &any) ||
	    (!step->is_last && !read_mappings(step, &mappings)))
		return false;
	most = asserted.count + step->above->expected_count + mappings.count;
	if (!take(step, step->above->expected_count))
		return false;
	level->nodes = chk_arena_array(step->arena, most,
				       sizeof(*level->nodes));
	level->expected = chk_arena_array(step->arena, most,
					  sizeof(*level->expected));
	if (!level->nodes || !level->expected)
		return false;
	if (!step->cert->policies.present)
		return true;
	add_nodes(step, &asserted, any && step->any_allowed, level);
	map_nodes(step, &mappings, level);
	qsort(level->expected, level->expected_count,
	      sizeof(*level->expected), by_expected);
	return true;
}
