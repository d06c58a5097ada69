/*
 * lib/store/read_certdata.c: certdata.txt, the list that Mozilla's roots are
 * built from: a line an attribute, octets in lines of their own, and an object
 * from one CKA_CLASS to the next.
 */
#include "store/format.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "store/nss_objects.h"

/*
 * Both kinds of trust object call some attributes by one name; the class of
 * the object then tells which is meant, and both get it.
 */
static const struct attribute {
	const char *name;
	unsigned int at; /* in the row, or in the part of a kind */
	bool of_kind;
} ATTRIBUTES[] = {
	{ "CKA_CLASS", CHK_NSS_CLASS, false },
	{ "CKA_LABEL", CHK_NSS_LABEL, false },
	{ "CKA_VALUE", CHK_NSS_VALUE, false },
	{ "CKA_ISSUER", CHK_NSS_ISSUER, false },
	{ "CKA_SERIAL_NUMBER", CHK_NSS_SERIAL, false },
	{ "CKA_NSS_SERVER_DISTRUST_AFTER", CHK_NSS_SERVER_DATE, false },
	{ "CKA_NSS_EMAIL_DISTRUST_AFTER", CHK_NSS_EMAIL_DATE, false },
	{ "CKA_CERT_SHA1_HASH", 0, true },
	{ "CKA_NSS_CERT_SHA1_HASH", 0, true },
	{ "CKA_HASH_OF_CERTIFICATE", 0, true },
	{ "CKA_TRUST_SERVER_AUTH", 1, true },
	{ "CKA_NSS_TRUST_SERVER_AUTH", 1, true },
	{ "CKA_PKCS_TRUST_SERVER_AUTH", 1, true },
	{ "CKA_TRUST_CLIENT_AUTH", 2, true },
	{ "CKA_NSS_TRUST_CLIENT_AUTH", 2, true },
	{ "CKA_PKCS_TRUST_CLIENT_AUTH", 2, true },
	{ "CKA_TRUST_EMAIL_PROTECTION", 3, true },
	{ "CKA_NSS_TRUST_EMAIL_PROTECTION", 3, true },
	{ "CKA_PKCS_TRUST_EMAIL_PROTECTION", 3, true },
	{ "CKA_TRUST_CODE_SIGNING", 4, true },
	{ "CKA_NSS_TRUST_CODE_SIGNING", 4, true },
	{ "CKA_PKCS_TRUST_CODE_SIGNING", 4, true },
	{ "CKA_TRUST_TIME_STAMPING", 5, true },
	{ "CKA_NSS_TRUST_TIME_STAMPING", 5, true },
	{ "CKA_PKCS_TRUST_TIME_STAMPING", 5, true },
};

/* Names of numbers; those of before 2012 are Netscape's. */
static const struct {
	const char *name;
	uint32_t value;
} NUMBERS[] = {
	{ "CKO_CERTIFICATE", CHK_NSS_CLASS_CERTIFICATE },
	{ "CKO_TRUST", 0x0b },
	{ "CKO_NSS_TRUST", 0xce534353 },
	{ "CKO_NETSCAPE_TRUST", 0xce534353 },
	{ "CKO_NSS_BUILTIN_ROOT_LIST", 0xce534354 },
	{ "CKO_NETSCAPE_BUILTIN_ROOT_LIST", 0xce534354 },
	{ "CKT_NSS_TRUSTED", 0xce534351 },
	{ "CKT_NETSCAPE_TRUSTED", 0xce534351 },
	{ "CKT_NSS_TRUSTED_DELEGATOR", 0xce534352 },
	{ "CKT_NETSCAPE_TRUSTED_DELEGATOR", 0xce534352 },
	{ "CKT_NSS_MUST_VERIFY_TRUST", 0xce534353 },
	{ "CKT_NSS_MUST_VERIFY", 0xce534354 },
	{ "CKT_NETSCAPE_MUST_VERIFY", 0xce534354 },
	{ "CKT_NSS_TRUST_UNKNOWN", 0xce534355 },
	{ "CKT_NETSCAPE_TRUST_UNKNOWN", 0xce534355 },
	{ "CKT_NSS_NOT_TRUSTED", 0xce53435a },
	/* It came to mean less later on; who wrote it meant distrust. */
	{ "CKT_NSS_UNTRUSTED", 0xce53435a },
	{ "CKT_NETSCAPE_UNTRUSTED", 0xce53435a },
	{ "CKT_NSS_VALID_DELEGATOR", 0xce53435b },
	{ "CKT_TRUST_UNKNOWN", 0 },
	{ "CKT_TRUSTED", 1 },
	{ "CKT_TRUST_ANCHOR", 2 },
	{ "CKT_NOT_TRUSTED", 3 },
	{ "CKT_TRUST_MUST_VERIFY_TRUST", 4 },
};

