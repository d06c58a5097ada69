/* lib/audit/key.c: a private key alone. */
#include "audit/private_key.h"

#include "audit/audit.h"
#include "audit/server_bundle.h"

/* The key was given as the certificate, and the certificate as the key? */
static bool judge_swapped(struct chk_audit *audit)
{
	struct chk_server server = { 0 };
	bool ok;

	if (!audit->question->key)
		return true;
	ok = chk_server_read_key(&server, audit);
	if (ok)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_SWAPPED,
			      &audit->contents->items[0],
			      "%s was given as the certificate and holds a "
			      "private key%s", audit->audited->path,
			      server.key_is_cert ? "; the file of --key holds "
			      "the certificate: they are swapped" : "");
	chk_server_clear(&server);
	return ok;
}

bool chk_audit_key(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;

	if (!judge_swapped(audit))
		return false;
	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];
		struct chk_private_key key = { 0 };

		if (item->kind != CHK_ITEM_KEY)
			continue;
		chk_private_key_read(&key, item->text,
				     audit->question->password);
		if (key.state == CHK_PRIVATE_KEY_BROKEN ||
		    key.state == CHK_PRIVATE_KEY_WRONG)
			chk_audit_say(audit, CHK_FINDING_BUNDLE_KEY_UNREADABLE,
				      item, "the private key cannot be read%s",
				      key.state == CHK_PRIVATE_KEY_WRONG ?
				      " with the password that is given" : "");
		if (!key.encrypted && audit->file.known)
			chk_audit_key_mode(audit, item, audit->file.path,
					   audit->file.mode);
		chk_private_key_clear(&key);
	}
	return true;
}
