/* lib/diagnosis/finding.c: findings are collected, then put in order. */
#include "diagnosis/finding.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "diagnosis/public_ca.h"
#include "diagnosis/words.h"

static const struct chk_finding_facts FACTS[CHK_FINDING_COUNT] = {
#define CHK_FINDING(name, code_, severity_, party_, clause_)             \
	[CHK_FINDING_##name] = { .code = (code_),                        \
				 .severity = CHK_SEVERITY_##severity_,   \
				 .party = CHK_PARTY_##party_,            \
				 .clause = (clause_) },
#include "diagnosis/finding.def"
#undef CHK_FINDING
};

/* Evidence and remedies of one finding. */
enum { MAX_EVIDENCE = 48, MAX_REMEDIES = 32 };

const struct chk_finding_facts *chk_finding_facts(enum chk_finding_id id)
{
	return &FACTS[id];
}

enum chk_finding_id chk_finding_find(const char *code)
{
	for (size_t i = 0; i < CHK_FINDING_COUNT; i++) {
		if (strcmp(FACTS[i].code, code) == 0)
			return (enum chk_finding_id)i;
	}
	return CHK_FINDING_COUNT;
}

enum chk_party chk_party_of(enum chk_actor actor)
{
	static const enum chk_party PARTIES[] = {
		[CHK_ACTOR_SERVER] = CHK_PARTY_SERVER,
		[CHK_ACTOR_CLIENT] = CHK_PARTY_CLIENT,
		[CHK_ACTOR_CA] = CHK_PARTY_CA,
		[CHK_ACTOR_NETWORK] = CHK_PARTY_NETWORK,
	};

	return PARTIES[actor];
}

const struct chk_cert *chk_report_hold(struct chk_report *report,
				       const struct chk_cert *cert)
{
	if (!cert)
		return NULL;
	if (!chk_array_grow(&report->held, report->held_count,
			    &report->held_room, sizeof(*report->held))) {
		report->arena.failed = true;
		return NULL;
	}
	report->held[report->held_count++] = chk_cert_ref(cert);
	return cert;
}

struct chk_subject chk_subject_of(struct chk_inquiry *inquiry,
				  const struct chk_cert *cert,
				  const char *where)
{
	struct chk_report *report = inquiry->report;
	struct chk_arena *arena = &report->arena;

	return (struct chk_subject){
		.cert = chk_report_hold(report, cert),
		.name = chk_words_dn(arena, cert->subject),
		.key_id = cert->key_id,
		.where = where ? chk_words_escape(arena, where) : NULL,
	};
}

/* The certificate that asks for it may be gone before the report is. */
struct chk_subject chk_subject_missing(struct chk_inquiry *inquiry,
				       const struct chk_cert *cert)
{
	struct chk_arena *arena = &inquiry->report->arena;

	return (struct chk_subject){
		.name = chk_words_dn(arena, cert->issuer),
		.key_id = chk_arena_bytes(arena, cert->authority.key_id),
		.known = chk_public_issuer(inquiry, cert),
	};
}

struct chk_finding_node *chk_finding_add(struct chk_inquiry *inquiry,
					 enum chk_finding_id id,
					 const char *message)
{
	struct chk_finding_node *node =
		chk_arena_get(&inquiry->report->arena, sizeof(*node));

	if (!node)
		return NULL;
	node->id = id;
	node->finding.code = FACTS[id].code;
	node->finding.severity = FACTS[id].severity;
	node->finding.party = FACTS[id].party;
	node->finding.message = message;
	node->next = inquiry->findings;
	inquiry->findings = node;
	return node;
}

struct chk_finding_node *chk_finding_last(const struct chk_inquiry *inquiry,
					  enum chk_finding_id id,
					  const struct chk_cert *cert)
{
	struct chk_finding_node *node = inquiry->findings;

	while (node && (node->id != id || node->about != cert))
		node = node->next;
	return node;
}

void chk_finding_set_party(struct chk_finding_node *node, enum chk_party party)
{
	if (node)
		node->finding.party = party;
}

void chk_finding_set_alternative(struct chk_finding_node *node)
{
	if (node)
		node->finding.alternative = true;
}

void chk_finding_set_about(struct chk_inquiry *inquiry,
			   struct chk_finding_node *node,
			   const struct chk_cert *cert, const char *where)
{
	if (!node || !cert)
		return;
	node->finding.about = chk_subject_of(inquiry, cert, where);
	node->dn = cert->subject;
	node->about = cert;
}

