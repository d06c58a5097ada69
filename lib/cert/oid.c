/* lib/cert/oid.c: object identifiers that C must know by name. */
#include "cert/oid.h"

#include <inttypes.h>

static const struct {
	const char *name;
	const char *bytes;
	size_t size;
} OIDS[CHK_OID_COUNT] = {
#define CHK_OID(name, dotted, text, bytes) \
	[CHK_OID_##name] = { text, bytes, sizeof(bytes) - 1 },
#include "cert/oid.def"
#undef CHK_OID
};

enum chk_oid chk_oid_find(struct chk_bytes oid)
{
	for (size_t i = 1; i < CHK_OID_COUNT; i++) {
		if (OIDS[i].size == oid.size &&
		    memcmp(OIDS[i].bytes, oid.data, oid.size) == 0)
			return (enum chk_oid)i;
	}
	return CHK_OID_UNKNOWN;
}

const char *chk_oid_name(enum chk_oid oid)
{
	return (size_t)oid < CHK_OID_COUNT ? OIDS[oid].name : NULL;
}

struct chk_bytes chk_oid_bytes(enum chk_oid oid)
{
	if ((size_t)oid >= CHK_OID_COUNT || !OIDS[oid].bytes)
		return (struct chk_bytes){ 0 };
	return chk_bytes_of(OIDS[oid].bytes, OIDS[oid].size);
}

/* The first arc is 0, 1 or 2, and shares its number with the second. */
static void first_arcs(struct chk_buffer *buffer, uint64_t arc)
{
	unsigned int first = arc < 40 ? 0 : arc < 80 ? 1 : 2;

	chk_buffer_format(buffer, "%u.%" PRIu64, first, arc - 40 * first);
}

void chk_oid_dotted(struct chk_buffer *buffer, struct chk_bytes oid)
{
	bool first = true;
	uint64_t arc = 0;

	for (size_t i = 0; i < oid.size; i++) {
		if (arc > UINT64_MAX >> 7) {
			chk_buffer_text(buffer, ".(too large)");
			return;
		}
		arc = arc << 7 | (oid.data[i] & 0x7f);
		if (oid.data[i] & 0x80)
			continue;
		if (first)
			first_arcs(buffer, arc);
		else
			chk_buffer_format(buffer, ".%" PRIu64, arc);
		first = false;
		arc = 0;
	}
}
