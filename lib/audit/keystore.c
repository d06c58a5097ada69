/* lib/audit/keystore.c: keystores, PKCS #12 and Java's: what a JVM takes from
 * one, and whether a server can use it. */
#include "audit/server_bundle.h"

#include "base/error.h"
#include "diagnosis/words.h"
#include "store/format.h"
#include "store/pkcs12_file.h"

bool chk_audit_is_keystore(struct chk_bytes bytes)
{
	return chk_jks_is(bytes) || chk_pkcs12_is(bytes);
}

/* "store.jks: alias www" */
static const char *alias_of(const char *where)
{
	static const char ALIAS[] = ": alias ";
	const char *found = where ? strstr(where, ALIAS) : NULL;

	return found ? found + sizeof(ALIAS) - 1 : NULL;
}

static bool add_anchors(struct chk_audit *audit)
{
	const struct chk_store *store = audit->keystore;

	for (size_t i = 0; i < store->count; i++) {
		const struct chk_anchor *anchor = store->anchors[i];

		if (!chk_contents_add(&audit->audited->contents, anchor->cert,
				      alias_of(chk_anchor_where(anchor, 0)),
				      audit->error))
			return false;
	}
	return true;
}

/* What the reader says of a keystore that it cannot read is a finding. */
static bool say_unread(struct chk_audit *audit, const struct chk_error *why)
{
	bool locked = why->code == CHK_ERROR_PASSWORD;

	if (why->code == CHK_ERROR_MEMORY)
		return chk_error_memory(audit->error);
	chk_audit_say(audit, locked ? CHK_FINDING_STORE_PASSWORD :
		      why->code == CHK_ERROR_EMPTY ? CHK_FINDING_STORE_EMPTY :
		      CHK_FINDING_STORE_MALFORMED, NULL, "%s: %s",
		      audit->audited->path, why->what);
	return true;
}

bool chk_audit_read_keystore(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;
	const struct chk_store_options options = {
		.pin = audit->question->password,
	};
	struct chk_bytes bytes = chk_bytes_of(contents->data, contents->size);
	const char *name = audit->audited->path;
	struct chk_error why = { 0 };
	bool jks = chk_jks_is(bytes);

	audit->party = CHK_PARTY_CLIENT;
	audit->keystore = chk_store_new(name);
	if (!audit->keystore)
		return chk_error_memory(audit->error);
	if (!(jks ? chk_read_jks : chk_read_pkcs12)(audit->keystore, bytes,
						    name, &options, &why))
		return say_unread(audit, &why);
	return add_anchors(audit);
}

static void say_traps(struct chk_audit *audit)
{
	const struct chk_store *store = audit->keystore;

	for (size_t i = 0; i < store->trap_count; i++)
		chk_audit_say(audit, chk_finding_find(store->traps[i].code),
			      NULL, "%s", store->traps[i].what);
	for (size_t i = 0; i < store->note_count; i++)
		chk_audit_say(audit, CHK_FINDING_STORE_MALFORMED, NULL,
			      "%s: %s", store->notes[i].where,
			      store->notes[i].what);
}

bool chk_audit_keystore(struct chk_audit *audit)
{
	const struct chk_store *store = audit->keystore;
	bool server = audit->question->as == CHK_BUNDLE_SERVER;

	if (!store || !audit->contents->certs)
		return true;
	if (server && store->keys == 0)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_NO_PRIVATE_KEY, NULL,
			      "%s has no private key: a server of Java that "
			      "is given it ends each handshake (\"No available "
			      "authentication scheme\")",
			      audit->audited->path);
	if (store->keys > 0)
		return chk_audit_server_bundle(audit);
	if (server)
		return true;
	say_traps(audit);
	return chk_audit_ca_bundle(audit);
}
