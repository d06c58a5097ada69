/*
 * lib/store/token_trust.c: certificates of a token and what it states of
 * them. Trust is said in three ways: by attributes of the certificate, by
 * trust objects (the way of NSS, which p11-kit gives too), and by extensions
 * stapled to its public key (p11-kit's alone).
 */
#include "store/token.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "cert/der.h"
#include "cert/dn.h"
#include "cert/oid.h"
#include "store/purpose.h"
#include "store/token_facts.h"

enum {
	CERT_VALUE, CERT_LABEL, CERT_TRUSTED, CERT_DISTRUSTED, CERT_ISSUER,
	CERT_SERIAL, CERT_SERVER_DATE, CERT_EMAIL_DATE, CERT_VALUES,
};
static const CK_ATTRIBUTE_TYPE CERT_TYPES[CERT_VALUES] = {
	CKA_VALUE, CKA_LABEL, CKA_TRUSTED, CKA_X_DISTRUSTED, CKA_ISSUER,
	CKA_SERIAL_NUMBER, CKA_NSS_SERVER_DISTRUST_AFTER,
	CKA_NSS_EMAIL_DISTRUST_AFTER,
};

/* OpenSSL's reject list, as p11-kit staples it (1.3.6.1.4.1.3319.6.10.1). */
static const uint8_t OID_REJECT[] = {
	0x2b, 0x06, 0x01, 0x04, 0x01, 0x99, 0x77, 0x06, 0x0a, 0x01,
};

struct loading {
	struct chk_store *store;
	const struct chk_token *token;
	struct chk_error *error;
	struct chk_arena scratch; /* values of one certificate */
	struct chk_token_facts facts;
};

static void cleanup_loading(struct loading *loading)
{
	chk_arena_clear(&loading->scratch);
	chk_token_facts_clear(&loading->facts);
}

static void cleanup_handles(struct chk_handles *handles)
{
	free(handles->items);
}

static bool note(struct loading *loading, const char *where, const char *what)
{
	return chk_store_note_add(loading->store, where, "%s", what) ||
	       chk_error_memory(loading->error);
}

/* What an anchor gets, gathered before it is said: limits come in any order. */
struct statement {
	struct chk_anchor said; /* trust[] alone is used */
	struct chk_anchor limit; /* trust[]: what a stapled usage allows */
	bool limited, unreadable;
};

/* A list that cannot be read is remembered: it may be a limit of trust. */
static void apply_usage(struct statement *statement,
			const struct chk_stapled_fact *stapled,
			struct chk_anchor *to, enum chk_trust trust)
{
	struct chk_der der = chk_der_begin(stapled->value, NULL);
	struct chk_tlv list;

	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "extKeyUsage", &list) ||
	    !chk_usages_apply(list.value, trust, to))
		statement->unreadable = true;
}

static bool apply_stapled(struct loading *loading, struct chk_anchor *anchor,
			  const struct chk_stapled_fact *stapled,
			  struct statement *statement)
{
	if (!stapled->oid.data) {
		statement->unreadable = true;
		return true;
	}
	if (chk_oid_find(stapled->oid) == CHK_OID_EXT_EXT_KEY_USAGE) {
		statement->limited = true;
		apply_usage(statement, stapled, &statement->limit,
			    CHK_TRUST_TRUSTED);
	}
	if (chk_bytes_equal(stapled->oid, chk_bytes_of(OID_REJECT,
						       sizeof(OID_REJECT))))
		apply_usage(statement, stapled, &statement->said,
			    CHK_TRUST_DISTRUSTED);
	return chk_anchor_staple(anchor, stapled->oid, stapled->critical,
				 stapled->value) ||
	       chk_error_memory(loading->error);
}

static bool apply_all_stapled(struct loading *loading,
			      struct chk_anchor *anchor,
			      struct statement *statement)
{
	const struct chk_stapled_fact *stapled;
	size_t cursor = 0;

