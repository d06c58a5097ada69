/* lib/fetch/answer_message.c: the messages of a server's first flight. */
#include "base/cleanup.h"
#include "base/text.h"
#include "fetch/answer_reader.h"

#define SERVER_HELLO 2
#define RANDOM_SIZE 32

bool chk_answer_number(struct chk_answer_part *part, const char *what,
		       size_t size, size_t *number)
{
	if (chk_wire_take(&part->rest, size, number))
		return true;
	chk_answer_refuse(part->reader, "the server's %s ends before its %s",
			  part->name, what);
	return false;
}

bool chk_answer_vector(struct chk_answer_part *part, const char *what,
		       size_t size, struct chk_bytes *vector)
{
	size_t length;

	if (!chk_answer_number(part, what, size, &length))
		return false;
	if (length > part->rest.size) {
		chk_answer_refuse(part->reader, "the server's %s claims length "
				  "%zu for its %s, with %zu left", part->name,
				  length, what, part->rest.size);
		return false;
	}
	*vector = chk_bytes_of(part->rest.data, length);
	part->rest = chk_bytes_skip(part->rest, length);
	return true;
}

bool chk_answer_nothing(const struct chk_answer_part *part)
{
	if (!part->rest.size)
		return true;
	chk_answer_refuse(part->reader, "the server's %s goes on behind its "
			  "end", part->name);
	return false;
}

static struct chk_answer_part part_of(struct chk_answer_reader *reader,
				      const char *name, struct chk_bytes rest)
{
	return (struct chk_answer_part){ reader, name, rest };
}

/* SHA-256 of "HelloRetryRequest": RFC 8446 section 4.1.3. */
static bool asks_to_retry(struct chk_bytes random)
{
	static const uint8_t RETRY[RANDOM_SIZE] = {
		0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11,
		0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
		0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e,
		0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
	};

	return chk_bytes_equal(random, chk_bytes_of(RETRY, sizeof(RETRY)));
}

/* RFC 7301 section 3.1: a list of exactly one. */
static void read_alpn(struct chk_answer_part *part)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_answer *answer = part->reader->answer;
	struct chk_bytes list, name;

	if (!chk_answer_vector(part, "list", 2, &list))
		return;
	part->rest = list;
	if (!chk_answer_vector(part, "name", 1, &name) || !name.size)
		return;
	chk_text_escape(&text, name);
	answer->arena.failed |= text.failed;
	if (!text.failed)
		answer->alpn = chk_arena_text(&answer->arena, text.data);
}

static void read_selected_version(struct chk_answer_part *part)
{
	size_t version;

	if (chk_answer_number(part, "version", 2, &version))
		part->reader->answer->version = (uint16_t)version;
}

/* The group of a share, or the one that a retry asks for. */
static void read_key_share(struct chk_answer_part *part)
{
	size_t group;

	if (chk_answer_number(part, "group", 2, &group))
		part->reader->answer->group = (uint16_t)group;
}

static void read_renegotiation(struct chk_answer_part *part)
{
	part->reader->answer->has_renegotiation_info = true;
}

static const struct {
	size_t number;
	const char *name;
	void (*read)(struct chk_answer_part *);
} EXTENSIONS[] = {
	{ 16, "application_layer_protocol_negotiation", read_alpn },
	{ 43, "supported_versions", read_selected_version },
	{ 51, "key_share", read_key_share },
	{ 0xff01, "renegotiation_info", read_renegotiation },
};

static bool read_extensions(struct chk_answer_part *part)
{
	struct chk_answer_part extension;
	struct chk_bytes body;
	size_t number;

	while (part->rest.size) {
		if (!chk_answer_number(part, "extension", 2, &number) ||
		    !chk_answer_vector(part, "extension", 2, &body))
			return false;
		for (size_t i = 0; i < CHK_COUNT(EXTENSIONS); i++) {
			if (EXTENSIONS[i].number != number)
				continue;
			extension = part_of(part->reader, EXTENSIONS[i].name,
					    body);
			EXTENSIONS[i].read(&extension);
		}
	}
	return !part->reader->over;
}

/* Behind a ServerHello of TLS 1.3 all is encrypted: it is the end. */
static void end_hello(struct chk_answer_reader *reader,
		      struct chk_bytes random)
{
	uint16_t version = reader->answer->version;

	if (asks_to_retry(random))
		chk_answer_end(reader, CHK_ANSWER_RETRY, "%s", "");
	else if (version >= 0x0304) /* drafts of it are 0x7f00 and more */
		chk_answer_end(reader, CHK_ANSWER_HELLO, "%s", "");
}

