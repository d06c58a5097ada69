/* lib/report/mended.c: a mended bundle as PEM. */
#include <chaincheck/audit.h>

#include "audit/audit.h"
#include "base/error.h"
#include "report/pem_text.h"

/* Behind the headers of an old key stands an empty line. */
static bool is_wanted(struct chk_bytes line, bool header)
{
	return line.size > 0 || header;
}

/* A block line by line, without the blanks around each. */
static void add_block(struct chk_buffer *buffer, struct chk_bytes text)
{
	bool header = false;

	while (text.size) {
		size_t size = 0;
		struct chk_bytes line;

		while (size < text.size && text.data[size] != '\n' &&
		       text.data[size] != '\r')
			size++;
		line = chk_bytes_of(text.data, size);
		text = chk_bytes_skip(text, size);
		if (chk_bytes_begin_with(text, "\r\n"))
			text = chk_bytes_skip(text, 1);
		if (text.size)
			text = chk_bytes_skip(text, 1);
		while (line.size && strchr(" \t", line.data[0]))
			line = chk_bytes_skip(line, 1);
		while (line.size && strchr(" \t", line.data[line.size - 1]))
			line.size--;
		if (!is_wanted(line, header))
			continue;
		header = line.size && memchr(line.data, ':', line.size);
		chk_buffer_add(buffer, line.data, line.size);
		chk_buffer_text(buffer, "\n");
	}
}

static void write_part(struct chk_buffer *buffer,
		       const struct chk_mending *mending,
		       enum chk_mended_part part)
{
	size_t from = part == CHK_MENDED_CHAIN ? 1 : 0;
	size_t to = part == CHK_MENDED_LEAF ? 1 : mending->count;

	/* No comments: some servers and load balancers take none. */
	for (size_t i = from; i < to; i++)
		chk_pem_block(buffer, mending->certs[i]);
	for (size_t i = 0; part == CHK_MENDED_WHOLE && i < mending->key_count;
	     i++)
		add_block(buffer, mending->keys[i]->text);
}

bool chk_audited_mended(const struct chk_audited *audited,
			enum chk_mended_part part, char **text, bool *secret,
			struct chk_error *error)
{
	const struct chk_mending *mending = &audited->mending;
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	*secret = part == CHK_MENDED_WHOLE && mending->key_count > 0;
	if (!mending->changes)
		return chk_error_set(error, CHK_ERROR_UNSUPPORTED,
				     audited->path,
				     "only bundles in PEM or DER are mended");
	if (mending->count == 0 ||
	    (part != CHK_MENDED_WHOLE && !mending->chain))
		return chk_error_set(error, CHK_ERROR_EMPTY, audited->path,
				     "nothing would be left");
	write_part(&buffer, mending, part);
	if (buffer.size == 0 && !buffer.failed)
		chk_buffer_text(&buffer, "");
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}

size_t chk_audited_change_count(const struct chk_audited *audited)
{
	return audited->mending.change_count;
}

const char *chk_audited_change(const struct chk_audited *audited, size_t i)
{
	return i < audited->mending.change_count ?
		       audited->mending.changes[i] : NULL;
}
