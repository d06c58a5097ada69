/*
 * tests/fuzz/dn_fuzzer.c: any two names held against each other. The input is
 * attributes: a byte that says its type (bits 0 and 1), that it joins the RDN
 * before it (2), that the first name lacks it (3), or the second (4); its
 * string type; its size; and its value.
 */
#include <stdlib.h>

#include "cert/directory_string.h"
#include "cert/dn.h"
#include "fuzz/checks.h"
#include "path/made_names.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_ATTRIBUTES 64
#define MAX_VALUES 6 /* each is compared with each */

/* A name while it is written: RDNs that are closed, and the open one. */
struct writer {
	struct chk_arena *arena;
	struct chk_bytes rdns, rdn;
};

struct value {
	uint8_t tag;
	struct chk_bytes bytes;
};

/* The string types, and one that is none. */
static const uint8_t TAGS[] = {
	CHK_DER_UTF8_STRING,   CHK_DER_PRINTABLE_STRING,
	CHK_DER_BMP_STRING,    CHK_DER_TELETEX_STRING,
	CHK_DER_IA5_STRING,    CHK_DER_UNIVERSAL_STRING,
	CHK_DER_OCTET_STRING,  CHK_DER_NUMERIC_STRING,
};

static const char *const TYPES[] = {
	"\x55\x04\x03", "\x55\x04\x0a", "\x55\x04\x0b", "\x2a\x03",
};

static void close_rdn(struct writer *writer)
{
	if (writer->rdn.size)
		writer->rdns = made_joined(
			writer->arena, writer->rdns,
			made_tlv(writer->arena, CHK_DER_SET, writer->rdn));
	writer->rdn = (struct chk_bytes){ 0 };
}

static void write_attribute(struct writer *writer, uint8_t how,
			    struct value value)
{
	struct chk_arena *arena = writer->arena;
	struct chk_bytes type = made_tlv(arena, CHK_DER_OID,
					 chk_bytes_text(TYPES[how & 3]));
	struct chk_bytes text = made_tlv(arena, value.tag, value.bytes);

	if (!(how & 4))
		close_rdn(writer);
	writer->rdn = made_joined(arena, writer->rdn,
				  made_tlv(arena, CHK_DER_SEQUENCE,
					   made_joined(arena, type, text)));
}

static struct chk_bytes finish(struct writer *writer)
{
	close_rdn(writer);
	return made_tlv(writer->arena, CHK_DER_SEQUENCE, writer->rdns);
}

/* The next attribute; false: there is none. */
static bool take(struct chk_bytes *rest, uint8_t *how, struct value *value)
{
	size_t size;

	if (rest->size < 3)
		return false;
	*how = rest->data[0];
	value->tag = TAGS[rest->data[1] % CHK_COUNT(TAGS)];
	size = rest->data[2];
	*rest = chk_bytes_of(rest->data + 3, rest->size - 3);
	if (size > rest->size)
		size = rest->size;
	value->bytes = chk_bytes_of(rest->data, size);
	*rest = chk_bytes_of(rest->data + size, rest->size - size);
	return true;
}

static int compare(const struct value *a, const struct value *b)
{
	struct chk_prepared left = chk_string_prepare(a->tag, a->bytes);
	struct chk_prepared right = chk_string_prepare(b->tag, b->bytes);
	int order = chk_prepared_compare(&left, &right);
	int reversed = chk_prepared_compare(&right, &left);

	if ((order < 0) != (reversed > 0) || (order == 0) != (reversed == 0))
		abort();
	if (order == 0 && chk_string_hash(a->tag, a->bytes) !=
				  chk_string_hash(b->tag, b->bytes))
		abort();
	chk_prepared_clear(&left);
	chk_prepared_clear(&right);
	return order;
}

/* Sets are sorted by this order: it must be one. */
static void check_order(const struct value *values, size_t count)
{
	bool above[MAX_VALUES][MAX_VALUES];

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++)
			above[i][j] = compare(&values[i], &values[j]) > 0;
		if (compare(&values[i], &values[i]) != 0)
			abort();
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			for (size_t k = 0; k < count; k++) {
				if (above[i][k] && !above[i][j] && !above[j][k])
					abort();
			}
		}
	}
}

/* The name without its last RDN. */
static struct chk_bytes above(struct chk_arena *arena, struct chk_bytes name)
{
	struct chk_der der = chk_der_begin(name, NULL);
	struct chk_bytes kept;
	struct chk_tlv tlv;

	if (!chk_der_next(&der, &tlv))
		abort();
	kept = chk_bytes_of(tlv.value.data, 0);
	der = chk_der_inside(&der, &tlv);
	while (!chk_der_at_end(&der)) {
		kept.size = (size_t)(der.rest.data - kept.data);
		if (!chk_der_next(&der, &tlv))
			abort();
	}
	return made_tlv(arena, CHK_DER_SEQUENCE, kept);
}

static void check_name(struct chk_arena *arena, struct chk_bytes name)
{
	struct chk_buffer text = { 0 };

	if (!chk_dn_check(name, NULL) || !chk_dn_match(name, name) ||
	    !chk_dn_is_within(name, name) ||
	    !chk_dn_is_within(name, above(arena, name)) ||
	    chk_dn_is_within(above(arena, name), name) != chk_dn_is_empty(name))
		abort();
	chk_dn_text(&text, name);
	check_printable(chk_bytes_of(text.data, text.size));
	chk_buffer_clear(&text);
	chk_dn_short(&text, name);
	check_printable(chk_bytes_of(text.data, text.size));
	chk_buffer_clear(&text);
}

static void check_pair(struct chk_arena *arena, struct chk_bytes a,
		       struct chk_bytes b)
{
	bool match = chk_dn_match(a, b);
	bool within = chk_dn_is_within(a, b);

	if (match != chk_dn_match(b, a) ||
	    match != (within && chk_dn_is_within(b, a)))
		abort();
	if (match && chk_dn_hash(a) != chk_dn_hash(b))
		abort();
	/* What lies in a subtree lies in the one around it. */
	if (within && !chk_dn_is_within(a, above(arena, b)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_arena arena = { 0 };
	struct writer first = { .arena = &arena }, second = first;
	struct chk_bytes rest = chk_bytes_of(data, size), a, b;
	struct value values[MAX_ATTRIBUTES];
	size_t count = 0;
	uint8_t how;

	for (; count < MAX_ATTRIBUTES && take(&rest, &how, &values[count]);
	     count++) {
		if (!(how & 8))
			write_attribute(&first, how, values[count]);
		if (!(how & 0x10))
			write_attribute(&second, how, values[count]);
	}
	a = finish(&first);
	b = finish(&second);
	check_name(&arena, a);
	check_name(&arena, b);
	check_pair(&arena, a, b);
	check_pair(&arena, b, a);
	check_order(values, count < MAX_VALUES ? count : MAX_VALUES);
	chk_arena_clear(&arena);
	return 0;
}
