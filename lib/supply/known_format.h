/*
 * lib/supply/known_format.h: the mapped table of known CAs, as known_write.c
 * makes it and known.c reads it. In this machine's byte order; what is of
 * another is refused. Behind the header stand, each aligned to four bytes:
 *
 *   records[]   sorted by name hash, key id and SHA-256
 *   lists[]     indices of records: the roots an intermediate leads to
 *   spans[]     which programme held a root, from when to when
 *   parts[]     where the text of each part of a name begins
 *   names[]     a name: how many parts, and which
 *   texts[]     "CN=ISRG Root X1", each with its NUL
 */
#ifndef CHK_SUPPLY_KNOWN_FORMAT_H
#define CHK_SUPPLY_KNOWN_FORMAT_H

#include "base/bytes.h"

#define CHK_KNOWN_MAGIC "chaincheck CAs 1"
#define CHK_KNOWN_BYTE_ORDER 0x01020304u
#define CHK_KNOWN_KEY_ID 20u /* bytes that are kept of a longer one */
#define CHK_KNOWN_MAX_PARTS 64u /* of a name */
#define CHK_KNOWN_DAY 86400  /* seconds */

struct chk_known_header {
	char magic[16];
	uint32_t byte_order;
	uint32_t probe; /* chk_known_probe */
	uint32_t size;  /* of the file */
	uint32_t record_count, list_count, span_count, part_count, name_size;
	uint32_t text_size, reserved;
	int64_t made; /* seconds: what the table says is of this day */
};

enum chk_known_flags {
	CHK_KNOWN_ROOT = 1,    /* self-signed */
	CHK_KNOWN_REVOKED = 2, /* by OneCRL */
	/* Extended key usages; none of them: it states none */
	CHK_KNOWN_TLS = 4, CHK_KNOWN_CLIENT = 8, CHK_KNOWN_EMAIL = 16,
	CHK_KNOWN_CODE = 32, CHK_KNOWN_TIME = 64, CHK_KNOWN_OTHER = 128,
};

/* All days are counted from 1970-01-01. */
struct chk_known_record {
	uint32_t name_hash; /* chk_dn_hash of the subject, cut */
	uint32_t name;      /* where in names */
	uint16_t not_before, not_after; /* days; UINT16_MAX: or later */
	uint32_t first;  /* in spans for a root, in lists for the others */
	uint16_t count;  /* ... and how many */
	uint8_t flags;
	uint8_t key_id_size; /* 0: none; may be over CHK_KNOWN_KEY_ID */
	uint8_t key_id[CHK_KNOWN_KEY_ID];
	uint8_t sha256[32];
	uint8_t spki[8]; /* of the SHA-256 of the SubjectPublicKeyInfo */
};

/* What is not known of the days that a programme held a root, as bits. */
enum chk_known_open {
	CHK_KNOWN_SINCE_OPEN = 1, /* it began before anybody looked */
	CHK_KNOWN_UNTIL_OPEN = 2, /* it is still there */
};

struct chk_known_days {
	uint8_t programme; /* of known_programmes.def */
	uint8_t open;      /* enum chk_known_open */
	uint16_t since, until;
	/* The last notBefore of a server's certificate that counts; 0: any */
	uint16_t distrust_after;
};

/* The day of a moment; what is out of range is its end. */
static inline uint16_t chk_known_day(int64_t seconds)
{
	int64_t day = seconds / CHK_KNOWN_DAY;

	return day < 0 ? 0 : day > UINT16_MAX ? UINT16_MAX : (uint16_t)day;
}

/* Eight bytes of a SHA-256, by which an index finds its entries. */
static inline uint64_t chk_known_prefix(const uint8_t *sha256)
{
	uint64_t prefix;

	memcpy(&prefix, sha256, sizeof(prefix));
	return prefix;
}

/*
 * What chk_dn_hash of CN=chaincheck is here: a file made where it was another
 * is refused, as nothing would be found in it.
 */
uint32_t chk_known_probe(void);

#endif
