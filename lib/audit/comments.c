/*
 * lib/audit/comments.c: what stands above a certificate and speaks of another:
 * a subject or a fingerprint, as openssl, certifi and Mozilla's list write
 * them.
 */
#include "audit/audit.h"

#include "base/ascii.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "base/text.h"
#include "cert/dn.h"
#include "diagnosis/words.h"

/* Lines above a certificate that are looked at, from the nearest on. */
enum { LINES_MAX = 200, LINE_MAX_SIZE = 1000 };

/* The last line without its end; `text` is cut before it. */
static struct chk_bytes last_line(struct chk_bytes *text)
{
	size_t end = text->size, begin;

	if (end > 0 && text->data[end - 1] == '\n')
		end--;
	if (end > 0 && text->data[end - 1] == '\r')
		end--;
	begin = end;
	while (begin > 0 && text->data[begin - 1] != '\n')
		begin--;
	text->size = begin;
	return chk_bytes_of(text->data + begin, end - begin);
}

/* What stands behind `word` and a colon or "="; .data NULL: it does not. */
static struct chk_bytes value_of(struct chk_bytes line, const char *word)
{
	size_t size = strlen(word);

	while (line.size && strchr("# \t", line.data[0]))
		line = chk_bytes_skip(line, 1);
	if (line.size <= size || !chk_ascii_equal(chk_bytes_of(line.data, size),
						  chk_bytes_text(word)))
		return (struct chk_bytes){ 0 };
	line = chk_bytes_skip(line, size);
	while (line.size && line.data[0] == ' ')
		line = chk_bytes_skip(line, 1);
	if (!line.size || (line.data[0] != ':' && line.data[0] != '='))
		return (struct chk_bytes){ 0 };
	return chk_bytes_skip(line, 1);
}

/* Another attribute begins here, " OU=" or ", O = " or "/O=". */
static bool is_next(struct chk_bytes text)
{
	size_t size = 1;

	if (text.data[0] == ',' || text.data[0] == '/')
		return true;
	if (text.data[0] != ' ')
		return false;
	while (size < text.size && text.data[size] >= 'A' &&
	       text.data[size] <= 'Z')
		size++;
	return size > 1 && size < text.size && text.data[size] == '=';
}

/* "CN = Test Root, O = ..." or "/CN=Test Root/O=...": the common name. */
static struct chk_bytes common_name(struct chk_bytes subject)
{
	const uint8_t *at = chk_bytes_find(subject, "CN");
	struct chk_bytes name;
	size_t size = 0;

	if (!at)
		return (struct chk_bytes){ 0 };
	name = chk_bytes_skip(subject, (size_t)(at - subject.data) + 2);
	while (name.size && (name.data[0] == ' ' || name.data[0] == '='))
		name = chk_bytes_skip(name, 1);
	while (size < name.size && !is_next(chk_bytes_skip(name, size)))
		size++;
	while (size > 0 && name.data[size - 1] == ' ')
		size--;
	return chk_bytes_of(name.data, size);
}

static bool is_short_name(const struct chk_cert *cert, struct chk_bytes name)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer own = { 0 };

	chk_dn_short(&own, cert->subject);
	/* What was cut, or has several ways to be written, tells nothing. */
	return !own.data || strpbrk(own.data, ",/\\\"=+") ||
	       !chk_ascii_is_all(own.data) ||
	       chk_ascii_equal(chk_bytes_of(own.data, own.size), name);
}

/* The hexadecimal digits of a line, colons and blanks left out. */
static size_t digits_of(struct chk_bytes text, char *digits, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++) {
		uint8_t c = text.data[i];

		if (c == ':' || c == ' ')
			continue;
		if (!strchr("0123456789abcdefABCDEF", c) || !c ||
		    count + 1 >= room)
			return 0;
		digits[count++] = (char)chk_ascii_lower(c);
	}
	digits[count] = '\0';
	return count;
}

static bool is_fingerprint(const struct chk_cert *cert, struct chk_bytes said,
			   bool sha256)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer own = { 0 };
	size_t size = sha256 ? 32 : 20;
	uint8_t digest[32];
	char digits[80];

	if (digits_of(said, digits, sizeof(digits)) != 2 * size)
		return true; /* it is none */
	if (sha256)
		chk_digest_sha256(cert->der, digest);
	else
		chk_digest_sha1(cert->der, digest);
	chk_text_hex(&own, chk_bytes_of(digest, size), 0);
	return !own.data || strcmp(own.data, digits) == 0;
}

static const struct {
	const char *word;
	enum { SUBJECT, SHA256, SHA1 } kind;
} WORDS[] = {
	{ "subject", SUBJECT },
	{ "SHA256 Fingerprint", SHA256 },
	{ "SHA-256 Fingerprint", SHA256 },
	{ "SHA256", SHA256 },
	{ "SHA-256", SHA256 },
	{ "SHA1 Fingerprint", SHA1 },
	{ "SHA-1 Fingerprint", SHA1 },
};

/* Is the line true of the certificate, or no such line? */
static bool is_true(const struct chk_cert *cert, struct chk_bytes line)
{
	for (size_t i = 0; i < CHK_COUNT(WORDS); i++) {
		struct chk_bytes said = value_of(line, WORDS[i].word);

		if (!said.data)
			continue;
		if (WORDS[i].kind != SUBJECT)
			return is_fingerprint(cert, said,
					      WORDS[i].kind == SHA256);
		said = common_name(said);
		return !said.size || is_short_name(cert, said);
	}
	return true;
}

void chk_audit_comments(struct chk_audit *audit, const struct chk_item *item)
{
	struct chk_bytes above = item->above;

	/* Behind an empty line the file as a whole is spoken of. */
	for (size_t i = 0; above.size && i < LINES_MAX; i++) {
		struct chk_bytes line = last_line(&above);

		if (line.size == 0)
			return;
		if (line.size > LINE_MAX_SIZE || is_true(item->cert, line))
			continue;
		chk_audit_say(audit, CHK_FINDING_BUNDLE_COMMENT, item,
			      "the comment above says \"%s\", and beneath it "
			      "stands %s",
			      chk_words_bytes(audit->arena, line),
			      chk_words_cert(audit->arena, item->cert));
		return;
	}
}
