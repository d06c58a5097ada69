/* lib/report/audit_json.c: doc/audit.schema.json has it. */
#include "report/audit_write.h"

#include <chaincheck.h>

#include "report/finding_json.h"

static void write_finding(struct chk_json *json,
			  const struct chk_audit_finding *found)
{
	chk_json_object(json, NULL);
	chk_json_finding_members(json, &found->finding);
	if (found->line)
		chk_json_number(json, "line", (int64_t)found->line);
	else
		chk_json_null(json, "line");
	chk_json_text(json, "alias", found->alias);
	chk_json_bool(json, "accepted", found->accepted);
	chk_json_text(json, "reason", found->reason);
	chk_json_end_object(json);
}

static void write_members(struct chk_json *json,
			  const struct chk_audited *audited)
{
	chk_json_text(json, "path", chk_audited_path(audited));
	chk_json_text(json, "bundle",
		      chk_bundle_name(chk_audited_bundle(audited)));
	chk_json_number(json, "certificates",
			(int64_t)chk_audited_cert_count(audited));
	chk_json_array(json, "findings");
	for (size_t i = 0; i < chk_audited_finding_count(audited); i++)
		write_finding(json, chk_audited_finding(audited, i));
	chk_json_end_array(json);
}

static void write_sums(struct chk_json *json,
		       const struct chk_audit_sums *sums)
{
	chk_json_number(json, "files", (int64_t)sums->files);
	chk_json_number(json, "certificates", (int64_t)sums->certs);
	chk_json_number(json, "errors",
			(int64_t)sums->findings[CHK_SEVERITY_ERROR]);
	chk_json_number(json, "warnings",
			(int64_t)sums->findings[CHK_SEVERITY_WARNING]);
	chk_json_number(json, "notes",
			(int64_t)sums->findings[CHK_SEVERITY_NOTE]);
	chk_json_number(json, "accepted", (int64_t)sums->accepted);
}

static void begin(struct chk_audit_writer *writer)
{
	chk_json_object(&writer->json, NULL);
	chk_json_text(&writer->json, "schema", "chaincheck.audit/1");
	chk_json_text(&writer->json, "version", chk_version());
	chk_json_array(&writer->json, "files");
}

static void add(struct chk_audit_writer *writer,
		const struct chk_audited *audited)
{
	chk_json_object(&writer->json, NULL);
	write_members(&writer->json, audited);
	chk_json_end_object(&writer->json);
}

static void end(struct chk_audit_writer *writer)
{
	chk_json_end_array(&writer->json);
	chk_json_object(&writer->json, "summary");
	write_sums(&writer->json, &writer->sums);
	chk_json_end_object(&writer->json);
	chk_json_end_object(&writer->json);
	chk_buffer_text(&writer->buffer, "\n");
}

const struct chk_audit_format chk_audit_json = {
	.name = "json", .begin = begin, .add = add, .end = end,
};

static struct chk_json begin_line(struct chk_audit_writer *writer,
				  const char *schema)
{
	struct chk_json json = { .buffer = &writer->buffer, .one_line = true };

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", schema);
	return json;
}

static void end_line(struct chk_json *json)
{
	chk_json_end_object(json);
	chk_buffer_text(json->buffer, "\n");
}

static void add_line(struct chk_audit_writer *writer,
		     const struct chk_audited *audited)
{
	struct chk_json json = begin_line(writer, "chaincheck.audit.file/1");

	write_members(&json, audited);
	end_line(&json);
}

static void end_lines(struct chk_audit_writer *writer)
{
	struct chk_json json = begin_line(writer, "chaincheck.audit.summary/1");

	write_sums(&json, &writer->sums);
	end_line(&json);
}

const struct chk_audit_format chk_audit_jsonl = {
	.name = "jsonl", .add = add_line, .end = end_lines,
};
