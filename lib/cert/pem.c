/* lib/cert/pem.c: PEM blocks with their lines (RFC 7468, read leniently). */
#include "cert/pem.h"

#include <stdlib.h>

#define BEGIN "-----BEGIN "
#define END "-----END "
#define DASHES "-----"
#define MARK "\xef\xbb\xbf" /* of the byte order, in UTF-8 */

/* The text from the first dash on; at its end where there is none. */
static struct chk_bytes find_dash(struct chk_bytes text)
{
	const uint8_t *at;

	if (!text.size)
		return text;
	at = memchr(text.data, '-', text.size);
	return chk_bytes_skip(text, at ? (size_t)(at - text.data) : text.size);
}

/* The text from `wanted` on, which begins with a dash; .data NULL: nowhere. */
static struct chk_bytes find(struct chk_bytes text, const char *wanted)
{
	for (text = find_dash(text); text.size;
	     text = find_dash(chk_bytes_skip(text, 1))) {
		if (chk_bytes_begin_with(text, wanted))
			return text;
	}
	return (struct chk_bytes){ 0 };
}

static uint32_t count_lines(const uint8_t *from, const uint8_t *to)
{
	uint32_t count = 0;

	while (from < to) {
		from = memchr(from, '\n', (size_t)(to - from));
		if (!from)
			break;
		from++;
		count++;
	}
	return count;
}

/* Moves on to `at`, counting lines. */
static void move_to(struct chk_pem *pem, const uint8_t *at)
{
	size_t size = (size_t)(at - pem->rest.data);

	pem->line += count_lines(pem->rest.data, at);
	pem->rest = chk_bytes_skip(pem->rest, size);
	pem->offset += size;
}

struct chk_pem chk_pem_begin(struct chk_bytes text)
{
	struct chk_pem pem = { text, 1, 0 };

	if (chk_bytes_begin_with(text, MARK))
		move_to(&pem, text.data + 3);
	return pem;
}

bool chk_pem_is(struct chk_bytes text)
{
	return find(text, BEGIN).data != NULL;
}

static bool is_blank(uint8_t c)
{
	return c == '\n' || c == '\r' || c == ' ' || c == '\t';
}

/*
 * The next BEGIN that stands first on its line, or right behind an END: one
 * that stands behind a '#' was commented out. A file with a mark of the byte
 * order may have been appended to another.
 */
static bool find_begin(const struct chk_pem *pem, struct chk_bytes *begin)
{
	*begin = find(pem->rest, BEGIN);
	while (begin->data) {
		const uint8_t *at = begin->data;

		while (at > pem->rest.data && (at[-1] == ' ' || at[-1] == '\t'))
			at--;
		if (at >= pem->rest.data + sizeof(MARK) - 1 &&
		    memcmp(at - (sizeof(MARK) - 1), MARK,
			   sizeof(MARK) - 1) == 0)
			at -= sizeof(MARK) - 1;
		if (at == pem->rest.data || at[-1] == '\n' || at[-1] == '\r')
			return true;
		*begin = find(chk_bytes_skip(*begin, strlen(BEGIN)), BEGIN);
	}
	return false;
}

#define DIGIT 0x40
#define BLANK 0x80
#define PAD 0xc0