/* RFC 8446 section 4.1.3; before TLS 1.3 the extensions may be left out. */
static void read_hello(struct chk_answer_reader *reader, struct chk_bytes body)
{
	struct chk_answer_part part = part_of(reader, "ServerHello", body);
	struct chk_bytes random, session, extensions = { 0 };
	size_t version, suite, compression;

	if (!chk_answer_number(&part, "version", 2, &version))
		return;
	reader->answer->version = (uint16_t)version;
	if (part.rest.size < RANDOM_SIZE) {
		chk_answer_refuse(reader, "the server's ServerHello ends "
				  "before its random");
		return;
	}
	random = chk_bytes_of(part.rest.data, RANDOM_SIZE);
	part.rest = chk_bytes_skip(part.rest, RANDOM_SIZE);
	if (!chk_answer_vector(&part, "session", 1, &session) ||
	    !chk_answer_number(&part, "cipher suite", 2, &suite))
		return;
	reader->answer->suite = (uint16_t)suite;
	if (!chk_answer_number(&part, "compression", 1, &compression) ||
	    (part.rest.size &&
	     !chk_answer_vector(&part, "extensions", 2, &extensions)) ||
	    !chk_answer_nothing(&part))
		return;
	part.rest = extensions;
	if (read_extensions(&part))
		end_hello(reader, random);
}

static void read_certificate(struct chk_answer_reader *reader,
			     struct chk_bytes body)
{
	struct chk_answer *answer = reader->answer;

	answer->certificates = chk_arena_bytes(&answer->arena, body);
}

/* RFC 5246 section 7.4.4; the algorithms are new there. */
static void read_request(struct chk_answer_reader *reader,
			 struct chk_bytes body)
{
	struct chk_answer *answer = reader->answer;
	struct chk_answer_part part = part_of(reader, "CertificateRequest",
					      body);
	struct chk_bytes types, signatures = { 0 }, names;

	if (!chk_answer_vector(&part, "types", 1, &types) ||
	    (answer->version >= 0x0303 &&
	     !chk_answer_vector(&part, "signature algorithms", 2,
				&signatures)) ||
	    !chk_answer_vector(&part, "authorities", 2, &names) ||
	    !chk_answer_nothing(&part))
		return;
	answer->wants_certificate = true;
	answer->certificate_types = chk_arena_bytes(&answer->arena, types);
	answer->certificate_signatures = chk_arena_bytes(&answer->arena,
							 signatures);
	answer->authorities = chk_arena_bytes(&answer->arena, names);
}

static void read_done(struct chk_answer_reader *reader, struct chk_bytes body)
{
	struct chk_answer_part part = part_of(reader, "ServerHelloDone", body);

	if (!chk_answer_nothing(&part))
		return;
	reader->answer->done = true;
	chk_answer_end(reader, CHK_ANSWER_HELLO, "%s", "");
}

static void read_nothing(struct chk_answer_reader *reader,
			 struct chk_bytes body)
{
}

static const struct {
	unsigned type;
	bool before_hello; /* it may come before the ServerHello */
	void (*read)(struct chk_answer_reader *, struct chk_bytes);
} MESSAGES[] = {
	{ SERVER_HELLO, true, read_hello },
	{ 11, false, read_certificate },
	{ 12, false, chk_answer_exchange },
	{ 13, false, read_request },
	{ 14, false, read_done },
	{ 22, false, read_nothing }, /* certificate_status, RFC 6066 */
	{ 23, false, read_nothing }, /* supplemental_data, RFC 4680 */
};

bool chk_answer_expects(struct chk_answer_reader *reader, unsigned type)
{
	bool has_hello = reader->seen & 1u << SERVER_HELLO;

	for (size_t i = 0; i < CHK_COUNT(MESSAGES); i++) {
		if (MESSAGES[i].type == type &&
		    !(reader->seen & (uint64_t)1 << type) &&
		    (has_hello || MESSAGES[i].before_hello))
			return true;
	}
	chk_answer_refuse(reader, "the server sent a handshake message of "
			  "type %u %s", type,
			  has_hello ? "in its flight" :
				      "in place of its ServerHello");
	return false;
}

void chk_answer_message(struct chk_answer_reader *reader, unsigned type,
			struct chk_bytes body)
{
	reader->seen |= (uint64_t)1 << type;
	for (size_t i = 0; i < CHK_COUNT(MESSAGES); i++) {
		if (MESSAGES[i].type == type)
			MESSAGES[i].read(reader, body);
	}
}
