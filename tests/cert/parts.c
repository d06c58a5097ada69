/* tests/cert/parts.c: a certificate put together from parts. */
#include "cert/parts.h"

#include <stdlib.h>
#include <string.h>

#include "cert/der.h"
#include "path/made_names.h"

struct chk_bytes hex(struct chk_arena *arena, const char *digits)
{
	uint8_t *room = chk_arena_get(arena, strlen(digits) + 1);
	char pair[3] = "";
	size_t size = 0;

	for (const char *at = digits; *at;) {
		if (*at == ' ' || *at == '\n') {
			at++;
			continue;
		}
		memcpy(pair, at, 2);
		room[size++] = (uint8_t)strtoul(pair, NULL, 16);
		at += 2;
	}
	return chk_bytes_of(room, size);
}

struct parts plain_parts(struct chk_arena *arena)
{
	static const uint8_t ZEROS[65];
	struct chk_bytes ed25519 = hex(arena, "3005 0603 2b6570");
	struct chk_bytes key = made_tlv(arena, CHK_DER_BIT_STRING,
					chk_bytes_of(ZEROS, 33));
	struct parts parts = {
		.version = hex(arena, "a003 020102"),
		.serial = hex(arena, "0201 07"),
		.algorithm = ed25519,
		.issuer = made_dn(arena, "O=CA"),
		.not_before = made_tlv(arena, CHK_DER_UTC_TIME,
				       chk_bytes_text("200102030405Z")),
		.not_after = made_tlv(arena, CHK_DER_UTC_TIME,
				      chk_bytes_text("491231235959Z")),
		.subject = made_dn(arena, "CN=www"),
		.outer_algorithm = ed25519,
		.signature = made_tlv(arena, CHK_DER_BIT_STRING,
				      chk_bytes_of(ZEROS, sizeof(ZEROS))),
	};

	parts.spki = made_tlv(arena, CHK_DER_SEQUENCE,
			      made_joined(arena, ed25519, key));
	return parts;
}

struct chk_bytes join_parts(struct chk_arena *arena, const struct parts *parts)
{
	struct chk_bytes validity = made_tlv(
		arena, CHK_DER_SEQUENCE,
		made_joined(arena, parts->not_before, parts->not_after));
	struct chk_bytes extensions = { 0 };
	struct chk_bytes tbs = { 0 };

	if (parts->extensions.data)
		extensions = made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(3),
				      made_tlv(arena, CHK_DER_SEQUENCE,
					       parts->extensions));
	const struct chk_bytes fields[] = {
		parts->version, parts->serial, parts->algorithm,
		parts->issuer, validity, parts->subject,
		parts->spki, parts->unique_ids, extensions,
	};

	for (size_t i = 0; i < CHK_COUNT(fields); i++)
		tbs = made_joined(arena, tbs, fields[i]);
	tbs = made_tlv(arena, CHK_DER_SEQUENCE, tbs);
	tbs = made_joined(arena, tbs, parts->outer_algorithm);
	tbs = made_joined(arena, tbs, parts->signature);
	return made_joined(arena, made_tlv(arena, CHK_DER_SEQUENCE, tbs),
			   parts->behind);
}

struct chk_bytes extension_part(struct chk_arena *arena, const char *oid_hex,
				bool critical, struct chk_bytes value)
{
	struct chk_bytes content = made_tlv(arena, CHK_DER_OID,
					    hex(arena, oid_hex));

	if (critical)
		content = made_joined(arena, content, hex(arena, "0101ff"));
	content = made_joined(arena, content,
			      made_tlv(arena, CHK_DER_OCTET_STRING, value));
	return made_tlv(arena, CHK_DER_SEQUENCE, content);
}
