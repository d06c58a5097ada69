/* lib/report/audit_write.c: a document about many files, piece by piece. */
#include "report/audit_write.h"

#include <stdlib.h>

#include "base/bytes.h"
#include "base/error.h"

static const struct chk_audit_format *const FORMATS[] = {
	&chk_audit_text,
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
	if (options)
		(*writer)->options = *options;
	(*writer)->sink = *sink;
	if (found->begin)
		found->begin(*writer);
	if (flush(*writer, error))
		return true;
	chk_audit_writer_free(*writer);
	*writer = NULL;
	return false;
}

bool chk_audit_writer_add(struct chk_audit_writer *writer,
			  const struct chk_audited *audited,
			  struct chk_error *error)
{
	writer->format->add(writer, audited);
	writer->files++;
	return flush(writer, error);
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