struct parser {
	struct chk_nss_reading reading;
	const char *name;
	struct chk_bytes rest;
	size_t line, object_line;
	struct chk_arena arena; /* values of one object */
	struct chk_bytes values[CHK_NSS_ATTRIBUTES];
	bool open, broken; /* is there an object, and is it of use? */
};

static void cleanup_parser(struct parser *parser)
{
	chk_nss_reading_clear(&parser->reading);
	chk_arena_clear(&parser->arena);
}

static bool is_blank(uint8_t byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Cuts the next line off, without the blanks around it. False: no more. */
static bool next_line(struct chk_bytes *rest, struct chk_bytes *line)
{
	const uint8_t *end;

	if (rest->size == 0)
		return false;
	end = memchr(rest->data, '\n', rest->size);
	*line = chk_bytes_of(rest->data, end ? (size_t)(end - rest->data) :
					       rest->size);
	*rest = chk_bytes_of(rest->data + line->size + (end != NULL),
			     rest->size - line->size - (end != NULL));
	while (line->size && is_blank(line->data[0]))
		*line = chk_bytes_of(line->data + 1, line->size - 1);
	while (line->size && is_blank(line->data[line->size - 1]))
		line->size--;
	return true;
}

static struct chk_bytes next_word(struct chk_bytes *line)
{
	struct chk_bytes word = { line->data, 0 };

	while (word.size < line->size && !is_blank(line->data[word.size]))
		word.size++;
	*line = chk_bytes_of(line->data + word.size, line->size - word.size);
	while (line->size && is_blank(line->data[0]))
		*line = chk_bytes_of(line->data + 1, line->size - 1);
	return word;
}

static bool is_word(struct chk_bytes bytes, const char *word)
{
	return chk_bytes_equal(bytes, chk_bytes_text(word));
}

static bool is_comment(struct chk_bytes line)
{
	return line.size == 0 || line.data[0] == '#';
}

/* Comments, an old version's id, and then the word that begins the data. */
bool chk_certdata_is(struct chk_bytes bytes)
{
	struct chk_bytes line, rest = bytes;

	while (next_line(&rest, &line)) {
		struct chk_bytes word = next_word(&line);

		if (!is_comment(word) && !is_word(word, "CVS_ID"))
			return is_word(word, "BEGINDATA");
	}
	return false;
}

/* The object cannot be used as it is; false: no memory. */
static bool spoil(struct parser *parser, const char *what)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer where = { 0 };

	parser->broken = true;
	chk_buffer_format(&where, "%s:%zu", parser->name, parser->line);
	return where.data &&
	       chk_store_note_add(parser->reading.store, where.data,
				  "%s; the object is passed over", what);
}

/* Takes what was gathered, if anything. */
static bool flush(struct parser *parser)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer where = { 0 };
	bool ok = true;

	if (parser->open && !parser->broken) {
		chk_buffer_format(&where, "%s:%zu", parser->name,
				  parser->object_line);
		ok = where.data && chk_nss_take(&parser->reading,
						parser->values, where.data);
	}
	chk_arena_clear(&parser->arena);
	memset(parser->values, 0, sizeof(parser->values));
	parser->open = parser->broken = false;
	return ok;
}

static const struct attribute *find_attribute(struct chk_bytes name)
{
	for (size_t i = 0; i < CHK_COUNT(ATTRIBUTES); i++)
		if (is_word(name, ATTRIBUTES[i].name))
			return &ATTRIBUTES[i];
	return NULL;
}

static void set(struct parser *parser, const struct attribute *attribute,
		struct chk_bytes value)
{
	if (!attribute)
		return;
	if (!attribute->of_kind) {
		parser->values[attribute->at] = value;
		return;
	}
	for (size_t i = 0; i < CHK_NSS_KINDS; i++)
		parser->values[CHK_NSS_TRUST + i * CHK_NSS_KIND_SIZE +
			       attribute->at] = value;
}