/* What each byte is in base64 (RFC 4648 section 4): DIGIT and its value. */
static const uint8_t BASE64[256] = {
	['A'] = 64,  ['B'] = 65,  ['C'] = 66,  ['D'] = 67,  ['E'] = 68,
	['F'] = 69,  ['G'] = 70,  ['H'] = 71,  ['I'] = 72,  ['J'] = 73,
	['K'] = 74,  ['L'] = 75,  ['M'] = 76,  ['N'] = 77,  ['O'] = 78,
	['P'] = 79,  ['Q'] = 80,  ['R'] = 81,  ['S'] = 82,  ['T'] = 83,
	['U'] = 84,  ['V'] = 85,  ['W'] = 86,  ['X'] = 87,  ['Y'] = 88,
	['Z'] = 89,  ['a'] = 90,  ['b'] = 91,  ['c'] = 92,  ['d'] = 93,
	['e'] = 94,  ['f'] = 95,  ['g'] = 96,  ['h'] = 97,  ['i'] = 98,
	['j'] = 99,  ['k'] = 100, ['l'] = 101, ['m'] = 102, ['n'] = 103,
	['o'] = 104, ['p'] = 105, ['q'] = 106, ['r'] = 107, ['s'] = 108,
	['t'] = 109, ['u'] = 110, ['v'] = 111, ['w'] = 112, ['x'] = 113,
	['y'] = 114, ['z'] = 115, ['0'] = 116, ['1'] = 117, ['2'] = 118,
	['3'] = 119, ['4'] = 120, ['5'] = 121, ['6'] = 122, ['7'] = 123,
	['8'] = 124, ['9'] = 125, ['+'] = 126, ['/'] = 127, ['='] = PAD,
	['\n'] = BLANK, ['\r'] = BLANK, [' '] = BLANK, ['\t'] = BLANK,
};

/* Four digits in a row give three bytes; false: they are not in a row. */
static bool decode_four(const uint8_t *in, uint8_t *out)
{
	uint32_t a = BASE64[in[0]], b = BASE64[in[1]], c = BASE64[in[2]],
		 d = BASE64[in[3]];
	uint32_t bits = (a & 63) << 18 | (b & 63) << 12 | (c & 63) << 6 |
			(d & 63);

	if (!(a & b & c & d & DIGIT) || ((a | b | c | d) & BLANK))
		return false;
	out[0] = (uint8_t)(bits >> 16);
	out[1] = (uint8_t)(bits >> 8);
	out[2] = (uint8_t)bits;
	return true;
}

/*
 * Decodes into `*out`, which moves on; there is room for three bytes for each
 * four of `text`, and three more. NULL, or why not, at `*at`.
 */
static const char *decode(struct chk_bytes text, uint8_t **out,
			  const uint8_t **at)
{
	const uint8_t *end = text.data + text.size;
	unsigned int digits = 0, pads = 0;
	uint32_t bits = 0;

	for (*at = text.data; *at < end;) {
		uint8_t kind = BASE64[**at];

		if (digits == 0 && !pads && end - *at >= 4 &&
		    decode_four(*at, *out)) {
			*at += 4;
			*out += 3;
			continue;
		}
		if (kind == PAD && digits >= 2 && digits + pads < 4)
			pads++;
		else if (kind == 0 || kind == PAD || (pads && kind != BLANK))
			return "not base64";
		if (kind < BLANK) {
			bits = bits << 6 | (kind & 63u);
			digits++;
		}
		(*at)++;
		if (digits < 4)
			continue;
		*(*out)++ = (uint8_t)(bits >> 16);
		*(*out)++ = (uint8_t)(bits >> 8);
		*(*out)++ = (uint8_t)bits;
		digits = 0;
	}
	if (digits == 0)
		return NULL;
	if (digits + pads != 4)
		return "base64 ends early";
	bits <<= 6 * pads;
	*(*out)++ = (uint8_t)(bits >> 16);
	if (pads == 1)
		*(*out)++ = (uint8_t)(bits >> 8);
	return NULL;
}

static void fail(struct chk_pem_block *block, const char *fault, uint32_t line)
{
	free(block->data);
	block->data = NULL;
	block->size = 0;
	block->fault = fault;
	block->fault_line = line;
}

/*
 * RFC 1421 headers, which old private keys have ("DEK-Info: ..."): lines to
 * the first empty one, where the first line holds a colon.
 */
static struct chk_bytes skip_headers(struct chk_bytes body)
{
	struct chk_bytes rest = body;
	const uint8_t *end;
	bool blank;

