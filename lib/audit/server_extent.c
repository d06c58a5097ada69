/* lib/audit/server_extent.c: the chain as a whole: how far it goes, what it
 * costs, and what old clients trip over. */
#include "audit/server_bundle.h"

#include "diagnosis/words.h"
#include "supply/known.h"

/*
 * What a server may send before it must wait for the client: ten segments (RFC
 * 6928) of 1,460 bytes. Around the certificates stand some 300 bytes of the
 * other messages, and 5 for each certificate.
 */
enum { FIRST_FLIGHT = 10 * 1460, OTHER_MESSAGES = 300, EACH = 5 };

static void judge_size(struct chk_audit *audit, const struct chk_server *server)
{
	size_t size = OTHER_MESSAGES, count = server->chain->count;

	for (size_t i = 0; i < count; i++)
		size += server->chain->items[i].cert->der.size + EACH;
	if (size > FIRST_FLIGHT)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_SIZE, NULL,
			      "the %zu certificates make a flight of about %zu "
			      "bytes; more than %d (ten segments) cost another "
			      "round trip in each handshake", count, size,
			      FIRST_FLIGHT);
}

/* The last one of the way up from the leaf, by name. */
static const struct chk_cert *find_top(const struct chk_chain *chain)
{
	const struct chk_cert *top = chain->items[0].cert;

	for (size_t steps = 0, i = 0; steps < chain->count && i < chain->count;
	     i++) {
		const struct chk_cert *next = chain->items[i].cert;

		if (next == top || chk_cert_is_root(top) ||
		    !chk_cert_names_match(top, next) ||
		    chk_bytes_equal(top->der, next->der))
			continue;
		top = next;
		steps++;
		i = SIZE_MAX; /* from the beginning */
	}
	return top;
}

/* Says that what a public CA issued comes without its intermediate. */
static void say_missing(struct chk_audit *audit, const struct chk_cert *top)
{
	struct chk_finding_node *node = chk_audit_say(
		audit, CHK_FINDING_INTERMEDIATE_MISSING,
		chk_contents_find(audit->contents, top),
		"%s was issued by the intermediate %s, which no client has "
		"and the server must send: it is not in the file",
		chk_words_cert(audit->arena, top),
		chk_words_name(audit->arena, top->issuer));

	chk_finding_set_missing(&audit->inquiry, node, top);
}

static void say_unknown(struct chk_audit *audit, const struct chk_cert *top)
{
	struct chk_finding_node *node = chk_audit_say(
		audit, CHK_FINDING_BUNDLE_ISSUER_UNKNOWN,
		chk_contents_find(audit->contents, top),
		"the chain ends with %s, issued by %s, which is neither here "
		"nor a public CA: the clients must have it; --for asks their "
		"stores", chk_words_cert(audit->arena, top),
		chk_words_name(audit->arena, top->issuer));

	chk_finding_set_missing(&audit->inquiry, node, top);
}

static bool is_in_pool(const struct chk_audit *audit,
		       const struct chk_cert *top)
{
	const struct chk_chain *pool = audit->question->untrusted;

	for (size_t i = 0; pool && i < pool->count; i++) {
		if (chk_cert_names_match(top, pool->items[i].cert))
			return true;
	}
	return false;
}

/* Without anybody's store, public CAs tell how far a chain must go. */
static void judge_end(struct chk_audit *audit, const struct chk_server *server)
{
	const struct chk_cert *top = find_top(server->chain);
	enum chk_known_issuers known =
		chk_server_known_issuers(audit->question->known, top);

	if (chk_cert_is_root(top) || is_in_pool(audit, top))
		return;
	if (known == CHK_KNOWN_ISSUERS_INTERMEDIATES)
		say_missing(audit, top);
	else if (known == CHK_KNOWN_ISSUERS_NONE)
		say_unknown(audit, top);
}

void chk_server_judge_extent(struct chk_audit *audit,
			     const struct chk_server *server)
{
	judge_size(audit, server);
	if (audit->question->client_count == 0)
		judge_end(audit, server);
}
