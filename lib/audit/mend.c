/* lib/audit/mend.c: the bundle as it should be. */
#include "audit/mend.h"

#include "base/cleanup.h"
#include "base/error.h"

CHK_CLEANUP_FUNCTION(cleanup_chain, struct chk_chain *, chk_chain_free);
CHK_CLEANUP_FUNCTION(cleanup_report, struct chk_report *, chk_report_free);

/* Chains that may be the one: what each client would have, and our own. */
enum { CANDIDATES_MAX = 16, LENGTH_MAX = 32 };

struct candidate {
	const struct chk_cert *certs[LENGTH_MAX];
	size_t count;
	size_t accepted; /* by so many clients */
};

static bool has(const struct candidate *chain, const struct chk_cert *cert)
{
	for (size_t i = 0; i < chain->count; i++) {
		if (chk_bytes_equal(chain->certs[i]->der, cert->der))
			return true;
	}
	return false;
}

/* Of what was ended nobody has any use. */
static void add(struct chk_audit *audit, const struct chk_server *server,
		struct candidate *chain, const struct chk_cert *cert)
{
	if (chain->count < LENGTH_MAX && !has(chain, cert) &&
	    (chain->count == 0 ||
	     chk_server_cross_end(audit, server, cert) == INT64_MIN))
		chain->certs[chain->count++] = cert;
}

/* Did it issue it, by names and key ids? The search is asked at the end. */
static bool issued(const struct chk_cert *issuer, const struct chk_cert *cert)
{
	return chk_cert_names_match(cert, issuer) &&
	       !(cert->authority.key_id.data && issuer->key_id.data &&
		 !chk_bytes_equal(cert->authority.key_id, issuer->key_id));
}

static const struct chk_cert *find_issuer(const struct chk_audit *audit,
					  const struct chk_chain *chain,
					  const struct candidate *found,
					  const struct chk_cert *cert)
{
	const struct chk_cert *best = NULL;

	for (size_t i = 0; chain && i < chain->count; i++) {
		const struct chk_cert *other = chain->items[i].cert;

		if (has(found, other) || !issued(other, cert))
			continue;
		if (audit->at >= other->not_before &&
		    audit->at <= other->not_after)
			return other;
		best = best ? best : other;
	}
	return best;
}

/* From the leaf upwards, of the file and what is at hand, to below a root. */
static void walk_up(struct chk_audit *audit, const struct chk_server *server,
		    struct candidate *chain)
{
	const struct chk_cert *cert = server->leaf->cert;

	while (cert && chain->count < LENGTH_MAX) {
		chain->certs[chain->count++] = cert;
		if (chk_cert_is_root(cert))
			return;
		cert = find_issuer(audit, server->chain, chain,
				   chain->certs[chain->count - 1]);
		if (!cert)
			cert = find_issuer(audit, audit->question->untrusted,
					   chain,
					   chain->certs[chain->count - 1]);
		if (cert && chk_cert_is_root(cert))
			return;
	}
}

/* As the search that a client was asked by would have it. */
static void take_corrected(struct chk_audit *audit,
			   const struct chk_server *server,
			   const struct chk_report *report,
			   struct candidate *chain)
{
	size_t count = chk_report_corrected_count(report);

	for (size_t i = 0; i < count; i++)
		add(audit, server, chain, chk_report_corrected(report, i));
	if (count)
		return;
	/* It was sent as it should be. */
	for (size_t i = 0; i < server->chain->count; i++)
		add(audit, server, chain, server->chain->items[i].cert);
}

static bool is_accepted(struct chk_audit *audit,
			const struct candidate *candidate,
			const struct chk_audit_client *client, bool *accepted)
{
	const struct chk_store *stores[] = { client->store };
	struct chk_question question = {
		.stores = stores, .store_count = 1,
		.at_set = true, .at = audit->at,
		.profile = client->profile, .strength = client->strength,
		.partial_chain = audit->question->client_count == 0,
		.memory = audit->question->memory,
	};
	CHK_CLEANUP(cleanup_chain) struct chk_chain *chain = chk_chain_new();
	CHK_CLEANUP(cleanup_report) struct chk_report *report = NULL;

	if (!chain)
		return chk_error_memory(audit->error);
	for (size_t i = 0; i < candidate->count; i++) {
		if (!chk_chain_add(chain, candidate->certs[i],
				   audit->audited->path, audit->error))
			return false;
	}
	if (!chk_verify(chain, &question, &report, audit->error))
		return false;
	*accepted = chk_report_verdict(report) == CHK_VERDICT_TRUSTED;
	return true;
}

