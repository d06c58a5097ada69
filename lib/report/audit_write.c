/* lib/report/audit_write.c: a document about many files, piece by piece. */
#include "report/audit_write.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/error.h"

static const struct chk_audit_format *const FORMATS[] = {
	&chk_audit_text,
	&chk_audit_json,
	&chk_audit_jsonl,
	&chk_audit_sarif,
	&chk_audit_junit,
};

static const struct chk_audit_format *find(const char *name)
{
	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++) {
		if (strcmp(FORMATS[i]->name, name) == 0)
			return FORMATS[i];
	}
	return NULL;
}

/* What was made goes out, so that nothing grows with the files. */
static bool flush(struct chk_audit_writer *writer, struct chk_error *error)
{
	struct chk_buffer *buffer = &writer->buffer;
	bool ok = !buffer->failed &&
		  (buffer->size == 0 ||
		   writer->sink.write(writer->sink.self, buffer->data,
				      buffer->size));

	if (buffer->failed)
		chk_error_memory(error);
	else if (!ok)
		chk_error_set(error, CHK_ERROR_WRITE, NULL,
			      "the audit could not be written");
	chk_buffer_clear(buffer);
	return ok;
}

static void begin(struct chk_audit_writer *writer,
		  const struct chk_audit_format *format,
		  const struct chk_write_options *options)
{
	writer->format = format;
	if (options)
		writer->options = *options;
	writer->json.buffer = &writer->buffer;
	if (format->begin)
		format->begin(writer);
}

bool chk_audit_writer_new(const char *format,
			  const struct chk_write_options *options,
			  const struct chk_audit_sink *sink,
			  struct chk_audit_writer **writer,
			  struct chk_error *error)
{
	const struct chk_audit_format *found = find(format);

	*writer = NULL;
	if (!found)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, format,
				     "no such format of an audit");
	*writer = calloc(1, sizeof(**writer));
	if (!*writer)
		return chk_error_memory(error);
	(*writer)->format = found;
	(*writer)->sink = *sink;
	begin(*writer, found, options);
	if (flush(*writer, error))
		return true;
	chk_audit_writer_free(*writer);
	*writer = NULL;
	return false;
}

void chk_audit_sum(struct chk_audit_sums *sums,
		   const struct chk_audited *audited)
{
	sums->files++;
	sums->certs += chk_audited_cert_count(audited);
	for (size_t i = 0; i < chk_audited_finding_count(audited); i++) {
		const struct chk_audit_finding *found =
			chk_audited_finding(audited, i);

		if (found->accepted)
			sums->accepted++;
		else
			sums->findings[found->finding.severity]++;
	}
}

bool chk_audit_writer_add(struct chk_audit_writer *writer,
			  const struct chk_audited *audited,
			  struct chk_error *error)
{
	writer->format->add(writer, audited);
	chk_audit_sum(&writer->sums, audited);
	return flush(writer, error);
}

bool chk_audit_writer_add_report(struct chk_audit_writer *writer,
				 const struct chk_report *report,
				 struct chk_error *error)
{
	if (!writer->format->add_report)
		return chk_error_set(error, CHK_ERROR_ARGUMENT,
				     writer->format->name,
				     "many reports are no one document of this "
				     "format");
	writer->format->add_report(writer, report);
	return flush(writer, error);
}

void chk_audit_write_report(const struct chk_audit_format *format,
			    const struct chk_report *report,
			    const struct chk_write_options *options,
			    struct chk_buffer *buffer)
{
	struct chk_audit_writer writer = { .buffer = *buffer };

	begin(&writer, format, options);
	format->add_report(&writer, report);
	format->end(&writer);
	*buffer = writer.buffer;
}

bool chk_audit_writer_end(struct chk_audit_writer *writer,
			  struct chk_error *error)
{
	if (writer->format->end)
		writer->format->end(writer);
	return flush(writer, error);
}

void chk_audit_writer_free(struct chk_audit_writer *writer)
{
	if (!writer)
		return;
	chk_buffer_clear(&writer->buffer);
	free(writer);
}
