/* lib/cert/pem.c: PEM blocks with their lines (RFC 7468, read leniently). */
#include "config.h"

#include "cert/pem.h"

#include <stdlib.h>

static const char BEGIN[] = "-----BEGIN ";
static const char END[] = "-----END ";
static const char DASHES[] = "-----";

static const uint8_t *find(struct chk_bytes text, const char *wanted)
{
	return text.size ? memmem(text.data, text.size, wanted, strlen(wanted)) :
			   NULL;
}

/* Moves on to `at`, counting lines. */
static void move_to(struct chk_pem *pem, const uint8_t *at)
{
	for (const uint8_t *c = pem->rest.data; c < at; c++) {
		c = memchr(c, '\n', (size_t)(at - c));
		if (!c)
			break;
		pem->line++;
	}
	pem->rest = chk_bytes_of(at, pem->rest.size -
					     (size_t)(at - pem->rest.data));
}

struct chk_pem chk_pem_begin(struct chk_bytes text)
{
	return (struct chk_pem){ text, 1, 0 };
}

bool chk_pem_is(struct chk_bytes text)
{
	return find(text, BEGIN) != NULL;
}

/* The value of a base64 digit, -1: none. */
static int digit(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool is_blank(uint8_t c)
{
	return c == '\n' || c == '\r' || c == ' ' || c == '\t';
}

static void fail(struct chk_pem_block *block, const char *fault, uint32_t line)
{
	free(block->data);
	block->data = NULL;
	block->size = 0;
	block->fault = fault;
	block->fault_line = line;
}

/* Strict base64 (RFC 4648 section 4); white space alone is passed over. */
static void decode(struct chk_bytes text, uint32_t line,
		   struct chk_pem_block *block)
{
	size_t digits = 0, pads = 0;
	uint32_t bits = 0;

	block->data = malloc(text.size / 4 * 3 + 3);
	if (!block->data) {
		fail(block, "out of memory", line);
		return;
	}
	for (size_t i = 0; i < text.size; i++) {
		uint8_t c = text.data[i];
		int value = digit(c);

		line += c == '\n';
		if (is_blank(c))
			continue;
		if (c == '=' && pads < 2 && (digits + pads) % 4 >= 2) {
			pads++;
			continue;
		}
		if (value < 0 || pads) {
			fail(block, "not base64", line);
			return;
		}
		bits = bits << 6 | (uint32_t)value;
		if (++digits % 4 == 0) {
			block->data[block->size++] = (uint8_t)(bits >> 16);
			block->data[block->size++] = (uint8_t)(bits >> 8);
			block->data[block->size++] = (uint8_t)bits;
		}
	}
	if ((digits + pads) % 4 || digits % 4 == 1) {
		fail(block, "base64 ends early", line);
		return;
	}
	if (digits % 4 == 2) {
		block->data[block->size++] = (uint8_t)(bits >> 4);
	} else if (digits % 4 == 3) {
		block->data[block->size++] = (uint8_t)(bits >> 10);
		block->data[block->size++] = (uint8_t)(bits >> 2);
	}
	if (!block->size)
		fail(block, "nothing between BEGIN and END", line);
}

/* The label behind BEGIN; it ends at the dashes, on the same line. */
static bool read_label(struct chk_pem *pem, struct chk_pem_block *block)
{
	const uint8_t *at = pem->rest.data + strlen(BEGIN);
	struct chk_bytes rest = chk_bytes_of(at, pem->rest.size - strlen(BEGIN));
	const uint8_t *line_end =
		rest.size ? memchr(rest.data, '\n', rest.size) : NULL;
	const uint8_t *end;

	if (line_end)
		rest.size = (size_t)(line_end - rest.data);
	end = find(rest, DASHES);
	if (!end)
		return false;
	block->label = chk_bytes_of(at, (size_t)(end - at));
	move_to(pem, end + strlen(DASHES));
	return true;
}

/* The block goes to its END, or to the next BEGIN where END is missing. */
static void read_body(struct chk_pem *pem, struct chk_pem_block *block)
{
	const uint8_t *start = pem->rest.data;
	const uint8_t *end = find(pem->rest, END);
	const uint8_t *next = find(pem->rest, BEGIN);
	uint32_t line = pem->line;
	struct chk_bytes rest;

	if (!end || (next && next < end)) {
		move_to(pem, next ? next : start + pem->rest.size);
		fail(block, "END is missing", line);
		return;
	}
	decode(chk_bytes_of(start, (size_t)(end - start)), line, block);
	move_to(pem, end + strlen(END));
	rest = pem->rest;
	next = find(rest, DASHES);
	if (!next || (size_t)(next - rest.data) != block->label.size ||
	    memcmp(rest.data, block->label.data, block->label.size) != 0) {
		fail(block, "END is not of the same kind as BEGIN", pem->line);
		return;
	}
	move_to(pem, next + strlen(DASHES));
}

bool chk_pem_next(struct chk_pem *pem, struct chk_pem_block *block)
{
	const uint8_t *begin;

	*block = (struct chk_pem_block){ 0 };
	begin = find(pem->rest, BEGIN);
	if (!begin)
		return false;
	block->offset = pem->offset + (size_t)(begin - pem->rest.data);
	move_to(pem, begin);
	block->line = pem->line;
	if (!read_label(pem, block)) {
		fail(block, "the BEGIN line is cut off", block->line);
		move_to(pem, begin + strlen(BEGIN));
	} else {
		read_body(pem, block);
	}
	pem->offset = block->offset + (size_t)(pem->rest.data - begin);
	return true;
}
