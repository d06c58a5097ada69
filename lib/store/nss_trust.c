/* lib/store/nss_trust.c: trust objects, and the certificates that they name. */
#include "store/nss_trust.h"

#include <p11-kit/pkcs11.h>
#include <p11-kit/pkcs11x.h>

#include "base/digest.h"
#include "cert/der.h"
#include "cert/dn.h"

const enum chk_purpose CHK_NSS_PURPOSE[CHK_NSS_PURPOSES] = {
	CHK_PURPOSE_TLS_SERVER, CHK_PURPOSE_TLS_CLIENT, CHK_PURPOSE_EMAIL,
	CHK_PURPOSE_CODE_SIGNING, CHK_PURPOSE_TIME_STAMPING,
	CHK_PURPOSE_OCSP_SIGNING,
};

/* PKCS#11 3.2 section 4.17 first: it outweighs the other. */
const struct chk_nss_kind CHK_NSS_KIND[CHK_NSS_KINDS] = {
	{
		.class = 0x0b, /* CKO_TRUST; the headers at hand are older */
		.digest = 0x635,
		.trust = { 0x62c, 0x62d, 0x62f, 0x62e, 0x631, 0x632 },
		.peer = 1, .anchor = 2, .distrusted = 3,
		.nothing = { 0, 4, 0, 0 },
	},
	{
		.class = CKO_NSS_TRUST,
		.digest = CKA_CERT_SHA1_HASH,
		.trust = { CKA_TRUST_SERVER_AUTH, CKA_TRUST_CLIENT_AUTH,
			   CKA_TRUST_EMAIL_PROTECTION, CKA_TRUST_CODE_SIGNING,
			   CKA_TRUST_TIME_STAMPING, CHK_NSS_NONE },
		.peer = CKT_NSS_TRUSTED, .anchor = CKT_NSS_TRUSTED_DELEGATOR,
		.distrusted = CKT_NSS_NOT_TRUSTED,
		/* The last but one is "must verify" of old. */
		.nothing = { CKT_NSS_MUST_VERIFY_TRUST, CKT_NSS_TRUST_UNKNOWN,
			     CKT_NSS_TRUSTED + 3, CKT_NSS_VALID_DELEGATOR },
	},
};

/* CKA_SERIAL_NUMBER is a DER INTEGER; its content. */
static bool serial_content(struct chk_bytes der_serial,
			   struct chk_bytes *content)
{
	struct chk_der der = chk_der_begin(der_serial, NULL);
	struct chk_tlv tlv;

	if (!chk_der_expect(&der, CHK_DER_INTEGER, "serialNumber", &tlv) ||
	    !chk_der_at_end(&der))
		return false;
	*content = tlv.value;
	return true;
}

bool chk_nss_names_certificate(struct chk_bytes issuer, struct chk_bytes serial,
			       struct chk_bytes *content)
{
	return issuer.data && serial.data && chk_dn_check(issuer, NULL) &&
	       serial_content(serial, content);
}

static bool says_nothing(const struct chk_nss_kind *kind, uint32_t value)
{
	bool nothing = value == CHK_NSS_NONE;

	for (size_t i = 0; i < CHK_COUNT(kind->nothing); i++)
		nothing |= kind->nothing[i] == value;
	return nothing;
}

/* A value that nobody here knows may be a distrust: it is told. */
static bool read_value(struct chk_store *store, struct chk_nss_fact *fact,
		       size_t i, uint32_t value)
{
	if (value == fact->kind->anchor)
		fact->trust[i] = CHK_TRUST_TRUSTED;
	else if (value == fact->kind->distrusted)
		fact->trust[i] = CHK_TRUST_DISTRUSTED;
	else if (value == fact->kind->peer)
		fact->peer[i] = true;
	else if (!says_nothing(fact->kind, value))
		return chk_store_note_add(store, fact->where, "a trust object "
					  "says 0x%08x for %s, which is not "
					  "known here", (unsigned int)value,
					  chk_purpose_name(CHK_NSS_PURPOSE[i]));
	return true;
}

bool chk_nss_trust_add(struct chk_nss_trust *trusts, struct chk_store *store,
		       const struct chk_nss_object *object, const char *where)
{
	struct chk_arena *arena = &trusts->arena;
	struct chk_nss_fact *fact;
	struct chk_bytes serial;

	if (!chk_nss_names_certificate(object->issuer, object->serial, &serial))
		return chk_store_note_add(store, where, "a trust object names "
					  "no certificate by issuer and serial "
					  "number; passed over");
	if (!chk_array_grow(&trusts->facts, trusts->count, &trusts->room,
			    sizeof(*trusts->facts)))
		return false;
	fact = &trusts->facts[trusts->count];
	*fact = (struct chk_nss_fact){
		.kind = object->kind,
		.issuer = chk_arena_bytes(arena, object->issuer),
		.serial = chk_arena_bytes(arena, serial),
		.digest = chk_arena_bytes(arena, object->digest),
		.where = chk_arena_text(arena, where),
	};
	if (arena->failed)
		return false;
	for (size_t i = 0; i < CHK_NSS_PURPOSES; i++)
		if (!read_value(store, fact, i, object->value[i]))
			return false;
	return chk_map_add(&trusts->by_serial, chk_bytes_hash(fact->serial),
			   (uint32_t)trusts->count++);
}

