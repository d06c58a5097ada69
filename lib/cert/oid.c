/* lib/cert/oid.c: object identifiers that C must know by name. */
#include "cert/oid.h"

#include <inttypes.h>

#include "base/text.h"

#define LONGEST 128 /* bytes that are worth printing */

static const struct {
	const char *name;
	const char *dotted;
	const char *bytes;
	size_t size;
} OIDS[CHK_OID_COUNT] = {
#define CHK_OID(name, dotted, text, bytes) \
	[CHK_OID_##name] = { text, dotted, bytes, sizeof(bytes) - 1 },
#include "cert/oid.def"
#undef CHK_OID
};

enum chk_oid chk_oid_find(struct chk_bytes oid)
{
	for (size_t i = 1; i < CHK_OID_COUNT; i++) {
		/* The last byte tells the most of them apart. */
		if (OIDS[i].size == oid.size &&
		    (uint8_t)OIDS[i].bytes[oid.size - 1] ==
			    oid.data[oid.size - 1] &&
		    memcmp(OIDS[i].bytes, oid.data, oid.size) == 0)
			return (enum chk_oid)i;
	}
	return CHK_OID_UNKNOWN;
}

const char *chk_oid_name(enum chk_oid oid)
{
	return (size_t)oid < CHK_OID_COUNT ? OIDS[oid].name : NULL;
}

const char *chk_oid_text(enum chk_oid oid)
{
	return (size_t)oid < CHK_OID_COUNT ? OIDS[oid].dotted : NULL;
}

struct chk_bytes chk_oid_bytes(enum chk_oid oid)
{
	if ((size_t)oid >= CHK_OID_COUNT || !OIDS[oid].bytes)
		return (struct chk_bytes){ 0 };
	return chk_bytes_of(OIDS[oid].bytes, OIDS[oid].size);
}

/* The arc at `*at`; false: it is longer than 64 bits or does not end. */
static bool next_arc(struct chk_bytes oid, size_t *at, uint64_t *arc)
{
	*arc = 0;
	while (*at < oid.size && *arc <= UINT64_MAX >> 7) {
		uint8_t byte = oid.data[(*at)++];

		*arc = *arc << 7 | (byte & 0x7f);
		if (byte < 0x80)
			return true;
	}
	return false;
}

/* Seven bits a byte, the last one without the top bit (X.690 8.19.2). */
static void put_arc(struct chk_buffer *content, uint64_t arc)
{
	uint8_t bytes[10];
	size_t at = sizeof(bytes);

	bytes[--at] = arc & 0x7f;
	while (arc >>= 7)
		bytes[--at] = 0x80 | (arc & 0x7f);
	chk_buffer_add(content, bytes + at, sizeof(bytes) - at);
}

/* The number at `*text`, which must begin with a digit. */
static bool read_arc(const char **text, uint64_t *arc)
{
	*arc = 0;
	if (**text < '0' || **text > '9' ||
	    (**text == '0' && (*text)[1] >= '0' && (*text)[1] <= '9'))
		return false;
	for (; **text >= '0' && **text <= '9'; ++*text) {
		if (*arc > (UINT64_MAX - 9) / 10)
			return false;
		*arc = *arc * 10 + (uint64_t)(**text - '0');
	}
	return true;
}

bool chk_oid_parse(const char *dotted, struct chk_buffer *content)
{
	uint64_t root, arc;

	/* The first two arcs share one number (X.690 8.19.4). */
	if (!read_arc(&dotted, &root) || root > 2 || *dotted++ != '.' ||
	    !read_arc(&dotted, &arc) || (root < 2 && arc > 39) ||
	    arc > UINT64_MAX - 80)
		return false;
	put_arc(content, 40 * root + arc);
	while (*dotted == '.') {
		dotted++;
		if (!read_arc(&dotted, &arc))
			return false;
		put_arc(content, arc);
	}
	return *dotted == '\0';
}

static bool is_readable(struct chk_bytes oid)
{
	uint64_t arc;

	for (size_t at = 0; at < oid.size;) {
		if (!next_arc(oid, &at, &arc))
			return false;
	}
	return oid.size > 0 && oid.size <= LONGEST;
}

void chk_oid_dotted(struct chk_buffer *buffer, struct chk_bytes oid)
{
	uint64_t arc, root;
	size_t at = 0;

	if (!is_readable(oid)) {
		oid.size = oid.size < LONGEST ? oid.size : LONGEST;
		chk_buffer_text(buffer, "oid#");
		chk_text_hex(buffer, oid, 0);
		return;
	}
	/* The first two arcs share one number (X.690 8.19.4). */
	next_arc(oid, &at, &arc);
	root = arc < 80 ? arc / 40 : 2;
	chk_buffer_format(buffer, "%" PRIu64 ".%" PRIu64, root,
			  arc - 40 * root);
	while (next_arc(oid, &at, &arc))
		chk_buffer_format(buffer, ".%" PRIu64, arc);
}
