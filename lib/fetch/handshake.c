/* lib/fetch/handshake.c: GnuTLS as a client that only looks. */
#include "fetch/handshake.h"

#include <errno.h>
#include <time.h>

#include "base/cleanup.h"
#include "fetch/alert.h"
#include "fetch/fit.h"
#include "fetch/message.h"
#include "fetch/shaking.h"

/* A server that is told goodbye ends soon, having looked at all before. */
#define VERDICT_MS 2000

CHK_CLEANUP_FUNCTION(cleanup_credentials, gnutls_certificate_credentials_t,
		     gnutls_certificate_free_credentials);

static bool is_tls13(gnutls_session_t session)
{
	return gnutls_protocol_get_version(session) == GNUTLS_TLS1_3;
}

/* The server's first Certificate message; renegotiation brings no other. */
static void on_certificate(gnutls_session_t session,
			   struct chk_shaking *shaking,
			   struct chk_bytes body)
{
	if (shaking->presented->step >= CHK_STEP_CERTIFICATE)
		return;
	shaking->presented->step = CHK_STEP_CERTIFICATE;
	if (!chk_message_certificates(shaking->presented, body,
				      is_tls13(session), NULL))
		shaking->no_memory = true;
}

static enum chk_request_form form_of(gnutls_session_t session)
{
	switch (gnutls_protocol_get_version(session)) {
	case GNUTLS_TLS1_3:
		return CHK_REQUEST_TLS_1_3;
	case GNUTLS_TLS1_2:
		return CHK_REQUEST_TLS_1_2;
	default:
		return CHK_REQUEST_TLS_1_1;
	}
}

/* The first one; behind the handshake nothing is asked for a second time. */
static void on_request(gnutls_session_t session, struct chk_shaking *shaking,
		       struct chk_bytes body)
{
	struct chk_presented *presented = shaking->presented;

	if (presented->client_certificate_wanted)
		return;
	presented->client_certificate_wanted = true;
	if (!chk_request_read(&presented->request, body, form_of(session),
			      &presented->arena) ||
	    !chk_fit_all(presented, shaking->route->credentials,
			 shaking->route->credential_count, time(NULL)))
		shaking->no_memory = true;
}

/* The first that is sent: what follows a HelloRetryRequest offers the same. */
static void on_hello(gnutls_session_t session, struct chk_shaking *shaking,
		     struct chk_bytes body)
{
	struct chk_presented *presented = shaking->presented;

	if (!presented->hello.size)
		presented->hello = chk_arena_bytes(&presented->arena, body);
	shaking->no_memory |= presented->arena.failed;
}

/* Up to TLS 1.2; since then it stands beside the certificate. */
static void on_status(gnutls_session_t session, struct chk_shaking *shaking,
		      struct chk_bytes body)
{
	shaking->presented->stapled |= body.size > 0;
}

/* TLS 1.3 is agreed on, and what comes next is the server's certificate. */
static void on_extensions(gnutls_session_t session, struct chk_shaking *shaking,
			  struct chk_bytes body)
{
	shaking->presented->agreed13 = true;
}

static const struct {
	unsigned type;
	void (*read)(gnutls_session_t, struct chk_shaking *, struct chk_bytes);
	bool is_sent;
} MESSAGES[] = {
	{ GNUTLS_HANDSHAKE_ENCRYPTED_EXTENSIONS, on_extensions, false },
	{ GNUTLS_HANDSHAKE_CERTIFICATE_PKT, on_certificate, false },
	{ GNUTLS_HANDSHAKE_CERTIFICATE_REQUEST, on_request, false },
	{ GNUTLS_HANDSHAKE_CERTIFICATE_STATUS, on_status, false },
	{ GNUTLS_HANDSHAKE_CLIENT_HELLO, on_hello, true },
};

