/* lib/diagnosis/delta_server.c: hellos over the network. */
#include "diagnosis/delta_server.h"

#include <limits.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "fetch/hello_read.h"
#include "fetch/io.h"

/* A server that was seen to be there answers within this, or not at all. */
#define ANSWER_MS 1000
#define ROUND_TRIPS 20
#define ANSWER_MAX_MS 5000

CHK_CLEANUP_FUNCTION(cleanup_delta, struct chk_delta *, chk_delta_free);

struct server {
	struct chk_route route;
	int64_t end;
};

void chk_delta_free(struct chk_delta *delta)
{
	if (!delta)
		return;
	chk_delta_clear(delta);
	free(delta);
}

bool chk_delta_is_wanted(const struct chk_presented *presented)
{
	/* Who greets first has not looked at any name. */
	if (presented->failure == CHK_FAILURE_NOT_TLS && presented->needs)
		return false;
	return presented->address && presented->hello.size &&
	       presented->failure != CHK_FAILURE_NONE &&
	       (presented->step == CHK_STEP_HELLO ||
		(presented->step == CHK_STEP_CERTIFICATE &&
		 presented->failure == CHK_FAILURE_TLS));
}

static bool ask(void *self, struct chk_asked *asked, size_t count,
		struct chk_error *error)
{
	struct server *server = self;

	return chk_ask(&server->route, asked, count, server->end, error);
}

static void set_versions(struct chk_client *client,
			 const struct chk_target *target)
{
	const struct chk_ids *versions = &client->hello.versions;

	client->min = target->tls_min ? target->tls_min : CHK_TLS_1_0;
	client->max = client->hello.version;
	for (size_t i = 0; i < versions->count; i++) {
		uint16_t version = versions->items[i];

		client->min = i && version > client->min ? client->min :
							   version;
		client->max = version > client->max ? version : client->max;
	}
}

/* What was sent, as a client. */
static const struct chk_client *own_client(
	const struct chk_target *target, const struct chk_presented *presented,
	struct chk_delta *delta)
{
	struct chk_client *client = chk_arena_get(&delta->arena,
						  sizeof(*client));

	if (!client || !chk_hello_read(presented->hello, &delta->arena,
				       &client->hello))
		return NULL;
	client->label = "this client";
	client->runtime = "";
	client->sends_name = true;
	set_versions(client, target);
	if (presented->cause == GNUTLS_E_DH_PRIME_UNACCEPTABLE)
		client->dh_min = UINT_MAX; /* whatever it was, it is refused */
	return client;
}

/* A name with a dot, in A-labels, can be sent; an address cannot. */
static const char *name_of(const struct chk_route *route)
{
	return chk_is_ipv4(route->host) || chk_is_ipv6(route->host) ?
		       NULL : route->host;
}

static void set_times(struct chk_route *route,
		      const struct chk_presented *presented)
{
	int64_t wait = ANSWER_MS +
		       ROUND_TRIPS * presented->connect_micros / 1000;

	if (wait > ANSWER_MAX_MS)
		wait = ANSWER_MAX_MS;
	if (wait < route->handshake_ms)
		route->handshake_ms = wait;
}

static bool find(struct server *server, const struct chk_client *client,
		 struct chk_delta_limits limits, struct chk_delta *delta,
		 struct chk_error *error)
{
	const struct chk_delta_server asked = { ask, server };
	const struct chk_route *route = &server->route;

	return chk_delta_find(client,
			      chk_client_name(client, route->server_name),
			      name_of(route), limits, &asked, delta, error);
}

bool chk_delta_ask(const struct chk_target *target,
		   const struct chk_presented *presented,
		   const struct chk_client *client, size_t hellos, int64_t end,
		   struct chk_delta **delta, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_delta)
	struct chk_delta *made = calloc(1, sizeof(*made));
	struct chk_target one = *target;
	struct server server = { .end = end };
	const struct chk_delta_limits limits = {
		.hellos = hellos,
		.names_only = presented->failure == CHK_FAILURE_NOT_TLS,
	};
	const char *address[] = { presented->address, NULL };
	const struct chk_io *io;
	bool done;

	*delta = NULL;
	if (!made)
		return chk_error_memory(error);
	if (!client)
		client = own_client(target, presented, made);
	if (!client)
		return !made->arena.failed || chk_error_memory(error);
	one.addresses = address;
	if (!chk_route_init(&server.route, &one, &made->arena, error))
		return false;
	set_times(&server.route, presented);
	io = server.route.io;
	if (io->now(io->self) >= end) {
		chk_route_clear(&server.route);
		return true;
	}
	done = find(&server, client, limits, made, error);
	chk_route_clear(&server.route);
	if (done)
		*delta = chk_steal(&made);
	return done;
}
