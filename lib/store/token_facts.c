/* lib/store/token_facts.c: trust objects and stapled extensions of a token. */
#include "store/token_facts.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "cert/der.h"
#include "cert/extension.h"

/* Behind these the purposes, as CHK_NSS_PURPOSE has them. */
enum { TRUST_ISSUER, TRUST_SERIAL, TRUST_DIGEST, TRUST_FIRST };
#define TRUST_VALUES (TRUST_FIRST + CHK_NSS_PURPOSES)

enum { EXTENSION_KEY, EXTENSION_VALUE, EXTENSION_VALUES };
static const CK_ATTRIBUTE_TYPE EXTENSION_TYPES[EXTENSION_VALUES] = {
	CKA_PUBLIC_KEY_INFO, CKA_VALUE,
};

struct loading {
	struct chk_token_facts *facts;
	struct chk_store *store;
	const struct chk_token *token;
	struct chk_error *error;
	const struct chk_nss_kind *kind; /* of trust object, that is read */
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

static uint32_t number(struct chk_bytes value)
{
	return (uint32_t)chk_token_number(value, CHK_NSS_NONE);
}

static bool load_trust(struct loading *loading, CK_OBJECT_HANDLE object)
{
	struct chk_token_facts *facts = loading->facts;
	CK_ATTRIBUTE_TYPE types[TRUST_VALUES] = {
		CKA_ISSUER, CKA_SERIAL_NUMBER, loading->kind->digest };
	struct chk_bytes values[TRUST_VALUES];
	struct chk_nss_object read = { .kind = loading->kind };

	for (size_t i = 0; i < CHK_NSS_PURPOSES; i++)
		types[TRUST_FIRST + i] = loading->kind->trust[i];
	if (!chk_token_values(loading->token, object, types, TRUST_VALUES,
			      &facts->arena, values, loading->error))
		return false;
	read.issuer = values[TRUST_ISSUER];
	read.serial = values[TRUST_SERIAL];
	read.digest = values[TRUST_DIGEST];
	for (size_t i = 0; i < CHK_NSS_PURPOSES; i++)
		read.value[i] = number(values[TRUST_FIRST + i]);
	return chk_nss_trust_add(&facts->trusts, loading->store, &read,
				 loading->token->name) ||
	       chk_error_memory(loading->error);
}

static bool load_trusts(struct loading *loading)
{
	for (size_t i = 0; i < CHK_NSS_KINDS; i++) {
		loading->kind = &CHK_NSS_KIND[i];
		if (!for_class(loading, loading->kind->class, load_trust))
			return false;
	}
	return true;
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

	return load_trusts(&loading) &&
	       for_class(&loading, CKO_X_CERTIFICATE_EXTENSION, load_stapled);
}

void chk_token_facts_clear(struct chk_token_facts *facts)
{
	chk_arena_clear(&facts->arena);
	chk_nss_trust_clear(&facts->trusts);
	free(facts->stapled);
	chk_map_clear(&facts->stapled_by_key);
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
