/*
 * lib/report/audit_sarif.c: SARIF 2.1.0 (OASIS), which code hosts annotate
 * files with. The tool comes behind the results, as JSON allows: only then is
 * it known which rules were met.
 */
#include "report/audit_write.h"

#include <chaincheck.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "base/text.h"
#include "report/label.h"
#include "report/sarif_uri.h"

#define SCHEMA \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/" \
	"sarif-schema-2.1.0.json"

/* A file as the document names it. */
struct place {
	struct chk_buffer uri;
	bool relative;
};

static void begin(struct chk_audit_writer *writer)
{
	struct chk_json *json = &writer->json;

	chk_json_object(json, NULL);
	chk_json_text(json, "$schema", SCHEMA);
	chk_json_text(json, "version", "2.1.0");
	chk_json_array(json, "runs");
	chk_json_object(json, NULL);
	chk_json_array(json, "results");
}

/* Two rows may share a code, and are one rule. */
static size_t rule_of(struct chk_rules *rules, const char *code)
{
	enum chk_finding_id id = chk_finding_find(code);

	for (size_t i = 0; i < rules->count; i++) {
		if (rules->ids[i] == id)
			return i;
	}
	rules->ids[rules->count] = id;
	return rules->count++;
}

static void write_text(struct chk_json *json, const char *name,
		       const char *text)
{
	chk_json_object(json, name);
	chk_json_text(json, "text", text);
	chk_json_end_object(json);
}

/*
 * Sections 3.11.5 and 3.11.6: what looks like a place to be filled in or like a
 * link is neither, least of all in a name that a stranger chose.
 */
static void add_literal(struct chk_buffer *text, const char *words)
{
	for (; *words; words++) {
		if (strchr("[]\\", *words))
			chk_buffer_text(text, "\\");
		else if (*words == '{' || *words == '}')
			chk_buffer_add(text, words, 1);
		chk_buffer_add(text, words, 1);
	}
}

/* Who reads it in a code review is told what to do in the same place. */
static void write_message(struct chk_json *json,
			  const struct chk_finding *finding)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	add_literal(&text, finding->message ? finding->message : "");
	chk_buffer_text(&text, ".");
	for (size_t i = 0; i < finding->remedy_count; i++) {
		const struct chk_remedy *remedy = &finding->remedies[i];

		if (remedy->elsewhere)
			continue;
		chk_buffer_text(&text, "\n");
		add_literal(&text, remedy->text);
		chk_buffer_text(&text, remedy->command ? "\n" : ".");
		add_literal(&text, remedy->command ? remedy->command : "");
	}
	write_text(json, "message", text.data);
	json->buffer->failed |= text.failed;
}

/* Code hosts show nothing without a line, so that of no line is the first. */
static void write_physical(struct chk_json *json, const struct place *place,
			   const struct chk_result *result)
{
	chk_json_object(json, "physicalLocation");
	chk_json_object(json, "artifactLocation");
	chk_json_text(json, "uri", place->uri.data);
	if (place->relative)
		chk_json_text(json, "uriBaseId", "%SRCROOT%");
	chk_json_end_object(json);
	chk_json_object(json, "region");
	chk_json_number(json, "startLine",
			result->line ? (int64_t)result->line : 1);
	chk_json_end_object(json);
	chk_json_end_object(json);
}

static void write_logical(struct chk_json *json, const char *name,
			  const char *kind)
{
	chk_json_array(json, "logicalLocations");
	chk_json_object(json, NULL);
	chk_json_text(json, "fullyQualifiedName", name);
	chk_json_text(json, "kind", kind);
	chk_json_end_object(json);
	chk_json_end_array(json);
}

static void write_location(struct chk_json *json, const struct place *place,
			   const struct chk_result *result)
{
	chk_json_array(json, "locations");
	chk_json_object(json, NULL);
	if (result->path)
		write_physical(json, place, result);
	if (result->alias)
		write_logical(json, result->alias, "member");
	else if (!result->path)
		write_logical(json, result->target, "resource");
	chk_json_end_object(json);
	chk_json_end_array(json);
}

/*
 * What it is and of which certificate, and where only by file or host: lines
 * move, and it is still the same finding.
 */
static void write_fingerprint(struct chk_json *json, const struct place *place,
			      const struct chk_result *result)
{
	const struct chk_finding *finding = result->finding;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	uint8_t digest[32];

	chk_buffer_format(&text, "%s\n%s\n", finding->code,
			  result->path ? place->uri.data : result->target);
	if (finding->about.cert) {
		chk_cert_sha256(finding->about.cert, digest);
		chk_text_hex(&text, chk_bytes_of(digest, sizeof(digest)), 0);
	} else if (finding->about.name) {
		chk_buffer_text(&text, finding->about.name);
	}
	json->buffer->failed |= text.failed;
	chk_digest_sha256(chk_bytes_of(text.data, text.size), digest);
	chk_json_object(json, "partialFingerprints");
	chk_json_hex(json, "chaincheckFinding/v1",
		     chk_bytes_of(digest, sizeof(digest)));
	chk_json_hex(json, "primaryLocationLineHash",
		     chk_bytes_of(digest, 16));
	chk_json_end_object(json);
}