/* Called before GnuTLS reads a message, so that it cannot refuse it first. */
static int on_message(gnutls_session_t session, unsigned type, unsigned when,
		      unsigned incoming, const gnutls_datum_t *message)
{
	struct chk_shaking *shaking = gnutls_session_get_ptr(session);

	for (size_t i = 0; i < CHK_COUNT(MESSAGES); i++) {
		if (MESSAGES[i].is_sent == !incoming &&
		    MESSAGES[i].type == type)
			MESSAGES[i].read(session, shaking,
					 chk_bytes_of(message->data,
						      message->size));
	}
	return shaking->no_memory ? GNUTLS_E_MEMORY_ERROR : 0;
}

/* GnuTLS asks for what is to be sent; the credential lives longer. */
static int give_certificate(gnutls_session_t session,
			    const struct gnutls_cert_retr_st *info,
			    gnutls_pcert_st **certs, unsigned *count,
			    gnutls_ocsp_data_st **ocsp, unsigned *ocsp_count,
			    gnutls_privkey_t *key, unsigned *flags)
{
	struct chk_shaking *shaking = gnutls_session_get_ptr(session);
	const struct chk_presented *presented = shaking->presented;

	*certs = NULL;
	*count = *ocsp_count = 0;
	*ocsp = NULL;
	*key = NULL;
	for (size_t i = 0; i < presented->at_hand_count; i++) {
		const struct chk_credential *credential =
			shaking->route->credentials[i];

		if (!presented->at_hand[i].sent)
			continue;
		*certs = (gnutls_pcert_st *)(uintptr_t)credential->certs;
		*count = credential->cert_count;
		*key = credential->key;
	}
	return 0;
}

static int set_up(gnutls_session_t session, const struct chk_route *route,
		  gnutls_certificate_credentials_t credentials,
		  struct chk_shaking *shaking)
{
	int status = gnutls_priority_set(session, route->priorities);

	if (status == 0)
		status = gnutls_credentials_set(
			session, GNUTLS_CRD_CERTIFICATE, credentials);
	if (status == 0 && route->server_name)
		status = gnutls_server_name_set(session, GNUTLS_NAME_DNS,
						route->server_name,
						strlen(route->server_name));
	if (route->credential_count)
		gnutls_certificate_set_retrieve_function3(credentials,
							  give_certificate);
	gnutls_session_set_ptr(session, shaking);
	gnutls_handshake_set_max_packet_length(session, CHK_MESSAGE_BYTES_MAX);
	gnutls_handshake_set_hook_function(session, GNUTLS_HANDSHAKE_ANY,
					   GNUTLS_HOOK_PRE, on_message);
	gnutls_transport_set_ptr(session, &shaking->transport);
	gnutls_transport_set_pull_function(session, chk_transport_pull);
	gnutls_transport_set_push_function(session, chk_transport_push);
	gnutls_transport_set_pull_timeout_function(session,
						   chk_transport_wait);
	/* The transport keeps the deadline, byte by byte. */
	gnutls_handshake_set_timeout(session, GNUTLS_INDEFINITE_TIMEOUT);
	return status;
}

/*
 * A warning is kept and gone past. GnuTLS comes back after each record of a
 * message that takes several: that is no round, as long as bytes came, which
 * the transport bounds.
 */
static int shake(gnutls_session_t session, struct chk_shaking *shaking)
{
	int status = GNUTLS_E_AGAIN, rounds = 0;

	while (rounds < CHK_IDLE_ROUNDS_MAX && status < 0) {
		size_t before = shaking->transport.received;

		status = gnutls_handshake(session);
		rounds += status != GNUTLS_E_AGAIN ||
			  shaking->transport.received == before;
		if (status == GNUTLS_E_WARNING_ALERT_RECEIVED)
			chk_shaking_alert(shaking, gnutls_alert_get(session));
		if (status < 0 && gnutls_error_is_fatal(status))
			break;
	}
	return status;
}

static void read_group(gnutls_session_t session,
		       struct chk_presented *presented)
{
	gnutls_group_t group = gnutls_group_get(session);
	int signature = gnutls_sign_algorithm_get(session);

