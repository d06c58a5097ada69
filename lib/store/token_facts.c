/* lib/store/token_facts.c: trust objects and stapled extensions of a token. */
#include "store/token_facts.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "cert/der.h"
#include "cert/dn.h"
#include "cert/extension.h"

const enum chk_purpose CHK_TRUST_FACT_PURPOSES[CHK_TRUST_FACTS] = {
	CHK_PURPOSE_TLS_SERVER, CHK_PURPOSE_TLS_CLIENT, CHK_PURPOSE_EMAIL,
	CHK_PURPOSE_CODE_SIGNING, CHK_PURPOSE_TIME_STAMPING,
};

/* In the order of CHK_TRUST_FACT_PURPOSES behind the first three. */
enum { TRUST_ISSUER, TRUST_SERIAL, TRUST_SHA1, TRUST_FIRST };
static const CK_ATTRIBUTE_TYPE TRUST_TYPES[TRUST_FIRST + CHK_TRUST_FACTS] = {
	CKA_ISSUER, CKA_SERIAL_NUMBER, CKA_CERT_SHA1_HASH,
	CKA_TRUST_SERVER_AUTH, CKA_TRUST_CLIENT_AUTH,
	CKA_TRUST_EMAIL_PROTECTION, CKA_TRUST_CODE_SIGNING,
	CKA_TRUST_TIME_STAMPING,
};

enum { EXTENSION_KEY, EXTENSION_VALUE, EXTENSION_VALUES };
static const CK_ATTRIBUTE_TYPE EXTENSION_TYPES[EXTENSION_VALUES] = {
	CKA_PUBLIC_KEY_INFO, CKA_VALUE,
};

struct loading {
	struct chk_token_facts *facts;
	struct chk_store *store;
	const struct chk_token *token;
	struct chk_error *error;
};

static void cleanup_handles(struct chk_handles *handles)
{
	free(handles->items);
}

/* Calls `each` for every object of the class. */
static bool for_class(struct loading *loading, CK_OBJECT_CLASS class,
		      bool (*each)(struct loading *, CK_OBJECT_HANDLE))
{
	CK_ATTRIBUTE template = { CKA_CLASS, &class, sizeof(class) };
	CHK_CLEANUP(cleanup_handles) struct chk_handles handles = { 0 };

	if (!chk_token_find(loading->token, &template, 1, &handles,
			    loading->error))
		return false;
	for (size_t i = 0; i < handles.count; i++)
		if (!each(loading, handles.items[i]))
			return false;
	return true;
}

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

bool chk_token_names_certificate(struct chk_bytes issuer,
				 struct chk_bytes serial,
				 struct chk_bytes *content)
{
	return issuer.data && serial.data && chk_dn_check(issuer, NULL) &&
	       serial_content(serial, content);
}

static enum chk_trust trust_of(CK_ULONG value)
{
	switch (value) {
	case CKT_NSS_TRUSTED:
	case CKT_NSS_TRUSTED_DELEGATOR:
		return CHK_TRUST_TRUSTED;
	case CKT_NSS_NOT_TRUSTED:
		return CHK_TRUST_DISTRUSTED;
	default: /* must verify, valid delegator, unknown */
		return CHK_TRUST_NOT_STATED;
	}
}

static bool load_trust(struct loading *loading, CK_OBJECT_HANDLE object)
{
	struct chk_token_facts *facts = loading->facts;
	struct chk_bytes values[CHK_COUNT(TRUST_TYPES)];
	struct chk_trust_fact *fact;

	if (!chk_token_values(loading->token, object, TRUST_TYPES,
			      CHK_COUNT(TRUST_TYPES), &facts->arena, values,
			      loading->error))
		return false;
	if (!chk_array_grow(&facts->trusts, facts->trust_count,
			    &facts->trust_room, sizeof(*facts->trusts)))
		return chk_error_memory(loading->error);
	fact = &facts->trusts[facts->trust_count];
	*fact = (struct chk_trust_fact){ .issuer = values[TRUST_ISSUER],
					 .sha1 = values[TRUST_SHA1] };
	if (!chk_token_names_certificate(values[TRUST_ISSUER],
					 values[TRUST_SERIAL], &fact->serial))
		return chk_store_note_add(loading->store, loading->token->name,
					  "a trust object names no certificate "
					  "by issuer and serial number; passed "
					  "over") ||
		       chk_error_memory(loading->error);
	for (size_t i = 0; i < CHK_TRUST_FACTS; i++)
		fact->trust[i] = trust_of(chk_token_number(
			values[TRUST_FIRST + i], CKT_NSS_TRUST_UNKNOWN));
	return chk_map_add(&facts->trusts_by_serial,
			   chk_bytes_hash(fact->serial),
			   (uint32_t)facts->trust_count++) ||
	       chk_error_memory(loading->error);
}

