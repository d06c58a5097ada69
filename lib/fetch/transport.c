/* lib/fetch/transport.c: push and pull of GnuTLS over a struct chk_io. */
#include "fetch/transport.h"

#include <errno.h>

#include "fetch/wire.h"

static void remember(struct chk_transport *transport, const uint8_t *data,
		     size_t size)
{
	size_t room = sizeof(transport->first) - transport->first_size;

	transport->received += size;
	transport->flooded = transport->received > CHK_HANDSHAKE_BYTES_MAX;
	if (!room)
		return;
	if (size > room)
		size = room;
	memcpy(transport->first + transport->first_size, data, size);
	transport->first_size += size;
	transport->not_tls = !chk_wire_begins_record(
		chk_bytes_of(transport->first, transport->first_size));
}

/* The deadline is looked at even where the peer never makes us wait. */
static long read_some(struct chk_transport *transport, void *data, size_t size)
{
	const struct chk_io *io = transport->io;
	long count = -1;

	errno = ETIMEDOUT;
	if (io->now(io->self) < transport->deadline)
		count = io->read(io->self, transport->handle, data, size,
				 transport->deadline);
	if (count < 0)
		transport->read_cause = errno ? errno : EIO;
	else if (count == 0)
		transport->closed = true;
	else
		remember(transport, data, (size_t)count);
	return count;
}

static ssize_t refuse(void)
{
	errno = EIO; /* not EAGAIN: GnuTLS would have us called again */
	return -1;
}

ssize_t chk_transport_pull(gnutls_transport_ptr_t pointer, void *data,
			   size_t size)
{
	struct chk_transport *transport = pointer;
	long count;

	if (transport->not_tls || transport->flooded || transport->read_cause)
		return refuse();
	count = read_some(transport, data, size);
	if (count < 0 && transport->may_wait &&
	    transport->read_cause == ETIMEDOUT) {
		transport->read_cause = 0;
		transport->in_vain = true;
		errno = EAGAIN;
		return -1;
	}
	if (count < 0 || transport->not_tls || transport->flooded)
		return refuse();
	return count;
}

/*
 * A peer that hung up may have said why: an alert, or a banner. So GnuTLS is
 * told that all was sent, goes on to read, and finds it.
 */
ssize_t chk_transport_push(gnutls_transport_ptr_t pointer, const void *data,
			   size_t size)
{
	struct chk_transport *transport = pointer;
	const struct chk_io *io = transport->io;
	long count = -1;

	if (transport->write_cause)
		return transport->write_cause == ETIMEDOUT ? refuse() :
							     (ssize_t)size;
	errno = ETIMEDOUT;
	if (io->now(io->self) < transport->deadline)
		count = io->write(io->self, transport->handle, data, size,
				  transport->deadline);
	if (count >= 0)
		return count;
	transport->write_cause = errno ? errno : EIO;
	return transport->write_cause == ETIMEDOUT ? refuse() : (ssize_t)size;
}

/* Reading waits by itself, up to the deadline. */
int chk_transport_wait(gnutls_transport_ptr_t transport, unsigned millis)
{
	return 1;
}

void chk_transport_more(struct chk_transport *transport, int64_t millis)
{
	const struct chk_io *io = transport->io;
	int64_t until = io->now(io->self) + millis;
	uint8_t data[CHK_FIRST_BYTES];

	if (until < transport->deadline)
		transport->deadline = until;
	while (transport->first_size < sizeof(transport->first)) {
		if (read_some(transport, data,
			      sizeof(transport->first) -
				      transport->first_size) <= 0)
			return;
	}
}
