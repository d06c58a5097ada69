/* lib/report/corpus_json.c: a line a certificate; doc/audit.schema.json. */
#include "report/corpus_write.h"

#include "base/text.h"
#include "report/cert_json.h"
#include "report/label.h"

static struct chk_json begin(struct chk_buffer *text, const char *schema)
{
	struct chk_json json = { .buffer = text, .one_line = true };

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", schema);
	return json;
}

static void end(struct chk_json *json)
{
	chk_json_end_object(json);
	chk_buffer_text(json->buffer, "\n");
}

static void write_finding(struct chk_json *json,
			  const struct chk_corpus_told *told,
			  const struct chk_alone *found,
			  const struct chk_alone_terms *terms)
{
	struct chk_buffer words = { 0 };

	if (told->cert)
		found->tell(told->cert, terms, &words);
	chk_json_object(json, NULL);
	chk_json_text(json, "code", chk_finding_facts(found->id)->code);
	chk_json_text(json, "severity", chk_label_severity(found->severity));
	chk_json_text(json, "message", words.data ? words.data : told->fault);
	chk_json_end_object(json);
	json->buffer->failed |= words.failed;
	chk_buffer_clear(&words);
}

/* Of what is no certificate the bytes alone are known. */
static void write_what(struct chk_json *json,
		       const struct chk_corpus_told *told)
{
	if (told->cert) {
		chk_json_object(json, "certificate");
		chk_json_cert_members(json, told->cert);
		chk_json_text(json, "source", told->path);
		chk_json_end_object(json);
		return;
	}
	chk_json_null(json, "certificate");
	chk_json_hex(json, "sha256", told->sha256 ?
		     chk_bytes_of(told->sha256, 32) :
		     (struct chk_bytes){ 0 });
}

static void write_cert(const struct chk_corpus_told *told,
		       const struct chk_alone_terms *terms,
		       const struct chk_write_options *how,
		       struct chk_buffer *text)
{
	struct chk_json json = begin(text, "chaincheck.audit.certificate/1");

	(void)how;
	chk_json_text(&json, "path", told->path);
	if (told->line)
		chk_json_number(&json, "line", (int64_t)told->line);
	else
		chk_json_null(&json, "line");
	write_what(&json, told);
	chk_json_array(&json, "findings");
	for (size_t i = 0; i < told->count; i++)
		write_finding(&json, told, &told->found[i], terms);
	chk_json_end_array(&json);
	end(&json);
}

static void write_note(const char *path, const char *what,
		       const struct chk_write_options *how,
		       struct chk_buffer *text)
{
	struct chk_json json = begin(text, "chaincheck.audit.unread/1");

	(void)how;
	chk_json_text(&json, "path", path);
	chk_json_text(&json, "what", what);
	end(&json);
}

static void write_end(const struct chk_corpus_counts *counts,
		      const struct chk_write_options *how,
		      struct chk_buffer *text)
{
	struct chk_json json = begin(text, "chaincheck.audit.summary/1");

	(void)how;
	chk_json_number(&json, "files", (int64_t)counts->files);
	chk_json_number(&json, "unread", (int64_t)counts->unread);
	chk_json_number(&json, "certificates", (int64_t)counts->certificates);
	chk_json_number(&json, "with_findings",
			(int64_t)counts->with_findings);
	chk_json_number(&json, "errors", (int64_t)counts->errors);
	chk_json_number(&json, "warnings", (int64_t)counts->warnings);
	chk_json_number(&json, "notes", (int64_t)counts->notes);
	chk_json_number(&json, "accepted", 0);
	chk_json_bool(&json, "all_remembered", !counts->forgot);
	end(&json);
}

const struct chk_corpus_writer chk_corpus_jsonl = {
	.cert = write_cert, .note = write_note, .end = write_end,
};