/* CKA_VALUE is a whole Extension (RFC 5280 section 4.1). */
static bool load_stapled(struct loading *loading, CK_OBJECT_HANDLE object)
{
	struct chk_token_facts *facts = loading->facts;
	struct chk_bytes values[EXTENSION_VALUES];
	struct chk_stapled_fact fact = { .critical = false };
	struct chk_der der;

	if (!chk_token_values(loading->token, object, EXTENSION_TYPES,
			      EXTENSION_VALUES, &facts->arena, values,
			      loading->error))
		return false;
	fact.key = values[EXTENSION_KEY];
	der = chk_der_begin(values[EXTENSION_VALUE], NULL);
	/* One that cannot be read may be a limit of trust, and is kept. */
	if (!chk_extension_next(&der, &fact.oid, &fact.critical,
				&fact.value) || !chk_der_at_end(&der))
		fact.oid = chk_bytes_of(NULL, 0);
	if (!chk_array_grow(&facts->stapled, facts->stapled_count,
			    &facts->stapled_room, sizeof(*facts->stapled)))
		return chk_error_memory(loading->error);
	facts->stapled[facts->stapled_count] = fact;
	return chk_map_add(&facts->stapled_by_key, chk_bytes_hash(fact.key),
			   (uint32_t)facts->stapled_count++) ||
	       chk_error_memory(loading->error);
}

bool chk_token_facts_load(struct chk_token_facts *facts,
			  struct chk_store *store,
			  const struct chk_token *token,
			  struct chk_error *error)
{
	struct loading loading = { .facts = facts, .store = store,
				   .token = token, .error = error };

	return for_class(&loading, CKO_NSS_TRUST, load_trust) &&
	       for_class(&loading, CKO_X_CERTIFICATE_EXTENSION, load_stapled);
}

void chk_token_facts_clear(struct chk_token_facts *facts)
{
	chk_arena_clear(&facts->arena);
	free(facts->trusts);
	chk_map_clear(&facts->trusts_by_serial);
	free(facts->stapled);
	chk_map_clear(&facts->stapled_by_key);
}

struct chk_trust_fact *chk_token_facts_trust(struct chk_token_facts *facts,
					     const struct chk_cert *cert,
					     size_t *cursor)
{
	uint8_t sha1[20];
	uint32_t item;

	chk_digest_sha1(cert->der, sha1);
	while (chk_map_find(&facts->trusts_by_serial,
			    chk_bytes_hash(cert->serial), cursor, &item)) {
		struct chk_trust_fact *fact = &facts->trusts[item];

		if (chk_bytes_equal(fact->serial, cert->serial) &&
		    chk_bytes_equal(fact->issuer, cert->issuer) &&
		    (!fact->sha1.size ||
		     chk_bytes_equal(fact->sha1, chk_bytes_of(sha1, 20))))
			return fact;
	}
	return NULL;
}

const struct chk_stapled_fact *
chk_token_facts_stapled(const struct chk_token_facts *facts,
			struct chk_bytes key, size_t *cursor)
{
	uint32_t item;

	while (chk_map_find(&facts->stapled_by_key, chk_bytes_hash(key),
			    cursor, &item))
		if (chk_bytes_equal(facts->stapled[item].key, key))
			return &facts->stapled[item];
	return NULL;
}
