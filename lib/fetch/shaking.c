/* lib/fetch/shaking.c: name the failure of a handshake. */
#include "fetch/shaking.h"

#include <errno.h>

#include "base/text.h"
#include "fetch/alert.h"
#include "fetch/banner.h"
#include "fetch/connect.h"

void chk_shaking_alert(struct chk_shaking *shaking, int alert)
{
	shaking->presented->alert = alert;
	shaking->presented->alert_name = chk_alert_name(alert);
}

/* How far the handshake was, behind "the server closed the connection". */
static const char *moment(const struct chk_shaking *shaking)
{
	switch (shaking->presented->step) {
	case CHK_STEP_FINISHED:
		return chk_presented_sent(shaking->presented) ?
			       "after the handshake, having got the client's "
			       "certificate" :
			       "after the handshake, having asked for a "
			       "client certificate and got none";
	case CHK_STEP_CERTIFICATE:
		return "after it had sent its certificates, before the "
		       "handshake was complete";
	default:
		return shaking->transport.received ?
			       "in the middle of its answer to the "
			       "ClientHello" :
			       "after the ClientHello without a word";
	}
}

static void fail_not_tls(struct chk_shaking *shaking)
{
	struct chk_presented *presented = shaking->presented;
	struct chk_transport *transport = &shaking->transport;
	struct chk_bytes first;

	chk_transport_more(transport, CHK_BANNER_MS);
	first = chk_bytes_of(transport->first, transport->first_size);
	presented->first_bytes = chk_arena_bytes(&presented->arena, first);
	presented->speaks = chk_banner_protocol(first);
	chk_presented_fail(presented, CHK_FAILURE_NOT_TLS, 0, "%s",
			   chk_banner_told(&presented->arena, first));
}

static void fail_alert(struct chk_shaking *shaking, int status, int alert)
{
	chk_shaking_alert(shaking, alert);
	chk_presented_fail(shaking->presented, CHK_FAILURE_ALERT, status,
			   "the server sent alert %d (%s)%s", alert,
			   chk_alert_name(alert),
			   shaking->presented->step == CHK_STEP_FINISHED ?
				   ", after the handshake, as TLS 1.3 does" :
				   "");
}

static void fail_timeout(struct chk_shaking *shaking)
{
	struct chk_presented *presented = shaking->presented;
	const char *limit = chk_millis_text(&presented->arena,
					    shaking->limit_ms);
	size_t received = shaking->transport.received;

	if (presented->step >= CHK_STEP_CERTIFICATE)
		chk_presented_fail(presented, CHK_FAILURE_TIMEOUT, ETIMEDOUT,
				   "the certificates came, but the handshake "
				   "was not complete within %s", limit);
	else if (received)
		chk_presented_fail(presented, CHK_FAILURE_TIMEOUT, ETIMEDOUT,
				   "the answer to the ClientHello was not "
				   "complete within %s; %zu bytes came", limit,
				   received);
	else
		chk_presented_fail(presented, CHK_FAILURE_TIMEOUT, ETIMEDOUT,
				   "no answer to the ClientHello within %s",
				   limit);
}

/* The connection broke, or ended; the peer said nothing more. */
static void fail_broken(struct chk_shaking *shaking, int cause)
{
	struct chk_presented *presented = shaking->presented;
	enum chk_failure failure = chk_failure_of_errno(cause);

	if (failure == CHK_FAILURE_TIMEOUT)
		fail_timeout(shaking);
	else if (failure == CHK_FAILURE_RESET)
		chk_presented_fail(presented, failure, cause,
				   "the server reset the connection %s",
				   moment(shaking));
	else
		chk_presented_fail(presented, failure, cause,
				   "the connection was lost %s (%s)",
				   moment(shaking), strerror(cause));
}

static void fail_closed(struct chk_shaking *shaking)
{
	if (shaking->transport.write_cause == ECONNRESET)
		fail_broken(shaking, ECONNRESET);
	else
		chk_presented_fail(shaking->presented, CHK_FAILURE_CLOSED, 0,
				   "the server closed the connection %s",
				   moment(shaking));
}

static void fail_flooded(struct chk_shaking *shaking)
{
	chk_presented_fail(shaking->presented, CHK_FAILURE_TLS, EMSGSIZE,
			   "the server sent more than %u MiB and the "
			   "handshake is not complete",
			   CHK_HANDSHAKE_BYTES_MAX >> 20);
}

/* GnuTLS's sentences end in a full stop, ours do not. */
static void fail_refused(struct chk_shaking *shaking, int status)
{
	struct chk_presented *presented = shaking->presented;
	const char *reason = gnutls_strerror(status);
	size_t size = strlen(reason);

	if (size && reason[size - 1] == '.')
		size--;
	chk_presented_fail(presented, CHK_FAILURE_TLS, status, "%s: %.*s",
			   presented->step >= CHK_STEP_CERTIFICATE ?
				   "the certificates came, but GnuTLS ended "
				   "the handshake" :
				   "GnuTLS refused the server's answer to the "
				   "ClientHello",
			   (int)size, reason);
}

/* GnuTLS ends without a fatal alert when the peer said goodbye. */
static bool is_goodbye(int status)
{
	return status == GNUTLS_E_PREMATURE_TERMINATION ||
	       status == GNUTLS_E_SESSION_EOF;
}

void chk_shaking_fail(struct chk_shaking *shaking, int status, int alert)
{
	struct chk_transport *transport = &shaking->transport;
	int cause = transport->read_cause ? transport->read_cause :
					    transport->write_cause;

	if (transport->not_tls)
		fail_not_tls(shaking);
	else if (status == GNUTLS_E_FATAL_ALERT_RECEIVED)
		fail_alert(shaking, status, alert);
	else if (transport->flooded)
		fail_flooded(shaking);
	else if (transport->read_cause || cause == ETIMEDOUT)
		fail_broken(shaking, cause);
	else if (transport->closed || is_goodbye(status))
		fail_closed(shaking);
	else
		fail_refused(shaking, status);
}
