/*
 * lib/store/token_trust.c: certificates of a token and what it states of
 * them. Trust is said in three ways: by attributes of the certificate, by
 * trust objects (the way of NSS, which p11-kit gives too), and by extensions
 * stapled to its public key (p11-kit's alone).
 */
#include "store/token.h"

#include <inttypes.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "base/text.h"
#include "cert/der.h"
#include "cert/dn.h"
#include "cert/extension.h"
#include "cert/oid.h"
#include "store/purpose.h"

/* What a trust object can say of; the order is that of TRUST_TYPES. */
static const enum chk_purpose TRUST_PURPOSES[] = {
	CHK_PURPOSE_TLS_SERVER, CHK_PURPOSE_TLS_CLIENT, CHK_PURPOSE_EMAIL,
	CHK_PURPOSE_CODE_SIGNING, CHK_PURPOSE_TIME_STAMPING,
};
#define TRUSTS CHK_COUNT(TRUST_PURPOSES)

enum { TRUST_ISSUER, TRUST_SERIAL, TRUST_SHA1, TRUST_FIRST };
static const CK_ATTRIBUTE_TYPE TRUST_TYPES[TRUST_FIRST + TRUSTS] = {
	CKA_ISSUER, CKA_SERIAL_NUMBER, CKA_CERT_SHA1_HASH,
	CKA_TRUST_SERVER_AUTH, CKA_TRUST_CLIENT_AUTH,
	CKA_TRUST_EMAIL_PROTECTION, CKA_TRUST_CODE_SIGNING,
	CKA_TRUST_TIME_STAMPING,
};

enum { EXTENSION_KEY, EXTENSION_VALUE, EXTENSION_VALUES };
static const CK_ATTRIBUTE_TYPE EXTENSION_TYPES[EXTENSION_VALUES] = {
	CKA_PUBLIC_KEY_INFO, CKA_VALUE,
};

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

struct trust {
	struct chk_bytes issuer, serial, sha1; /* serial: INTEGER content */
	enum chk_trust trust[TRUSTS];
	bool used; /* its certificate is on the token */
};

struct stapled {
	struct chk_bytes key, oid, value; /* key: SubjectPublicKeyInfo */
	bool critical;
};

struct loading {
	struct chk_store *store;
	const struct chk_token *token;
	struct chk_error *error;
	struct chk_arena scratch; /* values of one certificate */
	struct chk_arena arena; /* all that is below points into it */
	struct trust *trusts;
	size_t trust_count, trust_room;
	struct chk_map trusts_by_serial;
	struct stapled *stapled;
	size_t stapled_count, stapled_room;
	struct chk_map stapled_by_key;
};