void chk_finding_set_missing(struct chk_inquiry *inquiry,
			     struct chk_finding_node *node,
			     const struct chk_cert *cert)
{
	if (!node)
		return;
	node->finding.about = chk_subject_missing(inquiry, cert);
	node->dn = cert->issuer;
}

/*
 * Room for one more in an array of the arena, whose old copies stay behind
 * until it is freed. NULL: no memory.
 */
static void *grow(struct chk_arena *arena, const void *items, size_t count,
		  size_t *room, size_t size)
{
	size_t wanted = *room ? 2 * *room : 8;
	void *grown = chk_arena_array(arena, wanted, size);

	if (!grown)
		return NULL;
	if (count)
		memcpy(grown, items, count * size);
	*room = wanted;
	return grown;
}

void chk_finding_evidence(struct chk_inquiry *inquiry,
			  struct chk_finding_node *node, const char *name,
			  const char *value)
{
	struct chk_evidence *items;

	if (!node || !value || node->finding.evidence_count >= MAX_EVIDENCE)
		return;
	if (node->finding.evidence_count == node->evidence_room) {
		items = grow(&inquiry->report->arena, node->evidence,
			     node->finding.evidence_count,
			     &node->evidence_room, sizeof(*items));
		if (!items)
			return;
		node->finding.evidence = node->evidence = items;
	}
	node->evidence[node->finding.evidence_count++] =
		(struct chk_evidence){ name, value };
}

void chk_finding_remedy(struct chk_inquiry *inquiry,
			struct chk_finding_node *node,
			const struct chk_remedy *remedy)
{
	struct chk_remedy *items;

	if (!node || node->finding.remedy_count >= MAX_REMEDIES)
		return;
	if (node->finding.remedy_count == node->remedy_room) {
		items = grow(&inquiry->report->arena, node->remedies,
			     node->finding.remedy_count, &node->remedy_room,
			     sizeof(*items));
		if (!items)
			return;
		node->finding.remedies = node->remedies = items;
	}
	node->remedies[node->finding.remedy_count++] = *remedy;
}

const char *chk_finding_clause(struct chk_inquiry *inquiry,
			       const struct chk_finding_node *node)
{
	struct chk_arena *arena = &inquiry->report->arena;
	const char *clause = FACTS[node->id].clause;
	const char *place = strstr(clause, "{name}");
	const char *name;

	if (!place)
		return clause;
	name = node->about ? chk_words_cert(arena, node->about) :
	       node->dn.data ? chk_words_name(arena, node->dn) :
			       "a certificate"; /* that could not be read */
	return chk_words(arena, "%.*s%s%s", (int)(place - clause), clause, name,
			 place + strlen("{name}"));
}

/* Lower stands first. Alternatives follow what they are alternatives to. */
static int rank(const struct chk_finding_node *node)
{
	int rank = (CHK_SEVERITY_ERROR - (int)node->finding.severity) * 4 +
		   node->finding.alternative;

	return rank * CHK_FINDING_COUNT + (int)node->id;
}

struct chk_finding_node *
chk_findings_primary(const struct chk_inquiry *inquiry)
{
	struct chk_finding_node *best = NULL;

	for (struct chk_finding_node *node = inquiry->findings; node;
	     node = node->next) {
		if (node->finding.severity != CHK_SEVERITY_ERROR ||
		    node->finding.alternative)
			continue;
		/* Newest first: of equal ones the oldest wins. */
		if (!best || rank(node) <= rank(best))
			best = node;
	}
	return best;
}

/* An insertion sort that keeps the order of equal ones. */
static void insert(struct chk_finding_node **sorted, size_t count,
		   struct chk_finding_node *node)
{
	size_t at = count;

	for (; at > 0 && rank(sorted[at - 1]) >= rank(node); at--)
		sorted[at] = sorted[at - 1];
	sorted[at] = node;
}

void chk_findings_finish(struct chk_inquiry *inquiry)
{
	const struct chk_finding_node *primary = chk_findings_primary(inquiry);
	struct chk_report *report = inquiry->report;
	struct chk_finding_node **sorted;
	size_t count = 0;

	for (struct chk_finding_node *node = inquiry->findings; node;
	     node = node->next)
		count++;
	sorted = chk_arena_array(&report->arena, count, sizeof(*sorted));
	report->findings = chk_arena_array(&report->arena, count,
					   sizeof(*report->findings));
	if (!sorted || !report->findings)
		return;
	for (struct chk_finding_node *node = inquiry->findings; node;
	     node = node->next) {
		node->finding.primary = node == primary;
		insert(sorted, report->finding_count++, node);
	}
	for (size_t i = 0; i < count; i++)
		report->findings[i] = sorted[i]->finding;
}
