/* lib/fetch/second.c: a second connection, to tell what the first one met. */
#include "fetch/second.h"

#include "base/cleanup.h"
#include "fetch/connect.h"
#include "fetch/handshake.h"
#include "fetch/protocol.h"

CHK_CLEANUP_FUNCTION(cleanup_presented, struct chk_presented *,
		     chk_presented_free);

/* The same place in little time; `end` becomes its. */
static struct chk_route again(const struct chk_route *route,
			      const char *const *addresses, int64_t *end)
{
	struct chk_route copy = *route;
	int64_t until = route->io->now(route->io->self) + CHK_SECOND_MS;

	copy.addresses = addresses;
	copy.handshake_ms = copy.connect_ms = CHK_SECOND_MS;
	copy.protocol = CHK_PROTOCOL_NONE;
	*end = until < *end ? until : *end;
	return copy;
}

bool chk_second_is_tls(const struct chk_route *route,
		       const struct chk_presented *presented, int64_t end)
{
	const char *const addresses[] = { presented->address, NULL };
	struct chk_route copy = again(route, addresses, &end);
	CHK_CLEANUP(cleanup_presented)
	struct chk_presented *second = chk_presented_new();
	int handle = second ? chk_connect(&copy, end, second) : -1;
	bool done;

	if (handle < 0)
		return false;
	done = chk_handshake(&copy, handle, end, second, NULL);
	copy.io->close(copy.io->self, handle);
	return done && (second->step >= CHK_STEP_CERTIFICATE ||
			second->failure == CHK_FAILURE_ALERT);
}

static bool speaks(const struct chk_route *route,
		   const struct chk_protocol *protocol,
		   struct chk_presented *presented, int64_t end)
{
	const char *const addresses[] = { presented->address, NULL };
	struct chk_route copy = again(route, addresses, &end);
	CHK_CLEANUP(cleanup_presented)
	struct chk_presented *second = chk_presented_new();
	int handle = second ? chk_connect(&copy, end, second) : -1;
	struct chk_spoken said;
	bool done;

	if (handle < 0)
		return false;
	copy.protocol = protocol->id;
	done = chk_prelude(&copy, handle, end, &presented->arena, &said);
	copy.io->close(copy.io->self, handle);
	if (done) {
		presented->needs = protocol;
		presented->spoken = said;
	}
	return done;
}

/* "SMTP or FTP" is both, "XMPP" begins that between servers too. */
static bool is_guessed(const char *guess, const struct chk_protocol *protocol)
{
	return strstr(guess, protocol->title) ||
	       strncmp(protocol->title, guess, strlen(guess)) == 0;
}

/* Nothing came back but the end, or silence. */
static bool is_wordless(const struct chk_presented *presented)
{
	return presented->step == CHK_STEP_HELLO &&
	       (presented->failure == CHK_FAILURE_CLOSED ||
		presented->failure == CHK_FAILURE_RESET ||
		presented->failure == CHK_FAILURE_TIMEOUT);
}

void chk_second_needs(const struct chk_route *route,
		      struct chk_presented *presented, int64_t end)
{
	const struct chk_protocol *by_port =
		chk_protocol_at(route->connect_port);

	if (is_wordless(presented) && by_port) {
		speaks(route, by_port, presented, end);
		return;
	}
	if (presented->failure != CHK_FAILURE_NOT_TLS || !presented->speaks)
		return;
	for (enum chk_protocol_id id = CHK_PROTOCOL_NONE + 1;
	     id < CHK_PROTOCOL_COUNT; id++) {
		const struct chk_protocol *protocol = chk_protocol(id);

		if (is_guessed(presented->speaks, protocol) &&
		    speaks(route, protocol, presented, end))
			return;
	}
}
