/* lib/audit/baseline_file.c: a baseline as a file; chaincheck/baseline.h. */
#include "audit/baseline.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/file.h"
#include "base/when.h"
#include "cert/cert.h"
#include "cert/dn.h"

#define DAY INT64_C(86400)
#define PATH "path:"

static bool is_sha256(const char *text)
{
	return strspn(text, "0123456789abcdef") == 64 && !text[64];
}

/* A day alone, "2027-03-31", to its last second. */
static bool read_day(const char *text, int64_t *until)
{
	if (strlen(text) != 10 || !chk_when_parse(text, 0, until))
		return false;
	*until += DAY - 1;
	return true;
}

/* Cuts the line at its tabs; NULL, or what is wrong with it. */
static const char *read_entry(char *line, struct chk_baseline_entry *entry)
{
	char *fields[4] = { line };

	for (size_t i = 1; i < CHK_COUNT(fields); i++) {
		char *tab = strchr(fields[i - 1], '\t');

		if (!tab)
			return "is not code, certificate or path, day and "
			       "reason with tabs between";
		*tab = '\0';
		fields[i] = tab + 1;
	}
	entry->code = fields[0];
	entry->what = fields[1];
	entry->reason = fields[3];
	if (!chk_explain(entry->code))
		return "begins with no code of a finding";
	if (!is_sha256(entry->what) &&
	    (strncmp(entry->what, PATH, strlen(PATH)) != 0 ||
	     !entry->what[strlen(PATH)]))
		return "names neither a SHA-256 nor path:FILE";
	if (!read_day(fields[2], &entry->until))
		return "has no day such as 2027-03-31";
	return entry->reason[strspn(entry->reason, " \t")] ?
		       NULL : "gives no reason";
}

static bool read_line(struct chk_baseline *baseline, char *line,
		      unsigned long number, struct chk_error *error)
{
	struct chk_baseline_entry entry = { .line = number };
	size_t size = strlen(line);
	const char *why;

	if (size && line[size - 1] == '\r')
		line[size - 1] = '\0';
	if (*line == '#' || !line[strspn(line, " \t")])
		return true;
	why = read_entry(line, &entry);
	if (why)
		return chk_error_set(error, CHK_ERROR_FORMAT, baseline->path,
				     "line %lu %s", number, why);
	return chk_baseline_put(baseline, &entry) || chk_error_memory(error);
}

/* A NUL would end a line too soon, and belongs into no text. */
static bool read_lines(struct chk_baseline *baseline, char *text, size_t size,
		       struct chk_error *error)
{
	unsigned long number = 0;

	if (memchr(text, '\0', size))
		return chk_error_set(error, CHK_ERROR_FORMAT, baseline->path,
				     "is no text");
	while (*text) {
		char *end = strchr(text, '\n');
		char *next = end ? end + 1 : text + strlen(text);

		if (end)
			*end = '\0';
		if (!read_line(baseline, text, ++number, error))
			return false;
		text = next;
	}
	return true;
}

static bool read_into(struct chk_baseline *baseline, const char *path,
		      struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size;

	baseline->path = chk_arena_text(&baseline->arena, path);
	return baseline->path ?
		       chk_file_read(path, &data, &size, error) &&
			       read_lines(baseline, (char *)data, size,
					  error) :
		       chk_error_memory(error);
}

bool chk_baseline_read(const char *path, struct chk_baseline **baseline,
		       struct chk_error *error)
{
	struct chk_baseline *made = chk_baseline_new();

	*baseline = NULL;
	if (!made)
		return chk_error_memory(error);
	if (!read_into(made, path, error)) {
		chk_baseline_free(made);
		return false;
	}
	*baseline = made;
	return true;
}

/* Whose SHA-256 it is, and where it was found. */
static void describe(struct chk_buffer *comment,
		     const struct chk_audit_finding *found)
{
	comment->size = 0;
	if (found->finding.about.cert) {
		chk_dn_short(comment, found->finding.about.cert->subject);
		chk_buffer_text(comment, " in ");
	}
	chk_buffer_text(comment, found->path);
}

static bool add_one(struct chk_baseline *baseline,
		    const struct chk_audit_finding *found, int64_t until)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer what = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer comment = { 0 };
	struct chk_baseline_entry entry = {
		.code = found->finding.code,
		.until = found->accepted ? found->until : until,
		.reason = found->accepted ? found->reason :
			  "say why, and until when",
	};

	describe(&comment, found);
	if (comment.failed || !chk_baseline_what(found, &what))
		return false;
	entry.what = what.data;
	entry.comment = comment.data;
	return chk_baseline_find(baseline, entry.code, entry.what) ||
	       chk_baseline_put(baseline, &entry);
}

bool chk_baseline_add(struct chk_baseline *baseline,
		      const struct chk_audited *audited, int64_t until,
		      struct chk_error *error)
{
	for (size_t i = 0; i < chk_audited_finding_count(audited); i++) {
		const struct chk_audit_finding *found =
			chk_audited_finding(audited, i);

		if (found->finding.severity != CHK_SEVERITY_NOTE &&
		    !add_one(baseline, found, until))
			return chk_error_memory(error);
	}
	return true;
}

bool chk_baseline_text(const struct chk_baseline *baseline, char **text,
		       struct chk_error *error)
{
	struct chk_buffer buffer = { 0 };
	char until[CHK_WHEN_SIZE];

	chk_buffer_text(&buffer, "# Findings of chaincheck audit that are "
			"accepted: code, SHA-256 of the\n# certificate or "
			"path:FILE, last day, reason; tabs between.\n");
	for (size_t i = 0; i < baseline->count; i++) {
		const struct chk_baseline_entry *entry = &baseline->entries[i];

		if (entry->comment)
			chk_buffer_format(&buffer, "# %s\n", entry->comment);
		chk_when_text(entry->until, until);
		chk_buffer_format(&buffer, "%s\t%s\t%.10s\t%s\n", entry->code,
				  entry->what, until, entry->reason);
	}
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
