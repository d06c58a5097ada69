/* tests/revocation/made_crl.c: CRLs put together by hand. */
#include "support/test.h"

#include "revocation/made_crl.h"

#include <stdio.h>
#include <time.h>

#include "cert/der.h"
#include "cert/parts.h"
#include "path/made_names.h"

static struct chk_bytes utc_time(struct chk_arena *arena, int64_t seconds)
{
	time_t at = (time_t)seconds;
	char text[32];
	struct tm tm;

	strftime(text, sizeof(text), "%Y%m%d%H%M%SZ", gmtime_r(&at, &tm));
	return made_tlv(arena, CHK_DER_UTC_TIME, chk_bytes_text(text + 2));
}

static struct chk_bytes joined(struct chk_arena *arena,
			       const struct chk_bytes *parts, size_t count)
{
	struct chk_bytes all = { 0 };

	for (size_t i = 0; i < count; i++)
		all = made_joined(arena, all, parts[i]);
	return all;
}

static struct chk_bytes made_tbs(struct chk_arena *arena,
				 const struct crl_recipe *recipe,
				 struct chk_bytes algorithm)
{
	int64_t from = recipe->this_update ? recipe->this_update :
					     MADE_NOW - DAY;
	int64_t until = recipe->next_update ? recipe->next_update :
					      MADE_NOW + 30 * DAY;
	struct chk_bytes parts[7] = {
		recipe->version, algorithm, made_dn(arena, recipe->issuer),
		utc_time(arena, from),
	};

	if (!recipe->version_1 && !recipe->version.data)
		parts[0] = hex(arena, "020101");
	if (until != MADE_NEVER)
		parts[4] = utc_time(arena, until);
	if (recipe->entries.data)
		parts[5] = made_tlv(arena, CHK_DER_SEQUENCE, recipe->entries);
	if (recipe->extensions.data)
		parts[6] = made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
				    made_tlv(arena, CHK_DER_SEQUENCE,
					     recipe->extensions));
	return made_tlv(arena, CHK_DER_SEQUENCE,
			joined(arena, parts, CHK_COUNT(parts)));
}

struct chk_bytes made_crl_der(struct chk_arena *arena,
			      const struct crl_recipe *recipe)
{
	struct chk_bytes algorithm = hex(arena, "300a 0608 2a8648ce3d040302");
	struct chk_bytes tbs = made_tbs(arena, recipe, algorithm);
	struct chk_bytes signature = made_joined(
		arena, hex(arena, "00"),
		made_signature(arena, recipe->key, tbs));
	struct chk_bytes parts[] = {
		tbs, algorithm,
		made_tlv(arena, CHK_DER_BIT_STRING, signature),
	};

	return made_tlv(arena, CHK_DER_SEQUENCE,
			joined(arena, parts, CHK_COUNT(parts)));
}

struct chk_crl *made_crl(struct chk_arena *arena,
			 const struct crl_recipe *recipe)
{
	struct chk_bytes der = made_crl_der(arena, recipe);
	struct chk_error error;
	struct chk_crl *crl;

	if (!chk_crl_parse(der, &crl, &error))
		fail_msg("byte %zu: %s", error.offset, error.what);
	return crl;
}

struct chk_bytes crl_entry(struct chk_arena *arena, struct chk_bytes serial,
			   struct chk_bytes extensions)
{
	struct chk_bytes parts[3] = {
		made_tlv(arena, CHK_DER_INTEGER, serial),
		utc_time(arena, MADE_NOW - 2 * DAY),
	};

	if (extensions.data)
		parts[2] = made_tlv(arena, CHK_DER_SEQUENCE, extensions);
	return made_tlv(arena, CHK_DER_SEQUENCE,
			joined(arena, parts, CHK_COUNT(parts)));
}

struct chk_bytes crl_entry_of(struct chk_arena *arena, uint8_t serial,
			      int reason)
{
	struct chk_bytes extensions = { 0 };
	char digits[8];

	snprintf(digits, sizeof(digits), "0a01%02x", (unsigned)reason & 0xff);
	if (reason >= 0)
		extensions = extension_part(arena, "551d15", false,
					    hex(arena, digits));
	return crl_entry(arena, chk_bytes_of(&serial, 1), extensions);
}

static struct chk_bytes dn_as_name(struct chk_arena *arena, const char *dn)
{
	return made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(4),
			made_dn(arena, dn));
}

struct chk_bytes crl_issuer_part(struct chk_arena *arena, const char *dn)
{
	return extension_part(arena, "551d1d", true,
			      made_tlv(arena, CHK_DER_SEQUENCE,
				       dn_as_name(arena, dn)));
}

static struct chk_bytes number_part(struct chk_arena *arena, const char *oid,
				    bool critical, uint8_t number)
{
	return extension_part(arena, oid, critical,
			      made_tlv(arena, CHK_DER_INTEGER,
				       chk_bytes_of(&number, 1)));
}

struct chk_bytes crl_number_part(struct chk_arena *arena, uint8_t number)
{
	return number_part(arena, "551d14", false, number);
}

struct chk_bytes crl_delta_part(struct chk_arena *arena, uint8_t base)
{
	return number_part(arena, "551d1b", true, base);
}

struct chk_bytes crl_point_part(struct chk_arena *arena,
				struct chk_bytes content)
{
	return extension_part(arena, "551d1c", true,
			      made_tlv(arena, CHK_DER_SEQUENCE, content));
}

/* The content of the one SEQUENCE or SET that these bytes are. */
static struct chk_bytes inside(struct chk_bytes whole)
{
	struct chk_der der = chk_der_begin(whole, NULL);
	struct chk_tlv tlv;

	assert_true(chk_der_next(&der, &tlv));
	return tlv.value;
}

struct chk_bytes full_name(struct chk_arena *arena, const char *names)
{
	return made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
			made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
				 inside(made_alt_names(arena, names))));
}

struct chk_bytes relative_name(struct chk_arena *arena, const char *rdn)
{
	return made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
			made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(1),
				 inside(inside(made_dn(arena, rdn)))));
}

struct chk_bytes crl_issuer_name(struct chk_arena *arena, const char *dn)
{
	return made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(2),
			dn_as_name(arena, dn));
}

struct chk_bytes crl_points(struct chk_arena *arena,
			    const struct chk_bytes *contents)
{
	struct chk_bytes all = { 0 };

	for (; contents->data; contents++)
		all = made_joined(arena, all,
				  made_tlv(arena, CHK_DER_SEQUENCE,
					   *contents));
	return made_tlv(arena, CHK_DER_SEQUENCE, all);
}