static void write_suppression(struct chk_json *json,
			      const struct chk_result *result)
{
	if (!result->accepted)
		return;
	chk_json_array(json, "suppressions");
	chk_json_object(json, NULL);
	chk_json_text(json, "kind", "external");
	chk_json_text(json, "status", "accepted");
	if (result->reason)
		chk_json_text(json, "justification", result->reason);
	chk_json_end_object(json);
	chk_json_end_array(json);
}

static void write_properties(struct chk_json *json,
			     const struct chk_finding *finding)
{
	uint8_t digest[32];

	chk_json_object(json, "properties");
	chk_json_text(json, "party", chk_label_party(finding->party));
	if (finding->about.cert) {
		chk_cert_sha256(finding->about.cert, digest);
		chk_json_hex(json, "certificateSha256",
			     chk_bytes_of(digest, sizeof(digest)));
	}
	chk_json_end_object(json);
}

/* The words of SARIF for severities are ours. */
static void write_result(struct chk_audit_writer *writer,
			 const struct chk_result *result)
{
	struct chk_json *json = &writer->json;
	const struct chk_finding *finding = result->finding;
	size_t rule = rule_of(&writer->rules, finding->code);
	struct place place = { 0 };

	if (result->path)
		place.relative = chk_sarif_uri(&place.uri, result->path,
					       writer->options.base);
	chk_json_object(json, NULL);
	chk_json_text(json, "ruleId", finding->code);
	chk_json_number(json, "ruleIndex", (int64_t)rule);
	/* Another explanation of the same is no fault of its own. */
	chk_json_text(json, "level", finding->alternative ? "note" :
		      chk_label_severity(finding->severity));
	write_message(json, finding);
	write_location(json, &place, result);
	write_fingerprint(json, &place, result);
	write_suppression(json, result);
	write_properties(json, finding);
	chk_json_end_object(json);
	json->buffer->failed |= place.uri.failed;
	chk_buffer_clear(&place.uri);
}

static void add(struct chk_audit_writer *writer,
		const struct chk_audited *audited)
{
	for (size_t i = 0; i < chk_audited_finding_count(audited); i++) {
		const struct chk_result result =
			chk_result_of(chk_audited_finding(audited, i));

		write_result(writer, &result);
	}
}

static void add_report(struct chk_audit_writer *writer,
		       const struct chk_report *report)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer path = { 0 };

	for (size_t i = 0; i < chk_report_finding_count(report); i++) {
		const struct chk_result result = chk_result_of_report(
			report, chk_report_finding(report, i), &path);

		write_result(writer, &result);
	}
	writer->buffer.failed |= path.failed;
}

/* The first paragraph of a page, on one line; *page moves to its heading. */
static void add_paragraph(struct chk_buffer *text, const char *page)
{
	const char *at = strstr(page, "\n\n");

	for (at = at ? at + 2 : page; *at && strncmp(at, "\n\n", 2); at++)
		chk_buffer_add(text, *at == '\n' ? " " : at, 1);
}

static void write_rule(struct chk_json *json, enum chk_finding_id id)
{
	const struct chk_finding_facts *facts = chk_finding_facts(id);
	const char *page = chk_explain(facts->code);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_text(&text, "");
	add_paragraph(&text, page ? page : "");
	chk_json_object(json, NULL);
	chk_json_text(json, "id", facts->code);
	write_text(json, "shortDescription", text.data);
	write_text(json, "fullDescription", text.data);
	chk_json_object(json, "help");
	chk_json_text(json, "text", page);
	chk_json_text(json, "markdown", page);
	chk_json_end_object(json);
	chk_json_object(json, "defaultConfiguration");
	chk_json_text(json, "level", chk_label_severity(facts->severity));
	chk_json_end_object(json);
	chk_json_object(json, "properties");
	chk_json_array(json, "tags");
	chk_json_text(json, NULL, "security");
	chk_json_text(json, NULL, "certificates");
	chk_json_end_array(json);
	chk_json_end_object(json);
	chk_json_end_object(json);
	json->buffer->failed |= text.failed;
}

static void write_tool(struct chk_json *json, const struct chk_rules *rules)
{
	chk_json_object(json, "tool");
	chk_json_object(json, "driver");
	chk_json_text(json, "name", "chaincheck");
	chk_json_text(json, "version", chk_version());
	chk_json_array(json, "rules");
	for (size_t i = 0; i < rules->count; i++)
		write_rule(json, rules->ids[i]);
	chk_json_end_array(json);
	chk_json_end_object(json);
	chk_json_end_object(json);
}

static void end(struct chk_audit_writer *writer)
{
	struct chk_json *json = &writer->json;

	chk_json_end_array(json);
	write_tool(json, &writer->rules);
	chk_json_text(json, "columnKind", "utf16CodeUnits");
	chk_json_end_object(json);
	chk_json_end_array(json);
	chk_json_end_object(json);
	chk_buffer_text(&writer->buffer, "\n");
}

const struct chk_audit_format chk_audit_sarif = {
	.name = "sarif", .begin = begin, .add = add, .add_report = add_report,
	.end = end,
};