static bool count_accepted(struct chk_audit *audit,
			   const struct chk_server *server,
			   struct candidate *candidate)
{
	const struct chk_audit_question *question = audit->question;
	size_t count = question->client_count ? question->client_count : 1;

	for (size_t i = 0; i < count; i++) {
		bool accepted = false;

		if (!is_accepted(audit, candidate,
				 question->client_count ?
				 &question->clients[i] : &server->supposed,
				 &accepted))
			return false;
		candidate->accepted += accepted;
	}
	return true;
}

/*
 * The one that most clients accept. Of equal ones that of a search, which
 * keeps what other clients need; then the shorter. The last is our own.
 */
static bool choose(struct chk_audit *audit, const struct chk_server *server,
		   struct candidate *candidates, size_t count,
		   const struct candidate **best)
{
	const struct candidate *own = &candidates[count - 1];

	for (size_t i = 0; i < count; i++) {
		if (!count_accepted(audit, server, &candidates[i]))
			return false;
	}
	*best = &candidates[0];
	for (const struct candidate *one = candidates; one < own; one++) {
		if (one->accepted > (*best)->accepted ||
		    (one->accepted == (*best)->accepted &&
		     one->count < (*best)->count))
			*best = one;
	}
	if ((*best)->accepted == 0 || own->accepted > (*best)->accepted)
		*best = own;
	return true;
}

static bool keep(struct chk_audit *audit, const struct candidate *chain)
{
	struct chk_mending *mending = &audit->audited->mending;

	mending->certs = chk_arena_array(audit->arena, chain->count,
					 sizeof(*mending->certs));
	if (!mending->certs)
		return chk_error_memory(audit->error);
	for (size_t i = 0; i < chain->count; i++)
		mending->certs[mending->count++] = chk_report_hold(
			audit->audited->report, chain->certs[i]);
	return true;
}

/* A block with a byte 0 in it is no text: it would end the file there. */
bool chk_mend_keeps_key(const struct chk_item *item)
{
	return item->kind == CHK_ITEM_KEY && item->line &&
	       !memchr(item->text.data, 0, item->text.size);
}

static bool keep_keys(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;
	struct chk_mending *mending = &audit->audited->mending;

	mending->keys = chk_arena_array(audit->arena,
					contents->kinds[CHK_ITEM_KEY] + 1,
					sizeof(*mending->keys));
	for (size_t i = 0; mending->keys && i < contents->count; i++) {
		if (chk_mend_keeps_key(&contents->items[i]))
			mending->keys[mending->key_count++] =
				&contents->items[i];
	}
	return mending->keys || chk_error_memory(audit->error);
}

bool chk_mend_server(struct chk_audit *audit, const struct chk_server *server)
{
	const struct chk_audited *audited = audit->audited;
	CHK_CLEANUP(chk_cleanup_free) struct candidate *candidates =
		calloc(CANDIDATES_MAX, sizeof(*candidates));
	const struct candidate *best;
	size_t count = 0;

	if (!candidates)
		return chk_error_memory(audit->error);
	for (size_t i = 0; i < audited->report_count &&
	     count + 1 < CANDIDATES_MAX; i++)
		take_corrected(audit, server, audited->reports[i],
			       &candidates[count++]);
	walk_up(audit, server, &candidates[count++]);
	audit->audited->mending.chain = true;
	return choose(audit, server, candidates, count, &best) &&
	       keep(audit, best) && keep_keys(audit) && chk_mend_tell(audit);
}

/* What says for what it is trusted cannot be written without that. */
static bool counts(const struct chk_audit *audit, const struct chk_item *item)
{
	return item->cert && !item->again && !item->trusted_label &&
	       audit->at <= item->cert->not_after;
}

bool chk_mend_anchors(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;
	struct chk_mending *mending = &audit->audited->mending;

	mending->certs = chk_arena_array(audit->arena, contents->count,
					 sizeof(*mending->certs));
	if (!mending->certs)
		return chk_error_memory(audit->error);
	for (size_t i = 0; i < contents->count; i++) {
		if (counts(audit, &contents->items[i]))
			mending->certs[mending->count++] =
				contents->items[i].cert;
	}
	return chk_mend_tell(audit);
}
