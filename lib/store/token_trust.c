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

/*
 * A trust object knows more than CKA_TRUSTED and is asked instead of it for
 * every purpose that it can name.
 */
static void apply_trust_objects(struct loading *loading,
				const struct chk_cert *cert, bool trusted,
				struct statement *statement)
{
	struct chk_anchor *said = &statement->said;
	bool any = false;
	struct chk_trust_fact *fact;
	size_t cursor = 0;

	while ((fact = chk_token_facts_trust(&loading->facts, cert,
					     &cursor))) {
		fact->used = any = true;
		for (size_t i = 0; i < CHK_TRUST_FACTS; i++)
			chk_anchor_set(said, CHK_TRUST_FACT_PURPOSES[i],
				       fact->trust[i]);
	}
	if (!trusted)
		return;
	if (!any)
		chk_anchor_set(said, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
	/* The one purpose that a trust object has no word for. */
	else if (chk_cert_allows_usage(
			 cert, chk_oid_bytes(CHK_OID_EKU_OCSP_SIGNING), true))
		chk_anchor_set(said, CHK_PURPOSE_OCSP_SIGNING,
			       CHK_TRUST_TRUSTED);
}

/* Distrust always, trust as far as a stapled usage goes. */
static void say(const struct statement *statement, struct chk_anchor *anchor)
{
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		enum chk_trust trust = statement->said.trust[i];

		if (trust == CHK_TRUST_TRUSTED &&
		    (statement->unreadable ||
		     (statement->limited &&
		      statement->limit.trust[i] != CHK_TRUST_TRUSTED)))
			continue;
		chk_anchor_set(anchor, (enum chk_purpose)i, trust);
	}
}

/* UTCTime or GeneralizedTime without a tag; a lone zero is "no date". */
static bool parse_date(struct chk_bytes value, int64_t *seconds)
{
	struct chk_der der = chk_der_begin(value, NULL);
	struct chk_tlv tlv = { .value = value, .whole = value };

	tlv.tag = value.size == 13 ? CHK_DER_UTC_TIME :
				     CHK_DER_GENERALIZED_TIME;
	return chk_der_time(&der, &tlv, seconds);
}

/* A date that cannot be read is taken for one that is long past. */
static bool apply_date(struct loading *loading, struct chk_anchor *anchor,
		       enum chk_purpose purpose, struct chk_bytes value,
		       const char *where)
{
	int64_t seconds;

	if (value.size <= 1)
		return true;
	if (!parse_date(value, &seconds)) {
		chk_anchor_set(anchor, purpose, CHK_TRUST_DISTRUSTED);
		return note(loading, where, "a distrust-after date cannot be "
			    "read; distrusted altogether");
	}
	if (seconds < anchor->distrust_after[purpose])
		anchor->distrust_after[purpose] = seconds;
	return true;
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
	return apply_date(loading, anchor, CHK_PURPOSE_TLS_SERVER,
			  values[CERT_SERVER_DATE], where) &&
	       apply_date(loading, anchor, CHK_PURPOSE_EMAIL,
			  values[CERT_EMAIL_DATE], where);
}

/* "token: label" */
static char *place(const struct loading *loading, struct chk_bytes label,
		   const struct chk_cert *cert)
{
	struct chk_buffer buffer = { 0 };

	chk_buffer_format(&buffer, "%s: ", loading->token->name);
	if (label.size)
		chk_text_escape(&buffer, label);
	else if (cert)
		chk_dn_short(&buffer, cert->subject);
	else
		chk_buffer_text(&buffer, "(no label)");
	return chk_buffer_steal(&buffer);
}

static inline void cleanup_cert(struct chk_cert **cert)
{
	chk_cert_unref(*cert);
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
	    !chk_token_names_certificate(values[CERT_ISSUER],
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
	CHK_CLEANUP(cleanup_cert) struct chk_cert *cert = NULL;
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

/* A trust object of a certificate that is not there can still distrust it. */
static bool block_unused(struct loading *loading,
			 const struct chk_trust_fact *fact)
{
	bool distrusted = false, trusted = false;

	for (size_t i = 0; i < CHK_TRUST_FACTS; i++) {
		distrusted |= fact->trust[i] == CHK_TRUST_DISTRUSTED;
		trusted |= fact->trust[i] == CHK_TRUST_TRUSTED;
	}
	/* A block is for every purpose. */
	if (fact->used || !distrusted || trusted)
		return true;
	return chk_store_block(loading->store, fact->issuer, fact->serial,
			       loading->token->name) ||
	       chk_error_memory(loading->error);
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

		if (chk_anchor_trust(anchor, CHK_PURPOSE_ANY) ==
			    CHK_TRUST_NOT_STATED &&
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
	for (size_t i = 0; i < loading.facts.trust_count; i++)
		if (!block_unused(&loading, &loading.facts.trusts[i]))
			return false;
	return note_untrusted(&loading, first);
}