	while (rest.size && is_blank(rest.data[0]))
		rest = chk_bytes_skip(rest, 1);
	end = rest.size ? memchr(rest.data, '\n', rest.size) : NULL;
	if (!end || !memchr(rest.data, ':', (size_t)(end - rest.data)))
		return body;
	for (; end; end = rest.size ? memchr(rest.data, '\n', rest.size) :
				      NULL) {
		blank = end == rest.data ||
			(end == rest.data + 1 && rest.data[0] == '\r');
		rest = chk_bytes_skip(rest, (size_t)(end + 1 - rest.data));
		if (blank)
			return rest;
	}
	return body;
}

static void read_base64(const struct chk_pem *pem, struct chk_bytes body,
			struct chk_pem_block *block)
{
	struct chk_bytes text = skip_headers(body);
	const uint8_t *at;
	const char *fault;
	uint8_t *out;

	block->data = malloc(text.size / 4 * 3 + 3);
	if (!block->data) {
		fail(block, "out of memory", pem->line);
		return;
	}
	out = block->data;
	fault = decode(text, &out, &at);
	block->size = (size_t)(out - block->data);
	if (!fault && block->size == 0)
		fault = "nothing between BEGIN and END";
	if (fault)
		fail(block, fault,
		     pem->line + count_lines(pem->rest.data, at));
}

/*
 * The label behind BEGIN; it ends at the dashes, on the same line. The dashes
 * are looked for first: there are some at every BEGIN, line ends are not.
 */
static bool read_label(struct chk_pem *pem, struct chk_pem_block *block)
{
	struct chk_bytes rest = chk_bytes_skip(pem->rest, strlen(BEGIN));
	struct chk_bytes end = find(rest, DASHES);

	if (!end.data ||
	    memchr(rest.data, '\n', (size_t)(end.data - rest.data)))
		return false;
	block->label = chk_bytes_of(rest.data, (size_t)(end.data - rest.data));
	move_to(pem, end.data + strlen(DASHES));
	return true;
}

/* The first BEGIN or END at or behind `from`, or the end of the text. */
static struct chk_bytes find_border(struct chk_bytes from)
{
	/* base64 has no dash, so that the first one is nearly always it. */
	for (from = find_dash(from); from.size;
	     from = find_dash(chk_bytes_skip(from, 1))) {
		if (chk_bytes_begin_with(from, BEGIN) ||
		    chk_bytes_begin_with(from, END))
			break;
	}
	return from;
}

/*
 * The body goes to its END. Where another BEGIN comes first END is missing,
 * and reading goes on there: nothing is read twice, so that a file of many
 * BEGINs costs no more than another.
 */
static void read_body(struct chk_pem *pem, struct chk_pem_block *block)
{
	struct chk_bytes border = find_border(pem->rest), rest;
	struct chk_bytes body =
		chk_bytes_of(pem->rest.data,
			     (size_t)(border.data - pem->rest.data));

	if (!chk_bytes_begin_with(border, END)) {
		fail(block, "END is missing", pem->line);
		move_to(pem, border.data);
		return;
	}
	read_base64(pem, body, block);
	move_to(pem, border.data + strlen(END));
	rest = pem->rest;
	if (rest.size < block->label.size ||
	    !chk_bytes_equal(chk_bytes_of(rest.data, block->label.size),
			     block->label) ||
	    !chk_bytes_begin_with(chk_bytes_skip(rest, block->label.size),
				  DASHES)) {
		fail(block, "END is not of the same kind as BEGIN", pem->line);
		return;
	}
	move_to(pem, rest.data + block->label.size + strlen(DASHES));
}

bool chk_pem_next(struct chk_pem *pem, struct chk_pem_block *block)
{
	struct chk_bytes begin;

	*block = (struct chk_pem_block){ 0 };
	if (!find_begin(pem, &begin))
		return false;
	move_to(pem, begin.data);
	block->offset = pem->offset;
	block->line = pem->line;
	if (read_label(pem, block)) {
		read_body(pem, block);
		return true;
	}
	fail(block, "the BEGIN line is cut off", block->line);
	move_to(pem, begin.data + strlen(BEGIN));
	return true;
}