	if (group != GNUTLS_GROUP_INVALID)
		presented->group = gnutls_group_get_name(group);
	if (signature != GNUTLS_SIGN_UNKNOWN)
		presented->signature = gnutls_sign_get_name(signature);
}

/* GnuTLS's names are its constants, alive as long as the library. */
static void read_parameters(gnutls_session_t session,
			    struct chk_presented *presented)
{
	gnutls_cipher_algorithm_t cipher = gnutls_cipher_get(session);

	if (presented->step < CHK_STEP_CERTIFICATE)
		return;
	presented->version = gnutls_protocol_get_name(
		gnutls_protocol_get_version(session));
	if (cipher != GNUTLS_CIPHER_NULL && cipher != GNUTLS_CIPHER_UNKNOWN)
		presented->cipher = gnutls_cipher_get_name(cipher);
	read_group(session, presented);
}

/* What others may not take, though this side did. */
static void read_weakness(gnutls_session_t session,
			  struct chk_presented *presented)
{
	if (is_tls13(session))
		return;
	presented->key_decrypts = gnutls_kx_get(session) == GNUTLS_KX_RSA;
	if (gnutls_kx_get(session) == GNUTLS_KX_DHE_RSA ||
	    gnutls_kx_get(session) == GNUTLS_KX_DHE_DSS)
		presented->dh_bits =
			(unsigned)gnutls_dh_get_prime_bits(session);
	presented->lacks_renegotiation_info =
		!gnutls_safe_renegotiation_status(session);
}

/* Gives what is to come so many milliseconds, and none past `end`. */
static void extend(struct chk_shaking *shaking, int64_t millis, int64_t end)
{
	struct chk_transport *transport = &shaking->transport;
	int64_t until = transport->io->now(transport->io->self) + millis;

	transport->deadline = until < end ? until : end;
}

/*
 * Reads what comes behind the handshake, for `millis` at most and not past
 * `end`. GNUTLS_E_AGAIN: nothing came of it.
 */
static int read_on(gnutls_session_t session, struct chk_shaking *shaking,
		   int64_t millis, int64_t end)
{
	struct chk_transport *transport = &shaking->transport;
	int status = GNUTLS_E_AGAIN;
	char byte;

	extend(shaking, millis, end);
	transport->may_wait = true;
	transport->in_vain = false;
	for (int i = 0; i < CHK_IDLE_ROUNDS_MAX && !transport->in_vain; i++) {
		status = (int)gnutls_record_recv(session, &byte, 1);
		if (status >= 0 || gnutls_error_is_fatal(status))
			break;
	}
	return transport->in_vain ? GNUTLS_E_AGAIN : status;
}

/*
 * In TLS 1.3 the client is done before the server has looked at its
 * certificate, or missed it (RFC 8446 section 4.4.2.4): the alert comes behind
 * the end. A server that goes on says nothing, so one round trip is waited;
 * then it is told goodbye, to which it answers once it has read all that came
 * before. Nothing is sent that it could take for a request.
 */
static int await_refusal(gnutls_session_t session, struct chk_shaking *shaking,
			 int64_t end)
{
	int64_t wait = 300 + 3 * shaking->round_trip_ms;
	int status;

	if (!shaking->presented->client_certificate_wanted ||
	    !is_tls13(session))
		return 0;
	status = read_on(session, shaking, wait < 2000 ? wait : 2000, end);
	if (status == GNUTLS_E_AGAIN && shaking->transport.in_vain) {
		extend(shaking, CHK_GOODBYE_MS, end);
		gnutls_bye(session, GNUTLS_SHUT_WR);
		shaking->said_goodbye = true;
		status = read_on(session, shaking, VERDICT_MS, end);
		if (status != GNUTLS_E_FATAL_ALERT_RECEIVED)
			return 0;
	}
	/* A goodbye in good order (0) refuses nothing. */
	return status == GNUTLS_E_AGAIN || status >= 0 ? 0 : status;
}

