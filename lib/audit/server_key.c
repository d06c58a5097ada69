/* lib/audit/server_key.c: the private key of a server bundle: whose it is,
 * and who may read it. */
#include "audit/server_bundle.h"

#include <sys/stat.h>

#include "audit/at_hand.h"
#include "base/cleanup.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/file.h"
#include "diagnosis/words.h"
#include "store/pkcs12_file.h"

struct secret {
	uint8_t *data;
	size_t size;
};

static void cleanup_secret(struct secret *secret)
{
	if (secret->data)
		explicit_bzero(secret->data, secret->size);
	free(secret->data);
}

/* The file of the question's key: what is in it, and of which mode it is. */
static bool read_named(struct chk_server *server, struct chk_audit *audit)
{
	const char *path = audit->question->key;
	CHK_CLEANUP(cleanup_secret) struct secret secret = { 0 };
	struct chk_contents contents = { 0 };
	struct stat facts;
	bool ok;

	if (!chk_file_read(path, &secret.data, &secret.size, audit->error))
		return false;
	server->key_path = path;
	if (stat(path, &facts) == 0)
		server->key_mode = facts.st_mode & 07777;
	contents.data = secret.data;
	contents.size = secret.size;
	ok = chk_contents_read(&contents, audit->error);
	if (ok && contents.certs && !contents.kinds[CHK_ITEM_KEY])
		server->key_is_cert = true;
	else if (ok)
		chk_private_key_read(&server->key,
				     chk_contents_key(&contents),
				     audit->question->password);
	contents.data = NULL; /* `secret` is wiped */
	chk_contents_clear(&contents);
	return ok;
}

/* A keystore's own; its key lies encrypted. JKS has its own cipher. */
static void read_keystore(struct chk_server *server, struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;
	struct chk_bytes file = chk_bytes_of(contents->data, contents->size);

	server->key_path = audit->audited->path;
	if (chk_pkcs12_is(file))
		chk_private_key_read_pkcs12(&server->key, file,
					    audit->question->password);
}

static void read_inside(struct chk_server *server, struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;

	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];

		if (item->kind != CHK_ITEM_KEY)
			continue;
		server->key_item = item;
		server->key_mode = audit->file.known ? audit->file.mode : 0;
		server->key_path = audit->audited->path;
		chk_private_key_read(&server->key, item->text,
				     audit->question->password);
		return;
	}
}

bool chk_server_read_key(struct chk_server *server, struct chk_audit *audit)
{
	if (audit->question->key)
		return read_named(server, audit);
	if (audit->keystore)
		read_keystore(server, audit);
	else
		read_inside(server, audit);
	return true;
}

static const char *spki_words(struct chk_audit *audit, struct chk_bytes spki)
{
	uint8_t digest[32];

	chk_digest_sha256(spki, digest);
	return chk_words_hex(audit->arena,
			     chk_bytes_of(digest, sizeof(digest)));
}

/* "; it is the key of «Root A» at line 12" or of a file at hand */
static const char *whose(struct chk_audit *audit,
			 const struct chk_server *server)
{
	const struct chk_contents *contents = audit->contents;
	struct chk_fit fit = { 0 };
	const char *words = "";

	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];

		if (item->cert && chk_private_key_fits(&server->key,
						       item->cert))
			return chk_words(audit->arena, "; it is the key of %s "
					 "at line %u",
					 chk_words_cert(audit->arena,
							item->cert),
					 (unsigned)item->line);
	}
	if (!audit->file.known)
		return "";
	chk_at_hand_find(&fit, audit->file.path, server->leaf->cert,
			 &server->key, audit->question->password);
	if (fit.key)
		words = chk_words(audit->arena, "; the key in %s fits",
				  chk_words_escape(audit->arena, fit.key));
	else if (fit.cert)
		words = chk_words(audit->arena, "; it is the key of the "
				  "certificate in %s",
				  chk_words_escape(audit->arena, fit.cert));
	chk_fit_clear(&fit);
	return words;
}

static void judge_fit(struct chk_audit *audit, const struct chk_server *server)
{
	const struct chk_cert *cert = server->leaf->cert;
	const char *of_key = spki_words(audit, server->key.spki);
	const char *of_cert = spki_words(audit, cert->spki);
	struct chk_finding_node *node;

	if (chk_private_key_fits(&server->key, cert))
		return;
	node = chk_audit_say(
		audit, CHK_FINDING_BUNDLE_KEY_MISMATCH, server->leaf,
		"the private key in %s has the SPKI SHA-256 %s, and %s has %s: "
		"no server starts with the two (nginx: \"key values "
		"mismatch\")%s",
		chk_words_escape(audit->arena, server->key_path), of_key,
		chk_words_cert(audit->arena, cert), of_cert,
		whose(audit, server));
	chk_finding_evidence(&audit->inquiry, node, "SPKI SHA-256 of the key",
			     of_key);
	chk_finding_evidence(&audit->inquiry, node,
			     "SPKI SHA-256 of the certificate", of_cert);
}

static void judge_state(struct chk_audit *audit,
			const struct chk_server *server)
{
	const char *path = chk_words_escape(audit->arena, server->key_path);

	if (server->key.state == CHK_PRIVATE_KEY_LOCKED)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_KEY_PASSWORD,
			      server->key_item, "the private key in %s is "
			      "encrypted and no password is given (--pass): "
			      "whether it fits was not looked at", path);
	if (server->key.state == CHK_PRIVATE_KEY_WRONG)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_KEY_UNREADABLE,
			      server->key_item, "the password that is given "
			      "does not open the private key in %s", path);
	if (server->key.state == CHK_PRIVATE_KEY_BROKEN)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_KEY_UNREADABLE,
			      server->key_item, "the private key in %s cannot "
			      "be read", path);
}

void chk_audit_key_mode(struct chk_audit *audit, const struct chk_item *item,
			const char *path, unsigned mode)
{
	if (mode & (S_IROTH | S_IWOTH))
		chk_audit_say(audit, CHK_FINDING_BUNDLE_KEY_PERMISSIONS, item,
			      "everybody on this machine may %s the private "
			      "key in %s (mode %04o)",
			      mode & S_IROTH ? "read" : "replace",
			      chk_words_escape(audit->arena, path), mode);
}

void chk_server_judge_key(struct chk_audit *audit,
			  const struct chk_server *server)
{
	if (server->key_is_cert)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_SWAPPED, NULL,
			      "%s was given as the private key and holds a "
			      "certificate",
			      chk_words_escape(audit->arena,
					       server->key_path));
	if (server->key.state == CHK_PRIVATE_KEY_NONE)
		return;
	judge_state(audit, server);
	if (server->key.state == CHK_PRIVATE_KEY_READ)
		judge_fit(audit, server);
	if (!server->key.encrypted)
		chk_audit_key_mode(audit, server->key_item, server->key_path,
				   server->key_mode);
}
