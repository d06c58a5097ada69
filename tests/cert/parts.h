/*
 * tests/cert/parts.h: a certificate put together from parts written by hand,
 * so that a test can have one part wrong.
 */
#ifndef CHK_TEST_PARTS_H
#define CHK_TEST_PARTS_H

#include "base/arena.h"

/* Each a whole TLV; .data NULL leaves it out. */
struct parts {
	struct chk_bytes version, serial, algorithm, issuer, not_before,
		not_after, subject, spki, unique_ids;
	struct chk_bytes extensions; /* the TLVs, not what is around them */
	struct chk_bytes outer_algorithm, signature, behind;
};

/* The bytes of "30 03 020105"; white space counts for nothing. */
struct chk_bytes hex(struct chk_arena *arena, const char *digits);
/* A version 3 certificate of Ed25519, O=CA to CN=www, without extensions. */
struct parts plain_parts(struct chk_arena *arena);
struct chk_bytes join_parts(struct chk_arena *arena,
			    const struct parts *parts);
/* Extension { oid, critical, value }; `critical` FALSE is left out. */
struct chk_bytes extension_part(struct chk_arena *arena, const char *oid_hex,
				bool critical, struct chk_bytes value);

#endif