/* What is sent into a connection that broke reaches nobody. */
static void send_alert(gnutls_session_t session, struct chk_shaking *shaking,
		       int status)
{
	const struct chk_transport *transport = &shaking->transport;
	int level, alert = gnutls_error_to_alert(status, &level);

	if (gnutls_alert_send_appropriate(session, status) < 0 ||
	    transport->write_cause ||
	    (transport->read_cause && transport->read_cause != ETIMEDOUT))
		return;
	shaking->presented->sent_alert = alert;
	shaking->presented->sent_alert_name = chk_alert_name(alert);
}

/* A refusal is told to the peer, an end is made good: both in little time. */
static void say_goodbye(gnutls_session_t session, struct chk_shaking *shaking,
			int status, int64_t end)
{
	const struct chk_transport *transport = &shaking->transport;

	if (transport->not_tls || transport->write_cause ||
	    shaking->said_goodbye)
		return;
	extend(shaking, CHK_GOODBYE_MS, end);
	if (status == 0)
		gnutls_bye(session, GNUTLS_SHUT_WR);
	else if (status != GNUTLS_E_FATAL_ALERT_RECEIVED && !transport->closed)
		send_alert(session, shaking, status);
}

static bool run(gnutls_session_t session, struct chk_shaking *shaking,
		int64_t end, struct chk_error *error)
{
	struct chk_presented *presented = shaking->presented;
	const struct chk_io *io = shaking->transport.io;
	int64_t begin = io->now(io->self);
	int status;

	presented->step = CHK_STEP_HELLO;
	status = shake(session, shaking);
	presented->handshake_micros = (io->now(io->self) - begin) * 1000;
	read_parameters(session, presented);
	if (status == 0) {
		shaking->tds.bare = true;
		presented->step = CHK_STEP_FINISHED;
		read_weakness(session, presented);
		status = await_refusal(session, shaking, end);
	}
	if (shaking->no_memory || status == GNUTLS_E_MEMORY_ERROR)
		return chk_error_memory(error);
	if (status < 0)
		chk_shaking_fail(shaking, status,
				 gnutls_alert_get(session));
	say_goodbye(session, shaking, status, end);
	return true;
}

static bool fail(int status, struct chk_error *error)
{
	if (status == GNUTLS_E_MEMORY_ERROR)
		return chk_error_memory(error);
	chk_error_set(error, CHK_ERROR_CRYPTO, NULL,
		      "GnuTLS makes no session: %s", gnutls_strerror(status));
	if (error)
		error->cause = status;
	return false;
}

static void begin(struct chk_shaking *shaking, const struct chk_route *route,
		  int handle, int64_t end)
{
	const struct chk_io *io = route->io;
	int64_t now = io->now(io->self);
	int64_t deadline = now + route->handshake_ms;

	shaking->transport = (struct chk_transport){
		.io = chk_tds_io(&shaking->tds, route),
		.handle = handle,
		.deadline = deadline < end ? deadline : end,
	};
	shaking->limit_ms = shaking->transport.deadline - now;
}

bool chk_handshake(const struct chk_route *route, int handle, int64_t end,
		   struct chk_presented *presented, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_credentials)
	gnutls_certificate_credentials_t credentials = NULL;
	CHK_CLEANUP(chk_cleanup_session) gnutls_session_t session = NULL;
	struct chk_shaking shaking = { .presented = presented, .route = route };
	int status = gnutls_certificate_allocate_credentials(&credentials);

	if (status < 0)
		return fail(status, error);
	status = gnutls_init(&session, GNUTLS_CLIENT | GNUTLS_NO_TICKETS |
					       GNUTLS_NO_SIGNAL);
	if (status < 0)
		return fail(status, error);
	begin(&shaking, route, handle, end);
	if (presented->attempt_count)
		shaking.round_trip_ms =
			presented->attempts[presented->attempt_count - 1]
				.micros / 1000;
	status = set_up(session, route, credentials, &shaking);
	if (status < 0)
		return fail(status, error);
	return run(session, &shaking, end, error);
}
