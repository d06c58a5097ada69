/*
 * lib/diagnosis/simulate_serve.c: the chain that a client gets. Up to TLS 1.2
 * it came with the answer to the hello. In TLS 1.3 it is encrypted, and where
 * a client certificate is wanted only a whole handshake shows whether it goes
 * on without one: both are for GnuTLS, with what the client offers as far as
 * GnuTLS has it. The server chooses its chain by the signature algorithms.
 */
#include "diagnosis/simulation.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "fetch/message.h"
#include "fetch/tls_names.h"

static void add_signature(struct chk_buffer *text, const char *name)
{
	if (name)
		chk_buffer_format(text, ":+SIGN-%s", name);
}

static void add_signatures(struct chk_buffer *text, struct chk_ids signatures)
{
	for (size_t i = 0; i < signatures.count; i++) {
		const struct chk_signature_scheme *scheme =
			chk_signature_scheme_of(signatures.items[i]);

		add_signature(text, scheme ? scheme->gnutls : NULL);
		add_signature(text, scheme ? scheme->also : NULL);
	}
}

/*
 * The one version that was agreed on. What a key may be used for is for the
 * client to look at, and not for GnuTLS (%COMPAT). NULL: no memory.
 */
static const char *priority_of(struct chk_arena *arena,
			       const struct chk_client *client,
			       const struct chk_answer *answer)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	struct chk_ids signatures = client->hello.signatures;
	const struct chk_group *group = chk_group_of(answer->group);
	unsigned minor = answer->version - 0x0301u;

	chk_buffer_format(&text, "NORMAL:%%COMPAT:-VERS-ALL:"
			  "+VERS-TLS1.%u", minor);
	/*
	 * No more than is needed, as a box may be strict about the size. Up to
	 * TLS 1.2 the groups are those of the server's key as well.
	 */
	if (group && group->gnutls && answer->version >= CHK_TLS_1_3)
		chk_buffer_format(&text, ":-GROUP-ALL:+GROUP-%s",
				  group->gnutls);
	if (signatures.count) {
		chk_buffer_text(&text, ":-SIGN-ALL");
		add_signatures(&text, signatures);
	}
	return text.failed ? NULL : chk_arena_text(arena, text.data);
}

static struct chk_served *find(struct chk_simulation *simulation,
			       const struct chk_served *like)
{
	for (size_t i = 0; i < simulation->served_count; i++) {
		struct chk_served *served = &simulation->served[i];

		if (like->priority ?
			    served->priority &&
				    served->sends_name == like->sends_name &&
				    strcmp(served->priority,
					   like->priority) == 0 &&
				    served->key_decrypts ==
					    like->key_decrypts :
			    served->answer == like->answer)
			return served;
	}
	return NULL;
}

static bool read_clear(struct chk_served *served, struct chk_error *error)
{
	const struct chk_answer *answer = served->answer;

	served->presented = chk_presented_new();
	if (!served->presented)
		return chk_error_memory(error);
	served->presented->step = CHK_STEP_CERTIFICATE;
	served->presented->stapled = answer->stapled;
	return chk_message_certificates(served->presented,
					answer->certificates, false, error);
}

static bool fetch(const struct chk_simulating *simulating,
		  struct chk_served *served, struct chk_error *error)
{
	const struct chk_io *io = simulating->route.io;
	struct chk_target target = *simulating->target;
	int64_t left = simulating->end - io->now(io->self);

	target.tls_min = target.tls_max = CHK_TLS_ANY;
	target.priority = served->priority;
	target.total_timeout_ms = (uint32_t)(left > 1 ? left : 1);
	if (!served->sends_name) {
		target.server_name = NULL;
		target.no_server_name = true;
	}
	return chk_fetch(&target, &served->presented, error);
}

bool chk_simulate_serve(struct chk_simulating *simulating, size_t i,
			const struct chk_served **served,
			struct chk_error *error)
{
	struct chk_simulation *simulation = simulating->simulation;
	const struct chk_client *client = simulation->clients[i];
	const struct chk_answer *answer = &simulation->asked_by[i]->answer;
	struct chk_served like = {
		.answer = answer,
		.sends_name = chk_simulated_sends_name(simulating, client),
	};
	const struct chk_suite *suite = chk_suite_of(answer->suite);
	struct chk_served *made;

	like.key_decrypts = suite && strcmp(suite->kx, "RSA") == 0;
	if (answer->version >= CHK_TLS_1_3 ||
	    (answer->wants_certificate && answer->version >= CHK_TLS_1_0)) {
		like.answer = NULL;
		like.priority = priority_of(&simulation->arena, client, answer);
		if (!like.priority)
			return chk_error_memory(error);
	}
	made = find(simulation, &like);
	*served = made;
	if (made)
		return true;
	made = &simulation->served[simulation->served_count];
	*made = like;
	if (!(like.priority ? fetch(simulating, made, error) :
			      read_clear(made, error))) {
		chk_presented_free(made->presented);
		made->presented = NULL;
		return false;
	}
	made->presented->key_decrypts = like.key_decrypts;
	simulation->served_count++;
	*served = made;
	return true;
}