static bool is_octal(uint8_t digit)
{
	return digit >= '0' && digit <= '7';
}

/* "\060\202"; false: it is something else. */
static bool add_octets(struct chk_bytes line, struct chk_buffer *octets)
{
	const uint8_t *at = line.data, *end = at + line.size;

	for (; end - at >= 4; at += 4) {
		uint8_t octet;

		if (at[0] != '\\' || at[1] > '3' || !is_octal(at[1]) ||
		    !is_octal(at[2]) || !is_octal(at[3]))
			return false;
		octet = (uint8_t)((at[1] - '0') << 6 | (at[2] - '0') << 3 |
				  (at[3] - '0'));
		chk_buffer_add(octets, &octet, 1);
	}
	return at == end;
}

/* Up to the line END, whatever stands before it. */
static bool read_octets(struct parser *parser,
			const struct attribute *attribute)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer octets = { 0 };
	bool good = true;
	struct chk_bytes line;

	while (next_line(&parser->rest, &line)) {
		parser->line++;
		if (is_word(line, "END")) {
			set(parser, attribute, chk_arena_bytes(
				&parser->arena,
				chk_bytes_of(octets.data, octets.size)));
			return !octets.failed && !parser->arena.failed;
		}
		if (good && !add_octets(line, &octets)) {
			good = false;
			if (!spoil(parser, "not octets in octal"))
				return false;
		}
	}
	return spoil(parser, "octets without an END");
}

/* A name that stands for no number here leaves none, and is told. */
static bool read_number(struct parser *parser,
			const struct attribute *attribute,
			struct chk_bytes word)
{
	for (size_t i = 0; i < CHK_COUNT(NUMBERS); i++) {
		uint32_t value = NUMBERS[i].value;
		uint8_t bytes[4] = { (uint8_t)(value >> 24),
				     (uint8_t)(value >> 16),
				     (uint8_t)(value >> 8), (uint8_t)value };

		if (!is_word(word, NUMBERS[i].name))
			continue;
		set(parser, attribute, chk_arena_bytes(
			&parser->arena, chk_bytes_of(bytes, sizeof(bytes))));
		return !parser->arena.failed;
	}
	return !attribute || spoil(parser, "a value that is not known here");
}

/* One line, and what belongs to it. */
static bool read_attribute(struct parser *parser, struct chk_bytes line)
{
	struct chk_bytes name = next_word(&line), type = next_word(&line);
	const struct attribute *attribute = find_attribute(name);

	if (is_word(name, "CKA_CLASS")) {
		if (!flush(parser))
			return false;
		parser->open = true;
		parser->object_line = parser->line;
	}
	if (is_word(type, "MULTILINE_OCTAL"))
		return read_octets(parser, attribute);
	if (is_word(type, "CK_OBJECT_CLASS") || is_word(type, "CK_TRUST"))
		return read_number(parser, attribute, next_word(&line));
	if (is_word(type, "UTF8") || is_word(type, "CK_BBOOL"))
		return true; /* names for people, and dates that are none */
	return !attribute || spoil(parser, "an attribute of an unknown form");
}

static bool read_lines(struct parser *parser)
{
	bool begun = false;
	struct chk_bytes line;

	while (next_line(&parser->rest, &line)) {
		parser->line++;
		if (is_comment(line))
			continue;
		if (begun && !read_attribute(parser, line))
			return false;
		begun |= is_word(line, "BEGINDATA");
	}
	return flush(parser) && chk_nss_end(&parser->reading);
}

bool chk_read_certdata(struct chk_store *store, struct chk_bytes bytes,
		       const char *name,
		       const struct chk_store_options *options,
		       struct chk_error *error)
{
	CHK_CLEANUP(cleanup_parser) struct parser parser = {
		.reading = { .store = store, .first = store->count },
		.name = name, .rest = bytes };

	if (!read_lines(&parser))
		return chk_error_memory(error);
	if (store->count || store->blocked_count)
		return true;
	return chk_error_set(error, CHK_ERROR_EMPTY, name,
			     "no certificate could be read");
}