struct digests {
	uint8_t sha1[20], sha256[32];
};

/* No digest is said: the name is enough, as it is for NSS. */
static bool is_digest_of(const struct digests *digests, struct chk_bytes digest)
{
	return !digest.size ||
	       chk_bytes_equal(digest, chk_bytes_of(digests->sha1, 20)) ||
	       chk_bytes_equal(digest, chk_bytes_of(digests->sha256, 32));
}

static struct chk_nss_fact *next(struct chk_nss_trust *trusts,
				 const struct chk_cert *cert,
				 const struct digests *digests, size_t *cursor)
{
	uint32_t item;

	while (chk_map_find(&trusts->by_serial, chk_bytes_hash(cert->serial),
			    cursor, &item)) {
		struct chk_nss_fact *fact = &trusts->facts[item];

		if (chk_bytes_equal(fact->serial, cert->serial) &&
		    chk_bytes_equal(fact->issuer, cert->issuer) &&
		    is_digest_of(digests, fact->digest))
			return fact;
	}
	return NULL;
}

/* An object that another outweighs has no say but to distrust. */
static void apply(const struct chk_nss_fact *fact, bool outweighed,
		  struct chk_anchor *anchor)
{
	for (size_t i = 0; i < CHK_NSS_PURPOSES; i++) {
		enum chk_purpose purpose = CHK_NSS_PURPOSE[i];

		if (outweighed && fact->trust[i] != CHK_TRUST_DISTRUSTED)
			continue;
		chk_anchor_set(anchor, purpose, fact->trust[i]);
		anchor->peer[purpose] |= fact->peer[i];
		anchor->issuer_only |= fact->trust[i] == CHK_TRUST_TRUSTED;
	}
}

bool chk_nss_trust_state(struct chk_nss_trust *trusts,
			 const struct chk_cert *cert,
			 struct chk_anchor *anchor)
{
	const struct chk_nss_kind *strongest = NULL;
	struct chk_nss_fact *fact;
	struct digests digests;
	size_t cursor = 0;

	if (trusts->count == 0)
		return false;
	chk_digest_sha1(cert->der, digests.sha1);
	chk_digest_sha256(cert->der, digests.sha256);
	while ((fact = next(trusts, cert, &digests, &cursor)))
		if (!strongest || fact->kind < strongest)
			strongest = fact->kind;
	cursor = 0;
	while ((fact = next(trusts, cert, &digests, &cursor))) {
		fact->used = true;
		apply(fact, fact->kind != strongest, anchor);
	}
	return strongest != NULL;
}

static bool end_unused(struct chk_store *store, const struct chk_nss_fact *fact,
		       bool complete)
{
	bool distrusted = false, trusted = false;

	for (size_t i = 0; i < CHK_NSS_PURPOSES; i++) {
		distrusted |= fact->trust[i] == CHK_TRUST_DISTRUSTED;
		trusted |= fact->trust[i] == CHK_TRUST_TRUSTED || fact->peer[i];
	}
	if (trusted)
		return !complete || chk_store_note_add(
			store, fact->where, "a trust object is for a "
			"certificate that is not there");
	/* A block is for every purpose. */
	return !distrusted || chk_store_block(store, fact->issuer,
					      fact->serial, fact->where);
}

bool chk_nss_trust_end(struct chk_nss_trust *trusts, struct chk_store *store,
		       bool complete)
{
	for (size_t i = 0; i < trusts->count; i++)
		if (!trusts->facts[i].used &&
		    !end_unused(store, &trusts->facts[i], complete))
			return false;
	return true;
}

void chk_nss_trust_clear(struct chk_nss_trust *trusts)
{
	chk_arena_clear(&trusts->arena);
	free(trusts->facts);
	chk_map_clear(&trusts->by_serial);
}

/* Without a tag; the length tells which of the two it is. */
static bool parse_date(struct chk_bytes value, int64_t *seconds)
{
	struct chk_der der = chk_der_begin(value, NULL);
	struct chk_tlv tlv = { .value = value, .whole = value };

	tlv.tag = value.size == 13 ? CHK_DER_UTC_TIME :
				     CHK_DER_GENERALIZED_TIME;
	return chk_der_time(&der, &tlv, seconds);
}

bool chk_nss_date(struct chk_store *store, struct chk_anchor *anchor,
		  enum chk_purpose purpose, struct chk_bytes value,
		  const char *where)
{
	int64_t seconds;

	if (value.size <= 1)
		return true;
	if (!parse_date(value, &seconds)) {
		chk_anchor_set(anchor, purpose, CHK_TRUST_DISTRUSTED);
		return chk_store_note_add(store, where, "a distrust-after date "
					  "cannot be read; distrusted "
					  "altogether");
	}
	if (seconds < anchor->distrust_after[purpose])
		anchor->distrust_after[purpose] = seconds;
	return true;
}