static void cleanup_loading(struct loading *loading)
{
	chk_arena_clear(&loading->scratch);
	chk_arena_clear(&loading->arena);
	free(loading->trusts);
	chk_map_clear(&loading->trusts_by_serial);
	free(loading->stapled);
	chk_map_clear(&loading->stapled_by_key);
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

/* Is this an issuer and serial number to know a certificate by? */
static bool names_certificate(struct chk_bytes issuer, struct chk_bytes serial,
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
	struct chk_bytes values[CHK_COUNT(TRUST_TYPES)];
	struct trust *trust;

	if (!chk_token_values(loading->token, object, TRUST_TYPES,
			      CHK_COUNT(TRUST_TYPES), &loading->arena, values,
			      loading->error))
		return false;
	if (!chk_array_grow(&loading->trusts, loading->trust_count,
			    &loading->trust_room, sizeof(*loading->trusts)))
		return chk_error_memory(loading->error);
	trust = &loading->trusts[loading->trust_count];
	*trust = (struct trust){ .issuer = values[TRUST_ISSUER],
				 .sha1 = values[TRUST_SHA1] };
	if (!names_certificate(values[TRUST_ISSUER], values[TRUST_SERIAL],
			       &trust->serial))
		return note(loading, loading->token->name, "a trust object "
			    "names no certificate by issuer and serial number; "
			    "passed over");
	for (size_t i = 0; i < TRUSTS; i++)
		trust->trust[i] = trust_of(chk_token_number(
			values[TRUST_FIRST + i], CKT_NSS_TRUST_UNKNOWN));
	return chk_map_add(&loading->trusts_by_serial,
			   chk_bytes_hash(trust->serial),
			   (uint32_t)loading->trust_count++) ||
	       chk_error_memory(loading->error);
}

static bool load_stapled(struct loading *loading, CK_OBJECT_HANDLE object)
{
	struct chk_bytes values[EXTENSION_VALUES];
	struct stapled stapled = { .critical = false };
	struct chk_der der;

	if (!chk_token_values(loading->token, object, EXTENSION_TYPES,
			      EXTENSION_VALUES, &loading->arena, values,
			      loading->error))
		return false;
	stapled.key = values[EXTENSION_KEY];
	der = chk_der_begin(values[EXTENSION_VALUE], NULL);
	/*
	 * One that cannot be read may be a limit of trust: its key is kept
	 * with no identifier, and nothing of that key is trusted.
	 */
	if (!chk_extension_next(&der, &stapled.oid, &stapled.critical,
				&stapled.value) || !chk_der_at_end(&der))
		stapled.oid = chk_bytes_of(NULL, 0);
	if (!chk_array_grow(&loading->stapled, loading->stapled_count,
			    &loading->stapled_room, sizeof(*loading->stapled)))
		return chk_error_memory(loading->error);
	loading->stapled[loading->stapled_count] = stapled;
	return chk_map_add(&loading->stapled_by_key,
			   chk_bytes_hash(stapled.key),
			   (uint32_t)loading->stapled_count++) ||
	       chk_error_memory(loading->error);
}

/* The trust objects about `cert`, one after the other. NULL: no more. */
static struct trust *next_trust(const struct loading *loading,
				const struct chk_cert *cert, size_t *cursor)
{
	uint8_t sha1[20];
	uint32_t item;

	chk_digest_sha1(cert->der, sha1);
	while (chk_map_find(&loading->trusts_by_serial,
			    chk_bytes_hash(cert->serial), cursor, &item)) {
		struct trust *trust = &loading->trusts[item];

		if (!chk_bytes_equal(trust->serial, cert->serial) ||
		    !chk_bytes_equal(trust->issuer, cert->issuer))
			continue;
		if (trust->sha1.size &&
		    !chk_bytes_equal(trust->sha1, chk_bytes_of(sha1, 20)))
			continue;
		return trust;
	}
	return NULL;
}

/* What an anchor gets, gathered before it is said: limits come in any order. */
struct statement {
	struct chk_anchor said; /* trust[] alone is used */
	struct chk_anchor limit; /* trust[]: what a stapled usage allows */
	bool limited, unreadable;
};

static bool apply_usage(struct statement *statement,
			const struct stapled *stapled, struct chk_anchor *to,
			enum chk_trust trust)
{
	struct chk_der der = chk_der_begin(stapled->value, NULL);
	struct chk_tlv list;

	if (chk_der_expect(&der, CHK_DER_SEQUENCE, "extKeyUsage", &list) &&
	    chk_usages_apply(list.value, trust, to))
		return true;
	statement->unreadable = true;
	return true;
}

static bool apply_stapled(struct loading *loading, struct chk_anchor *anchor,
			  const struct stapled *stapled,
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
	struct chk_bytes key = anchor->cert->spki;
	size_t cursor = 0;
	uint32_t item;

	while (chk_map_find(&loading->stapled_by_key, chk_bytes_hash(key),
			    &cursor, &item)) {
		const struct stapled *stapled = &loading->stapled[item];

		if (chk_bytes_equal(stapled->key, key) &&
		    !apply_stapled(loading, anchor, stapled, statement))
			return false;
	}
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
	struct trust *trust;
	size_t cursor = 0;

	while ((trust = next_trust(loading, cert, &cursor))) {
		trust->used = any = true;
		for (size_t i = 0; i < TRUSTS; i++)
			chk_anchor_set(said, TRUST_PURPOSES[i],
				       trust->trust[i]);
	}
	if (trusted && any)
		chk_anchor_set(said, CHK_PURPOSE_OCSP_SIGNING,
			       CHK_TRUST_TRUSTED);
	else if (trusted)
		chk_anchor_set(said, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
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
	if (chk_anchor_trust(anchor, CHK_PURPOSE_ANY) == CHK_TRUST_NOT_STATED &&
	    !note(loading, where, "on the token without CKA_TRUSTED: present, "
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
	    !names_certificate(values[CERT_ISSUER], values[CERT_SERIAL],
			       &serial))
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
static bool block_unused(struct loading *loading, const struct trust *trust)
{
	bool distrusted = false, trusted = false;

	for (size_t i = 0; i < TRUSTS; i++) {
		distrusted |= trust->trust[i] == CHK_TRUST_DISTRUSTED;
		trusted |= trust->trust[i] == CHK_TRUST_TRUSTED;
	}
	/* A block is for every purpose. */
	if (trust->used || !distrusted || trusted)
		return true;
	return chk_store_block(loading->store, trust->issuer, trust->serial,
			       loading->token->name) ||
	       chk_error_memory(loading->error);
}

static bool load_certificates(struct loading *loading,
			      const CK_ATTRIBUTE *template, size_t count)
{
	CK_OBJECT_CLASS class = CKO_CERTIFICATE;
	CHK_CLEANUP(cleanup_handles) struct chk_handles handles = { 0 };
	CK_ATTRIBUTE *all = chk_arena_array(&loading->arena, count + 1,
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

bool chk_token_load(struct chk_store *store, const struct chk_token *token,
		    const CK_ATTRIBUTE *template, size_t count,
		    struct chk_error *error)
{
	CHK_CLEANUP(cleanup_loading) struct loading loading = {
		.store = store, .token = token, .error = error };

	if (!for_class(&loading, CKO_NSS_TRUST, load_trust) ||
	    !for_class(&loading, CKO_X_CERTIFICATE_EXTENSION, load_stapled) ||
	    !load_certificates(&loading, template, count))
		return false;
	for (size_t i = 0; i < loading.trust_count; i++)
		if (!block_unused(&loading, &loading.trusts[i]))
			return false;
	return true;
}
