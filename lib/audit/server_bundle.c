/* lib/audit/server_bundle.c: the chain that a server will send. */
#include "audit/server_bundle.h"

#include "audit/mend.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "diagnosis/words.h"

CHK_CLEANUP_FUNCTION(cleanup_report, struct chk_report *, chk_report_free);

/* nginx, and others that are given a key, take the first for the key's. */
static void judge_first(struct chk_audit *audit,
			const struct chk_server *server)
{
	const struct chk_item *first = audit->contents->items;

	while (!first->cert)
		first++;
	if (first == server->leaf || audit->keystore)
		return;
	chk_audit_say(audit, CHK_FINDING_BUNDLE_ORDER, first,
		      "%s begins with %s and not with the server's own "
		      "certificate %s, which stands at line %u: nginx does not "
		      "start (\"key values mismatch\")",
		      audit->audited->path,
		      chk_words_cert(audit->arena, first->cert),
		      chk_words_cert(audit->arena, server->leaf->cert),
		      (unsigned)server->leaf->line);
}

/*
 * One fault is one finding, however else it may be explained; and where
 * nobody's trust was named, nothing is said of trust.
 */
static bool is_taken(const struct chk_audit *audit,
		     const struct chk_finding *finding)
{
	/* From a keystore a JVM sends the chain that it puts together. */
	if (audit->keystore && strncmp(finding->code, "chain.", 6) == 0 &&
	    finding->severity != CHK_SEVERITY_ERROR)
		return false;
	if (finding->alternative && !finding->primary)
		return false;
	return audit->question->client_count > 0 ||
	       (strncmp(finding->code, "trust.", 6) != 0 &&
		strncmp(finding->code, "store.", 6) != 0);
}

static bool ask(struct chk_audit *audit, const struct chk_server *server,
		const struct chk_audit_client *client)
{
	const struct chk_store *stores[] = { client->store };
	const struct chk_store *others[] = { server->pool };
	const struct chk_question question = {
		.stores = stores, .store_count = 1,
		.others = others, .other_count = 1,
		.host = audit->question->host,
		.at_set = true, .at = audit->at,
		.profile = client->profile, .strength = client->strength,
		.partial_chain = client == &server->supposed,
		.known = audit->question->known,
		.memory = audit->question->memory,
	};
	CHK_CLEANUP(cleanup_report) struct chk_report *made = NULL;
	const struct chk_report *report;

	if (!chk_verify(server->chain, &question, &made, audit->error) ||
	    !chk_audit_keep(audit, made))
		return false;
	report = chk_steal(&made);
	for (size_t i = 0; i < report->finding_count; i++) {
		if (is_taken(audit, &report->findings[i]))
			chk_audit_take(audit, &report->findings[i]);
	}
	return true;
}

static void judge_expiry(struct chk_audit *audit)
{
	static const enum chk_finding_id WANTED[] = { CHK_FINDING_EXPIRING,
						      CHK_FINDING_COUNT };

	for (size_t i = 0; i < audit->contents->count; i++) {
		const struct chk_item *item = &audit->contents->items[i];

		if (item->cert && !item->again)
			chk_audit_alone(audit, item, WANTED);
	}
}

static bool judge(struct chk_audit *audit, struct chk_server *server)
{
	const struct chk_audit_question *question = audit->question;

	judge_first(audit, server);
	chk_server_judge_key(audit, server);
	chk_server_judge_leaf(audit, server);
	chk_server_judge_cross(audit, server);
	chk_server_judge_extent(audit, server);
	judge_expiry(audit);
	if (question->client_count == 0)
		return ask(audit, server, &server->supposed);
	for (size_t i = 0; i < question->client_count; i++) {
		if (!ask(audit, server, &question->clients[i]))
			return false;
	}
	return true;
}

bool chk_audit_server_bundle(struct chk_audit *audit)
{
	CHK_CLEANUP(chk_server_clear) struct chk_server server = { 0 };

	if (!chk_server_begin(&server, audit))
		return false;
	if (!server.leaf)
		return true;
	return judge(audit, &server) &&
	       (!audit->question->mend || audit->keystore ||
		chk_mend_server(audit, &server));
}

bool chk_audit_lone(struct chk_audit *audit)
{
	const struct chk_item *item = audit->contents->items;

	while (!item->cert)
		item++;
	return chk_audit_is_leaf(item->cert) ? chk_audit_server_bundle(audit) :
					       chk_audit_ca_bundle(audit);
}
