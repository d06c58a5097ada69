/* lib/audit/pem_faults.c: how PEM is written, and who can read it so. */
#include "audit/pem_faults.h"

#include "base/bytes.h"

#define DASHES "-----"

struct row {
	const char *fault;
	enum chk_pem_effect openssl, gnutls, node, go, java;
	const char *words;
	const char *source;
};

static const struct row ROWS[] = {
#include "data/pem_readers.inc"
};

_Static_assert(CHK_COUNT(ROWS) == CHK_PEM_FAULTS,
	       "a row of pem_readers.tsv for each fault");

static const struct {
	const char *name;
	size_t at; /* in a row */
} READERS[CHK_PEM_READERS] = {
	{ "OpenSSL", offsetof(struct row, openssl) },
	{ "GnuTLS", offsetof(struct row, gnutls) },
	{ "Node", offsetof(struct row, node) },
	{ "Go", offsetof(struct row, go) },
	{ "Java", offsetof(struct row, java) },
};

const char *chk_pem_reader_name(size_t reader)
{
	return READERS[reader].name;
}

const char *chk_pem_fault_words(enum chk_pem_fault fault)
{
	return ROWS[fault].words;
}

enum chk_pem_effect chk_pem_effect(enum chk_pem_fault fault, size_t reader)
{
	return *(const enum chk_pem_effect *)((const char *)&ROWS[fault] +
					      READERS[reader].at);
}

/* What pem.c says of a block. */
static const struct {
	const char *words;
	enum chk_pem_fault fault;
} SAID[] = {
	{ "END is missing", CHK_PEM_CUT },
	{ "the BEGIN line is cut off", CHK_PEM_CUT },
	{ "END is not of the same kind as BEGIN", CHK_PEM_LABEL },
	{ "not base64", CHK_PEM_BASE64 },
	{ "base64 ends early", CHK_PEM_BASE64 },
	{ "nothing between BEGIN and END", CHK_PEM_BASE64 },
};

static enum chk_pem_fault fault_said(const struct chk_item *item)
{
	for (size_t i = 0; i < CHK_COUNT(SAID); i++) {
		if (strcmp(SAID[i].words, item->fault) == 0)
			return SAID[i].fault;
	}
	return CHK_PEM_BROKEN;
}

/* What stands on the line of BEGIN, before it. */
static uint32_t before_begin(const struct chk_contents *contents,
			     const struct chk_item *item)
{
	const uint8_t *begin = item->text.data, *at = begin;
	struct chk_bytes line;

	while (at > contents->data && at[-1] != '\n' && at[-1] != '\r')
		at--;
	line = chk_bytes_of(at, (size_t)(begin - at));
	if (line.size == 0)
		return at > contents->data && at[-1] == '\r' ?
			       1u << CHK_PEM_RETURN : 0;
	if (chk_bytes_begin_with(line, "\xef\xbb\xbf"))
		return 1u << CHK_PEM_BOM;
	if (memchr(line.data, '\0', line.size))
		return 1u << CHK_PEM_NUL;
	while (at < begin && (*at == ' ' || *at == '\t'))
		at++;
	return 1u << (at == begin ? CHK_PEM_INDENTED : CHK_PEM_BEFORE);
}

/* What stands on the line of END, behind it. */
static bool is_behind(const struct chk_contents *contents,
		      const struct chk_item *item)
{
	const uint8_t *end = contents->data + contents->size;
	const uint8_t *at = item->text.data + item->text.size;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at < end && *at != '\n' && *at != '\r';
}

/* A CR that no LF stands behind. */
static bool has_return(struct chk_bytes text, const uint8_t *end)
{
	const uint8_t *at = text.data, *stop = text.data + text.size;

	while ((at = memchr(at, '\r', (size_t)(stop - at))) != NULL) {
		at++;
		if (at == end || *at != '\n')
			return true;
		if (at == stop)
			break;
	}
	return false;
}

