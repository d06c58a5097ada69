/* lib/client/judge.c: what a client makes of an answer to its hello. */
#include "client/client.h"

#define TLS_1_2 0x0303
#define TLS_1_3 0x0304

static bool has(struct chk_ids ids, uint16_t id)
{
	for (size_t i = 0; i < ids.count; i++) {
		if (ids.items[i] == id)
			return true;
	}
	return false;
}

/* What it did not offer a list of it has said nothing against. */
static bool allows(struct chk_ids ids, uint16_t id)
{
	return !id || !ids.count || has(ids, id);
}

static bool allows_version(const struct chk_client *client, uint16_t version)
{
	return version >= client->min && version <= client->max;
}

static bool allows_dh(const struct chk_client *client, unsigned bits)
{
	return !bits || (bits >= client->dh_min &&
			 (!client->dh_max || bits <= client->dh_max));
}

static bool ended_by_server(const struct chk_answer *answer)
{
	return answer->end != CHK_ANSWER_HELLO &&
	       answer->end != CHK_ANSWER_RETRY;
}

enum chk_client_refusal chk_client_judge(const struct chk_client *client,
					 const struct chk_answer *answer)
{
	const struct chk_hello *hello = &client->hello;

	if (ended_by_server(answer))
		return CHK_CLIENT_REFUSES_ANSWER;
	if (!allows_version(client, answer->version))
		return CHK_CLIENT_REFUSES_VERSION;
	if (!has(hello->suites, answer->suite))
		return CHK_CLIENT_REFUSES_SUITE;
	if (client->needs_renegotiation_info && answer->version < TLS_1_3 &&
	    !answer->has_renegotiation_info)
		return CHK_CLIENT_REFUSES_RENEGOTIATION;
	if (!allows(hello->groups, answer->group))
		return CHK_CLIENT_REFUSES_GROUP;
	/* Before TLS 1.2 there was no choice of it (RFC 5246 1.2). */
	if (answer->version >= TLS_1_2 &&
	    !allows(hello->signatures, answer->signature))
		return CHK_CLIENT_REFUSES_SIGNATURE;
	if (!allows_dh(client, answer->dh_bits))
		return CHK_CLIENT_REFUSES_DH;
	return CHK_CLIENT_TAKES;
}
