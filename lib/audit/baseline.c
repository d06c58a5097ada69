/* lib/audit/baseline.c: findings that are known and accepted. */
#include "audit/baseline.h"

#include <stdlib.h>

#include "audit/audit.h"
#include "base/array.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "base/when.h"
#include "diagnosis/words.h"

struct chk_baseline *chk_baseline_new(void)
{
	return calloc(1, sizeof(struct chk_baseline));
}

void chk_baseline_free(struct chk_baseline *baseline)
{
	if (!baseline)
		return;
	chk_arena_clear(&baseline->arena);
	chk_map_clear(&baseline->by_what);
	free(baseline->entries);
	free(baseline);
}

static uint64_t hash_of(const char *code, const char *what)
{
	return chk_bytes_hash(chk_bytes_text(code)) * 31 +
	       chk_bytes_hash(chk_bytes_text(what));
}

struct chk_baseline_entry *
chk_baseline_find(const struct chk_baseline *baseline, const char *code,
		  const char *what)
{
	size_t cursor = 0;
	uint32_t i;

	while (chk_map_find(&baseline->by_what, hash_of(code, what), &cursor,
			    &i)) {
		struct chk_baseline_entry *entry = &baseline->entries[i];

		if (strcmp(entry->code, code) == 0 &&
		    strcmp(entry->what, what) == 0)
			return entry;
	}
	return NULL;
}

bool chk_baseline_put(struct chk_baseline *baseline,
		      const struct chk_baseline_entry *entry)
{
	struct chk_baseline_entry copy = *entry;

	copy.code = chk_arena_text(&baseline->arena, entry->code);
	copy.what = chk_arena_text(&baseline->arena, entry->what);
	copy.reason = chk_arena_text(&baseline->arena, entry->reason);
	if (entry->comment)
		copy.comment = chk_arena_text(&baseline->arena,
					      entry->comment);
	if (baseline->arena.failed ||
	    !chk_array_grow(&baseline->entries, baseline->count,
			    &baseline->room, sizeof(copy)) ||
	    !chk_map_add(&baseline->by_what, hash_of(copy.code, copy.what),
			 (uint32_t)baseline->count))
		return false;
	baseline->entries[baseline->count++] = copy;
	return true;
}

bool chk_baseline_what(const struct chk_audit_finding *found,
		       struct chk_buffer *what)
{
	uint8_t sha256[32];

	what->size = 0;
	if (found->finding.about.cert) {
		chk_cert_sha256(found->finding.about.cert, sha256);
		chk_text_hex(what, chk_bytes_of(sha256, sizeof(sha256)), 0);
	} else {
		const char *path = found->path;

		while (strncmp(path, "./", 2) == 0)
			path += 2;
		chk_buffer_format(what, "path:%s", path);
	}
	return !what->failed;
}

static void accept_one(struct chk_audited *audited,
		       struct chk_audit_finding *found,
		       struct chk_baseline_entry *entry, int64_t at)
{
	entry->met = true;
	if (at > entry->until)
		return;
	found->accepted = true;
	found->until = entry->until;
	found->reason = chk_arena_text(&audited->report->arena,
				       entry->reason);
}

bool chk_baseline_accept(struct chk_baseline *baseline,
			 struct chk_audited *audited, int64_t at,
			 struct chk_error *error)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer what = { 0 };

	for (size_t i = 0; i < audited->finding_count; i++) {
		struct chk_audit_finding *found = &audited->findings[i];
		struct chk_baseline_entry *entry;

		if (!chk_baseline_what(found, &what))
			return chk_error_memory(error);
		entry = chk_baseline_find(baseline, found->finding.code,
					  what.data);
		if (entry)
			accept_one(audited, found, entry, at);
	}
	return !audited->report->arena.failed || chk_error_memory(error);
}

static void say_entry(struct chk_audit *audit,
		      const struct chk_baseline_entry *entry)
{
	const char *what = chk_words_escape(audit->arena, entry->what);

	if (audit->at > entry->until)
		chk_audit_say(audit, CHK_FINDING_BASELINE_EXPIRED, NULL,
			      "%s of %s was accepted until %s and is not any "
			      "more", entry->code, what,
			      chk_words_day(audit->arena, entry->until));
	else if (!entry->met)
		chk_audit_say(audit, CHK_FINDING_BASELINE_UNUSED, NULL,
			      "%s of %s is accepted, and was not found in what "
			      "was audited", entry->code, what);
	else
		return;
	chk_audit_set_line(audit, entry->line);
}

static bool say_all(struct chk_audit *audit, const void *self)
{
	const struct chk_baseline *baseline = self;

	for (size_t i = 0; i < baseline->count; i++)
		say_entry(audit, &baseline->entries[i]);
	return true;
}

bool chk_baseline_judge(const struct chk_baseline *baseline, int64_t at,
			struct chk_audited **audited, struct chk_error *error)
{
	const struct chk_audit_question question = { .at = at, .at_set = true };
	const struct chk_audit_subject subject = {
		.path = baseline->path ? baseline->path : "",
		.bundle = CHK_BUNDLE_BASELINE,
		.judge = say_all, .self = baseline,
	};

	return chk_audit_subject(&subject, &question, audited, error);
}