	while ((stapled = chk_token_facts_stapled(
			&loading->facts, anchor->cert->spki, &cursor)))
		if (!apply_stapled(loading, anchor, stapled, statement))
			return false;
	return true;
}

/* With CKA_TRUSTED a peer, and an issuer, is trusted for all it can be. */
static void widen(struct chk_anchor *said)
{
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++)
		if (said->peer[i])
			chk_anchor_set(said, (enum chk_purpose)i,
				       CHK_TRUST_TRUSTED);
	said->issuer_only = false;
}

/*
 * A trust object knows more than CKA_TRUSTED and is asked instead of it for
 * every purpose that it can name.
 */
static void apply_trust_objects(struct loading *loading,
				const struct chk_cert *cert, bool trusted,
				struct statement *statement)
{
	struct chk_anchor *said = &statement->said;
	bool any = chk_nss_trust_state(&loading->facts.trusts, cert, said);

	if (!trusted)
		return;
	widen(said);
	if (!any)
		chk_anchor_set(said, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	/* The one purpose that NSS's trust object has no word for. */
	else if (chk_cert_allows_usage(
			 cert, chk_oid_bytes(CHK_OID_EKU_OCSP_SIGNING), true))
		chk_anchor_set(said, CHK_PURPOSE_OCSP_SIGNING,
			       CHK_TRUST_TRUSTED);
}

/* Is trust for the purpose within what is stapled to the certificate? */
static bool is_within(const struct statement *statement, size_t purpose)
{
	return !statement->unreadable &&
	       (!statement->limited ||
		statement->limit.trust[purpose] == CHK_TRUST_TRUSTED);
}

/* Distrust always, trust as far as a stapled usage goes. */
static void say(const struct statement *statement, struct chk_anchor *anchor)
{
	anchor->issuer_only |= statement->said.issuer_only;
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		enum chk_trust trust = statement->said.trust[i];
		bool within = is_within(statement, i);

		anchor->peer[i] |= within && statement->said.peer[i];
		if (trust != CHK_TRUST_TRUSTED || within)
			chk_anchor_set(anchor, (enum chk_purpose)i, trust);
	}
}

static bool state(struct loading *loading, struct chk_anchor *anchor,
		  const struct chk_bytes *values, const char *where)
{
	struct statement statement = { .limited = false };

	if (chk_token_is_true(values[CERT_DISTRUSTED]))
		chk_anchor_set(anchor, CHK_PURPOSE_ANY, CHK_TRUST_DISTRUSTED);
	if (!apply_all_stapled(loading, anchor, &statement))
		return false;
	apply_trust_objects(loading, anchor->cert,
			    chk_token_is_true(values[CERT_TRUSTED]),
			    &statement);
	say(&statement, anchor);
	if (statement.unreadable &&
	    !note(loading, where, "an extension stapled to it cannot be read; "
		  "not trusted"))
		return false;
	return (chk_nss_date(loading->store, anchor, CHK_PURPOSE_TLS_SERVER,
			     values[CERT_SERVER_DATE], where) &&
		chk_nss_date(loading->store, anchor, CHK_PURPOSE_EMAIL,
			     values[CERT_EMAIL_DATE], where)) ||
	       chk_error_memory(loading->error);
}

/* "token: label" */
static char *place(const struct loading *loading, struct chk_bytes label,
		   const struct chk_cert *cert)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_format(&buffer, "%s: ", loading->token->name);
	/* NSS counts the NUL behind its labels as a part of them. */
	if (label.size && !label.data[label.size - 1])
		label.size--;
	if (label.size)
		chk_text_escape(&buffer, label);
	else if (cert)
		chk_dn_short(&buffer, cert->subject);
	else
		chk_buffer_text(&buffer, "(no label)");
	return chk_buffer_steal(&buffer);
}

