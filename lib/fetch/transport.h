/* lib/fetch/transport.h: the wire under GnuTLS, watched. */
#ifndef CHK_FETCH_TRANSPORT_H
#define CHK_FETCH_TRANSPORT_H

#include <gnutls/gnutls.h>

#include <chaincheck/fetch.h>

#include "base/bytes.h"

#define CHK_FIRST_BYTES 64
/* No honest handshake is longer; a peer that sends on is cut off here. */
#define CHK_HANDSHAKE_BYTES_MAX (16u << 20)
/* A chain of a thousand certificates, or one with ten thousand names. */
#define CHK_MESSAGE_BYTES_MAX (4u << 20)
/* A peer may warn, and say nothing, as often as this. */
#define CHK_IDLE_ROUNDS_MAX 32
/* For the rest of a banner, and for saying goodbye: polite, not worth more. */
#define CHK_BANNER_MS 500
#define CHK_GOODBYE_MS 200

/* Set io, handle and deadline; the rest is found on the way. */
struct chk_transport {
	const struct chk_io *io;
	int handle;
	int64_t deadline; /* of the reads and writes to come */
	size_t received;  /* bytes */
	uint8_t first[CHK_FIRST_BYTES];
	size_t first_size;
	bool not_tls;     /* `first` begins no TLS record */
	bool flooded;     /* more than CHK_HANDSHAKE_BYTES_MAX */
	bool closed;      /* the peer closed */
	int read_cause, write_cause; /* errno, 0: none */
	bool may_wait; /* a read in vain leaves GnuTLS's session as it is */
	bool in_vain;  /* there was one: nothing came until the deadline */
};

/* For gnutls_transport_set_pull_function and its like. */
ssize_t chk_transport_pull(gnutls_transport_ptr_t transport, void *data,
			   size_t size);
ssize_t chk_transport_push(gnutls_transport_ptr_t transport, const void *data,
			   size_t size);
int chk_transport_wait(gnutls_transport_ptr_t transport, unsigned millis);

/*
 * chk_transport_more reads up to CHK_FIRST_BYTES of a peer that speaks no
 * TLS, for `millis` at most and not past the deadline.
 */
void chk_transport_more(struct chk_transport *transport, int64_t millis);

#endif
