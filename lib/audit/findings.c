/* lib/audit/findings.c: what is found, with its place in the file. */
#include "audit/audit.h"

#include "audit/alone.h"
#include "base/array.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "diagnosis/remedy.h"
#include "diagnosis/words.h"

#define DAY 86400

static struct chk_said_node *add(struct chk_audit *audit)
{
	struct chk_said_node *said;

	if (!chk_array_grow(&audit->said, audit->said_count, &audit->said_room,
			    sizeof(*audit->said))) {
		audit->arena->failed = true;
		return NULL;
	}
	said = &audit->said[audit->said_count++];
	*said = (struct chk_said_node){ 0 };
	return said;
}

struct chk_finding_node *chk_audit_say(struct chk_audit *audit,
				       enum chk_finding_id id,
				       const struct chk_item *item,
				       const char *format, ...)
{
	struct chk_said_node *said = add(audit);
	va_list list;

	if (!said)
		return NULL;
	va_start(list, format);
	said->node = chk_finding_add(&audit->inquiry, id,
				     chk_arena_vformat(audit->arena, format,
						       list));
	va_end(list);
	if (chk_finding_facts(id)->party == CHK_PARTY_NONE)
		chk_finding_set_party(said->node, audit->party);
	if (item) {
		said->line = item->line;
		said->alias = item->alias;
		chk_finding_set_about(&audit->inquiry, said->node, item->cert,
				      NULL);
	}
	chk_remedies_add(&audit->inquiry, said->node,
			 chk_finding_facts(id)->code, NULL);
	return said->node;
}

void chk_audit_set_line(struct chk_audit *audit, unsigned long line)
{
	if (audit->said_count)
		audit->said[audit->said_count - 1].line = line;
}

static bool is_wanted(const enum chk_finding_id *wanted,
		      enum chk_finding_id id)
{
	while (*wanted != id && *wanted != CHK_FINDING_COUNT)
		wanted++;
	return *wanted == id;
}

static void say_alone(struct chk_audit *audit, const struct chk_item *item,
		      const struct chk_alone_terms *terms,
		      const struct chk_alone *found)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer words = { 0 };
	struct chk_finding_node *node;

	found->tell(item->cert, terms, &words);
	node = chk_audit_say(audit, found->id, item, "%s %s",
			     chk_words_cert(audit->arena, item->cert),
			     words.data ? words.data : "");
	if (node)
		node->finding.severity = found->severity;
	audit->arena->failed |= words.failed;
}

void chk_audit_alone(struct chk_audit *audit, const struct chk_item *item,
		     const enum chk_finding_id *wanted)
{
	const struct chk_alone_terms terms = {
		.at = audit->at,
		.warning = audit->question->warning_days * DAY,
		.critical = audit->question->critical_days * DAY,
		.strength = chk_strength_find("medium"),
	};
	struct chk_alone found[CHK_ALONE_MOST];
	size_t count = chk_alone_check(item->cert, &terms, found);

	for (size_t i = 0; i < count; i++) {
		if (is_wanted(wanted, found[i].id))
			say_alone(audit, item, &terms, &found[i]);
	}
}

static const struct chk_finding *finding_of(const struct chk_said_node *said)
{
	return said->node ? &said->node->finding : said->taken;
}

static bool is_said(const struct chk_audit *audit,
		    const struct chk_finding *finding)
{
	for (size_t i = 0; i < audit->said_count; i++) {
		const struct chk_finding *other = finding_of(&audit->said[i]);

		if (other && strcmp(other->code, finding->code) == 0 &&
		    other->message && finding->message &&
		    strcmp(other->message, finding->message) == 0)
			return true;
	}
	return false;
}

void chk_audit_take(struct chk_audit *audit, const struct chk_finding *finding)
{
	const struct chk_item *item =
		chk_contents_find(audit->contents, finding->about.cert);
	struct chk_said_node *said;

	if (is_said(audit, finding))
		return;
	said = add(audit);
	if (!said)
		return;
	said->taken = finding;
	said->line = item ? item->line : 0;
	said->alias = item ? item->alias : NULL;
}

bool chk_audit_keep(struct chk_audit *audit, struct chk_report *report)
{
	struct chk_audited *audited = audit->audited;

	if (!chk_array_grow(&audited->reports, audited->report_count,
			    &audited->report_room,
			    sizeof(struct chk_report *)))
		return chk_error_memory(audit->error);
	audited->reports[audited->report_count++] = report;
	return true;
}

/* Errors first, then by the place in the file; equal ones as they were said. */
static bool is_behind(const struct chk_audit_finding *a,
		      const struct chk_audit_finding *b)
{
	if (a->finding.severity != b->finding.severity)
		return a->finding.severity < b->finding.severity;
	return a->line > b->line;
}

/* Merges two sorted halves; corpora have many findings. */
static void merge(struct chk_audit_finding *items, size_t middle, size_t count,
		  struct chk_audit_finding *room)
{
	size_t left = 0, right = middle, at = 0;

	while (left < middle && right < count)
		room[at++] = is_behind(&items[left], &items[right]) ?
			     items[right++] : items[left++];
	while (left < middle)
		room[at++] = items[left++];
	memcpy(items, room, at * sizeof(*items));
}

static void sort(struct chk_audit_finding *items, size_t count,
		 struct chk_audit_finding *room)
{
	if (count < 2)
		return;
	sort(items, count / 2, room);
	sort(items + count / 2, count - count / 2, room);
	merge(items, count / 2, count, room);
}

void chk_audit_finish(struct chk_audit *audit)
{
	struct chk_audited *audited = audit->audited;
	struct chk_audit_finding *room =
		chk_arena_array(audit->arena, audit->said_count, sizeof(*room));

	audited->findings = chk_arena_array(audit->arena, audit->said_count,
					    sizeof(*room));
	if (!room || !audited->findings)
		return;
	for (size_t i = 0; i < audit->said_count; i++) {
		const struct chk_said_node *said = &audit->said[i];

		if (!finding_of(said))
			continue;
		audited->findings[audited->finding_count++] =
			(struct chk_audit_finding){
				.finding = *finding_of(said),
				.path = audited->path,
				.line = said->line,
				.alias = said->alias,
			};
	}
	sort(audited->findings, audited->finding_count, room);
	for (size_t i = 0; i < audited->finding_count; i++)
		audited->findings[i].finding.primary =
			i == 0 && audited->findings[0].finding.severity ==
					  CHK_SEVERITY_ERROR;
}