/* No certificate, or none that can be read: its distrust holds all the same. */
static bool block(struct loading *loading, const struct chk_bytes *values,
		  const char *what)
{
	CHK_CLEANUP(chk_cleanup_free) char *where =
		place(loading, values[CERT_LABEL], NULL);
	struct chk_bytes serial;

	if (!where)
		return chk_error_memory(loading->error);
	if (!chk_token_is_true(values[CERT_DISTRUSTED]) ||
	    !chk_nss_names_certificate(values[CERT_ISSUER],
				       values[CERT_SERIAL], &serial))
		return note(loading, where, what);
	return chk_store_block(loading->store, values[CERT_ISSUER], serial,
			       where) ||
	       chk_error_memory(loading->error);
}

static bool load_parsed(struct loading *loading, const struct chk_cert *cert,
			const struct chk_bytes *values)
{
	CHK_CLEANUP(chk_cleanup_free) char *where =
		place(loading, values[CERT_LABEL], cert);
	struct chk_anchor *anchor;

	if (!where)
		return chk_error_memory(loading->error);
	anchor = chk_store_anchor(loading->store, cert, where);
	if (!anchor)
		return chk_error_memory(loading->error);
	return state(loading, anchor, values, where);
}

static bool load_certificate(struct loading *loading, CK_OBJECT_HANDLE object)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_bytes values[CERT_VALUES];
	struct chk_error fault;

	chk_arena_clear(&loading->scratch);
	if (!chk_token_values(loading->token, object, CERT_TYPES, CERT_VALUES,
			      &loading->scratch, values, loading->error))
		return false;
	if (!values[CERT_VALUE].size)
		return block(loading, values,
			     "a certificate without CKA_VALUE; passed over");
	if (chk_cert_parse(values[CERT_VALUE], &cert, &fault))
		return load_parsed(loading, cert, values);
	if (fault.code == CHK_ERROR_MEMORY)
		return chk_error_memory(loading->error);
	return block(loading, values, fault.what);
}

static bool load_certificates(struct loading *loading,
			      const CK_ATTRIBUTE *template, size_t count)
{
	CK_OBJECT_CLASS class = CKO_CERTIFICATE;
	CHK_CLEANUP(cleanup_handles) struct chk_handles handles = { 0 };
	CK_ATTRIBUTE *all = chk_arena_array(&loading->facts.arena, count + 1,
					    sizeof(*all));

	if (!all)
		return chk_error_memory(loading->error);
	all[0] = (CK_ATTRIBUTE){ CKA_CLASS, &class, sizeof(class) };
	if (count)
		memcpy(all + 1, template, count * sizeof(*all));
	if (!chk_token_find(loading->token, all, count + 1, &handles,
			    loading->error))
		return false;
	for (size_t i = 0; i < handles.count; i++)
		if (!load_certificate(loading, handles.items[i]))
			return false;
	return true;
}

/*
 * When all is read: one certificate may lie on the token twice, and be marked
 * in one place.
 */
static bool note_untrusted(struct loading *loading, size_t first)
{
	for (size_t i = first; i < loading->store->count; i++) {
		const struct chk_anchor *anchor = loading->store->anchors[i];

		if (chk_anchor_is_unmarked(anchor) &&
		    !note(loading, anchor->where[0], "on the token without "
			  "CKA_TRUSTED: present, not trusted"))
			return false;
	}
	return true;
}

bool chk_token_load(struct chk_store *store, const struct chk_token *token,
		    const CK_ATTRIBUTE *template, size_t count,
		    struct chk_error *error)
{
	CHK_CLEANUP(cleanup_loading) struct loading loading = {
		.store = store, .token = token, .error = error };
	size_t first = store->count;

	if (!chk_token_facts_load(&loading.facts, store, token, error) ||
	    !load_certificates(&loading, template, count))
		return false;
	/* Where some were asked for, others are not missed. */
	if (!chk_nss_trust_end(&loading.facts.trusts, store, count == 0))
		return chk_error_memory(error);
	return note_untrusted(&loading, first);
}
