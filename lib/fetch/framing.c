/* lib/fetch/framing.c: lines, tags and packets, and what they are held to. */
#include "fetch/protocol.h"


#define NO_UNIT (CHK_UNIT_MAX + 1)

static size_t up_to(struct chk_bytes bytes, char end)
{
	const uint8_t *found = bytes.size ?
		memchr(bytes.data, end, bytes.size) : NULL;

	if (found)
		return (size_t)(found - bytes.data) + 1;
	return bytes.size >= CHK_UNIT_MAX ? NO_UNIT : 0;
}

static size_t line(struct chk_bytes bytes)
{
	return up_to(bytes, '\n');
}

static size_t tag(struct chk_bytes bytes)
{
	return up_to(bytes, '>');
}

static size_t byte(struct chk_bytes bytes)
{
	return bytes.size > 0;
}

static size_t number(const uint8_t *data, size_t size)
{
	size_t value = 0;

	while (size--)
		value = value << 8 | *data++;
	return value;
}

/* A SEQUENCE, its length in short form or in up to four bytes (X.690 8.1.3) */
static size_t ber(struct chk_bytes bytes)
{
	size_t more;

	if (bytes.size && bytes.data[0] != 0x30)
		return NO_UNIT;
	if (bytes.size < 2)
		return 0;
	more = bytes.data[1] & 0x7f;
	if (bytes.data[1] < 0x80)
		return 2 + more;
	if (more < 1 || more > 4)
		return NO_UNIT;
	if (bytes.size < 2 + more)
		return 0;
	return 2 + more + number(bytes.data + 2, more);
}

/* Three bytes of length, the lowest first, and a sequence number. */
static size_t mysql(struct chk_bytes bytes)
{
	if (bytes.size < 4)
		return 0;
	return 4 + (bytes.data[0] | (size_t)bytes.data[1] << 8 |
		    (size_t)bytes.data[2] << 16);
}

/* RFC 1006 section 6: version 3, and the length with these four bytes. */
static size_t tpkt(struct chk_bytes bytes)
{
	if (bytes.size && bytes.data[0] != 3)
		return NO_UNIT;
	return bytes.size < 4 ? 0 : number(bytes.data + 2, 2);
}

/* [MS-TDS] 2.2.3.1: an answer is of type 4, and its length is the whole. */
static size_t tds(struct chk_bytes bytes)
{
	if (bytes.size && bytes.data[0] != 4)
		return NO_UNIT;
	return bytes.size < 8 ? 0 : number(bytes.data + 2, 2);
}

size_t chk_framing_size(enum chk_framing framing, struct chk_bytes bytes)
{
	static size_t (*const SIZES[])(struct chk_bytes) = {
		[CHK_FRAMING_LINE] = line,   [CHK_FRAMING_TAG] = tag,
		[CHK_FRAMING_BYTE] = byte,   [CHK_FRAMING_BER] = ber,
		[CHK_FRAMING_MYSQL] = mysql, [CHK_FRAMING_TPKT] = tpkt,
		[CHK_FRAMING_TDS] = tds,
	};
	static const size_t LEAST[] = {
		[CHK_FRAMING_TPKT] = 7, [CHK_FRAMING_TDS] = 8,
	};
	size_t size = SIZES[framing](bytes);

	if (size > CHK_UNIT_MAX)
		return NO_UNIT;
	if (size && (size_t)framing < CHK_COUNT(LEAST) &&
	    size < LEAST[framing])
		return NO_UNIT;
	return size > bytes.size ? 0 : size;
}

struct chk_bytes chk_framing_text(enum chk_framing framing,
				  struct chk_bytes unit)
{
	if (framing != CHK_FRAMING_LINE)
		return unit;
	if (unit.size && unit.data[unit.size - 1] == '\n')
		unit.size--;
	if (unit.size && unit.data[unit.size - 1] == '\r')
		unit.size--;
	return unit;
}

/* One byte of a pattern; `*literal`: a backslash stood before it. */
static uint8_t take(struct chk_bytes *pattern, bool *literal)
{
	*literal = *pattern->data == '\\' && pattern->size > 1;
	if (*literal)
		*pattern = chk_bytes_skip(*pattern, 1);
	*pattern = chk_bytes_skip(*pattern, 1);
	return pattern->data[-1];
}

static uint8_t fold(uint8_t byte, bool lines)
{
	return lines && byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
}

/* Back to the last star alone, so that no text makes it slow. */
static bool match(struct chk_bytes pattern, struct chk_bytes text, bool lines)
{
	struct chk_bytes star = { 0 }, from = { 0 };
	bool literal;

	while (text.size || pattern.size) {
		struct chk_bytes before = pattern;
		uint8_t wanted = pattern.size ? take(&pattern, &literal) : 0;

		if (before.size && wanted == '*' && !literal) {
			star = pattern;
			from = text;
			continue;
		}
		if (before.size && text.size &&
		    ((wanted == '?' && !literal) ||
		     fold(wanted, lines) == fold(*text.data, lines))) {
			text = chk_bytes_skip(text, 1);
			continue;
		}
		if (!from.size)
			return false;
		from = chk_bytes_skip(from, 1);
		text = from;
		pattern = star;
	}
	return true;
}

/*
 * Protocol::HandshakeV10: the version of the server ends in NUL; behind the
 * number of the thread, eight bytes of salt and one of filler its capabilities
 * begin, of which CLIENT_SSL is 0x0800.
 */
static bool mysql_offers(struct chk_bytes packet)
{
	const uint8_t *end = packet.size > 5 && packet.data[4] == 10 ?
		memchr(packet.data + 5, 0, packet.size - 5) : NULL;
	size_t at = end ? (size_t)(end - packet.data) + 1 + 4 + 8 + 1 + 1 : 0;

	return end && at < packet.size && (packet.data[at] & 0x08);
}

/*
 * [MS-TDS] 2.2.6.5: options of a token, an offset and a length, up to 0xff.
 * ENCRYPTION (1) is then ENCRYPT_ON (1) or _REQ (3); _OFF (0) would encrypt the
 * login alone, and all the same begins with TLS.
 */
static bool tds_offers(struct chk_bytes packet)
{
	struct chk_bytes body = chk_bytes_skip(packet, 8);

	for (size_t at = 0; at + 5 <= body.size && body.data[at] != 0xff;
	     at += 5) {
		size_t offset = number(body.data + at + 1, 2);

		if (body.data[at] == 1)
			return offset < body.size &&
			       (body.data[offset] == 0 ||
				body.data[offset] == 1 ||
				body.data[offset] == 3);
	}
	return false;
}

static bool see(struct chk_bytes name, struct chk_bytes text)
{
	static const struct {
		const char *name;
		bool (*offers)(struct chk_bytes);
	} SEERS[] = {
		{ "mysql", mysql_offers },
		{ "tds", tds_offers },
	};

	for (size_t i = 0; i < CHK_COUNT(SEERS); i++) {
		if (chk_bytes_equal(chk_bytes_text(SEERS[i].name), name))
			return SEERS[i].offers(text);
	}
	return false;
}

bool chk_turn_meets(const struct chk_turn *turn, enum chk_framing framing,
		    struct chk_bytes text)
{
	if (turn->what == CHK_TURN_SEE)
		return see(turn->text, text);
	return match(turn->text, text, framing == CHK_FRAMING_LINE);
}