/* The lines between BEGIN and END. */
static uint32_t within(struct chk_bytes text)
{
	const uint8_t *line = memchr(text.data, '\n', text.size);
	const uint8_t *end = text.data + text.size;
	const uint8_t *first = chk_bytes_find(chk_bytes_skip(text,
							     strlen(DASHES)),
					      DASHES);
	const uint8_t *body = first ? first + strlen(DASHES) : end;
	uint32_t faults = 0;

	for (const uint8_t *at = body; at < end && at != line; at++) {
		if (*at != ' ' && *at != '\t' && *at != '\r')
			faults |= 1u << CHK_PEM_CRAMMED;
	}
	for (; line && line + 1 < end; line = memchr(line, '\n',
						     (size_t)(end - line))) {
		line++;
		if (line < end && (*line == '\n' ||
				   (*line == '\r' && line + 1 < end &&
				    line[1] == '\n')))
			faults |= 1u << CHK_PEM_HOLLOW;
	}
	return faults;
}

static uint32_t of_writing(const struct chk_contents *contents,
			   const struct chk_item *item)
{
	const uint8_t *end = contents->data + contents->size;
	uint32_t faults = before_begin(contents, item);

	if (is_behind(contents, item))
		faults |= 1u << CHK_PEM_BEHIND;
	if (has_return(item->text, end))
		faults |= 1u << CHK_PEM_RETURN;
	else if (item->text.size > 2 * strlen(DASHES))
		faults |= within(item->text);
	if (chk_bytes_begin_with(item->text, "-----BEGIN X509 "))
		faults |= 1u << CHK_PEM_NAMED;
	return faults;
}

/* Of what is no certificate, and no harm where a server reads it. */
static uint32_t of_kind(const struct chk_item *item)
{
	switch (item->kind) {
	case CHK_ITEM_CERT:
		return item->trusted_label ? 1u << CHK_PEM_TRUSTED : 0;
	case CHK_ITEM_KEY:
		return 1u << CHK_PEM_KEY;
	case CHK_ITEM_REQUEST:
		return 1u << CHK_PEM_REQUEST;
	default:
		return 1u << CHK_PEM_OTHER;
	}
}

/* Behind the last block nobody else looks. */
static bool is_end_stray(const struct chk_contents *contents, size_t i)
{
	const struct chk_item *item = &contents->items[i];
	const uint8_t *end = contents->data + contents->size;
	const uint8_t *behind = item->text.data + item->text.size;
	struct chk_bytes rest = chk_bytes_of(behind, (size_t)(end - behind));

	return (item->above.size && chk_bytes_find(item->above, "-----END ")) ||
	       (i + 1 == contents->count && !item->fault && rest.size &&
		chk_bytes_find(rest, "-----END "));
}

uint32_t chk_pem_faults(const struct chk_contents *contents, size_t i)
{
	const struct chk_item *item = &contents->items[i];
	uint32_t faults = of_kind(item);

	if (is_end_stray(contents, i))
		faults |= 1u << CHK_PEM_STRAY;
	if (item->kind != CHK_ITEM_CERT)
		return faults;
	if (item->fault)
		return faults | 1u << fault_said(item) |
		       before_begin(contents, item);
	faults |= of_writing(contents, item);
	/* Those are told by themselves, and by less. */
	if (memchr(item->text.data, ':', item->text.size))
		faults = (faults & ~(1u << CHK_PEM_HOLLOW)) |
			 1u << CHK_PEM_HEADER;
	return faults;
}

static enum chk_pem_effect worst(uint32_t faults, size_t reader)
{
	enum chk_pem_effect effect = CHK_EFFECT_OK;

	for (size_t i = 0; i < CHK_PEM_FAULTS; i++) {
		enum chk_pem_effect other =
			chk_pem_effect((enum chk_pem_fault)i, reader);

		if ((faults & 1u << i) && other > effect)
			effect = other;
	}
	return effect;
}

void chk_pem_take(const struct chk_contents *contents, const uint32_t *faults,
		  struct chk_pem_taken taken[CHK_PEM_READERS])
{
	for (size_t reader = 0; reader < CHK_PEM_READERS; reader++) {
		enum chk_pem_effect effect = CHK_EFFECT_OK;
		bool stopped = false;

		taken[reader] = (struct chk_pem_taken){ 0 };
		for (size_t i = 0; i < contents->count; i++) {
			effect = worst(faults[i], reader);
			stopped |= effect == CHK_EFFECT_REST;
			taken[reader].refused |= effect == CHK_EFFECT_FILE;
			taken[reader].count +=
				contents->items[i].kind == CHK_ITEM_CERT &&
				effect == CHK_EFFECT_OK && !stopped;
		}
		if (taken[reader].refused)
			taken[reader].count = 0;
	}
}
