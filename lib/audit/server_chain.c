/*
 * lib/audit/server_chain.c: a file's certificates as a server would have to
 * send them, and what may be supposed to be trusted.
 */
#include "audit/server_bundle.h"

#include <stdio.h>

#include "base/error.h"
#include "supply/known.h"

static bool is_issuer_here(const struct chk_contents *contents,
			   const struct chk_cert *cert)
{
	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_cert *other = contents->items[i].cert;

		if (other && !contents->items[i].again && other != cert &&
		    chk_cert_names_match(other, cert))
			return true;
	}
	return false;
}

/* What the key fits, unless it is a CA's and there is another end. */
static const struct chk_item *find_fitting(const struct chk_server *server,
					   const struct chk_contents *contents)
{
	const struct chk_item *found = NULL;
	bool leaves = false;

	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];

		if (!item->cert || item->again)
			continue;
		leaves |= chk_audit_is_leaf(item->cert);
		if (!found && chk_private_key_fits(&server->key, item->cert))
			found = item;
	}
	return found && leaves && !chk_audit_is_leaf(found->cert) ? NULL :
								    found;
}

/* The server's own: what is no CA, and issued nothing that is here. */
static const struct chk_item *find_leaf(const struct chk_server *server,
					const struct chk_contents *contents)
{
	const struct chk_item *first = find_fitting(server, contents);
	const struct chk_item *idle = first;

	if (first)
		return first;

	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];

		if (!item->cert || item->again)
			continue;
		if (chk_audit_is_leaf(item->cert))
			return item;
		first = first ? first : item;
		if (!idle && !is_issuer_here(contents, item->cert))
			idle = item;
	}
	return idle ? idle : first;
}

static bool add_to_chain(struct chk_server *server, struct chk_audit *audit,
			 const struct chk_item *item)
{
	char where[4096];

	if (item->line)
		snprintf(where, sizeof(where), "%s:%u", audit->audited->path,
			 (unsigned)item->line);
	else
		snprintf(where, sizeof(where), "%s", audit->audited->path);
	return chk_chain_add(server->chain, item->cert, where, audit->error);
}

static bool fill_chain(struct chk_server *server, struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;

	if (!add_to_chain(server, audit, server->leaf))
		return false;
	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];

		if (item->cert && item != server->leaf &&
		    !add_to_chain(server, audit, item))
			return false;
	}
	return true;
}

static bool has_issuer(const struct chk_chain *chain,
		       const struct chk_cert *cert)
{
	for (size_t i = 0; chain && i < chain->count; i++) {
		const struct chk_cert *other = chain->items[i].cert;

		if (!chk_bytes_equal(other->der, cert->der) &&
		    chk_cert_names_match(cert, other))
			return true;
	}
	return false;
}

static bool trust(struct chk_server *server, struct chk_audit *audit,
		  const struct chk_cert *cert)
{
	return chk_store_add(server->top, cert, CHK_PURPOSE_ANY,
			     CHK_TRUST_TRUSTED, audit->audited->path,
			     audit->error);
}

enum chk_known_issuers chk_server_known_issuers(const struct chk_known *known,
						const struct chk_cert *cert)
{
	enum chk_known_issuers found = CHK_KNOWN_ISSUERS_NONE;
	struct chk_known_cert issuer;
	size_t cursor = 0;

	while (known && chk_known_issuer(known, cert, &cursor, &issuer)) {
		if (issuer.root)
			return CHK_KNOWN_ISSUERS_ROOT;
		found = CHK_KNOWN_ISSUERS_INTERMEDIATES;
	}
	return found;
}

/* The end of a chain: a root, or what a known or unseen CA has issued. */
static bool is_top(const struct chk_server *server,
		   const struct chk_audit *audit, const struct chk_cert *cert)
{
	return chk_cert_is_root(cert) ||
	       chk_server_known_issuers(audit->question->known, cert) ==
		       CHK_KNOWN_ISSUERS_ROOT ||
	       (!has_issuer(server->chain, cert) &&
		!has_issuer(audit->question->untrusted, cert));
}

/* Roots, and what of the file has no issuer at hand. */
static bool fill_top(struct chk_server *server, struct chk_audit *audit)
{
	const struct chk_chain *pool = audit->question->untrusted;

	for (size_t i = 0; i < server->chain->count; i++) {
		const struct chk_cert *cert = server->chain->items[i].cert;

		server->is_public |= chk_server_known_issuers(
			audit->question->known, cert) !=
				     CHK_KNOWN_ISSUERS_NONE;
		if (is_top(server, audit, cert) &&
		    !trust(server, audit, cert))
			return false;
	}
	for (size_t i = 0; pool && i < pool->count; i++) {
		const struct chk_cert *cert = pool->items[i].cert;

		if (chk_cert_is_root(cert) && !trust(server, audit, cert))
			return false;
	}
	return true;
}

static bool fill_pool(struct chk_server *server, struct chk_audit *audit)
{
	const struct chk_chain *pool = audit->question->untrusted;

	for (size_t i = 0; pool && i < pool->count; i++) {
		if (!chk_store_add(server->pool, pool->items[i].cert,
				   CHK_PURPOSE_ANY, CHK_TRUST_NOT_STATED,
				   pool->items[i].where, audit->error))
			return false;
	}
	return true;
}

bool chk_server_begin(struct chk_server *server, struct chk_audit *audit)
{
	if (!chk_server_read_key(server, audit))
		return false;
	server->leaf = find_leaf(server, audit->contents);
	if (!server->leaf)
		return true;
	server->chain = chk_chain_new();
	server->pool = chk_store_new("the files at hand");
	server->top = chk_store_new("the top of the chain");
	if (!server->chain || !server->pool || !server->top)
		return chk_error_memory(audit->error);
	server->supposed.store = server->top;
	return fill_chain(server, audit) && fill_top(server, audit) &&
	       fill_pool(server, audit);
}

void chk_server_clear(struct chk_server *server)
{
	chk_chain_free(server->chain);
	chk_store_free(server->pool);
	chk_store_free(server->top);
	chk_private_key_clear(&server->key);
}
