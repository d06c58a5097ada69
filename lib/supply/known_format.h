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

struct chk_known_days {
	uint8_t programme; /* of known_programmes.def */
	uint8_t open;      /* 1: it began before, 2: it is still there */
	uint16_t since, until;
	/* The last notBefore of a server's certificate that counts; 0: any */
	uint16_t distrust_after;
};

/*
 * What chk_dn_hash of CN=chaincheck is here: a file made where it was another
 * is refused, as nothing would be found in it.
 */
uint32_t chk_known_probe(void);

#endif
