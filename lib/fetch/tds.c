/* lib/fetch/tds.c: wrap what is written, unwrap what is read. */
#include "fetch/tds.h"

#include <errno.h>

enum {
	HEADER = 8,
	PACKET_MAX = 4096, /* until the login agrees on another size */
	TYPE_ANSWER = 0x04,
	TYPE_PRELOGIN = 0x12,
	STATUS_LAST = 0x01,
};

static int resolve(void *self, const char *host, enum chk_family family,
		   int64_t deadline, char (*addresses)[64], int max, char *why,
		   size_t size)
{
	const struct chk_tds *tds = self;

	return tds->below->resolve(tds->below->self, host, family, deadline,
				   addresses, max, why, size);
}

static int connect_to(void *self, const char *address, uint16_t port,
		      int64_t deadline)
{
	const struct chk_tds *tds = self;

	return tds->below->connect(tds->below->self, address, port, deadline);
}

static void close_handle(void *self, int handle)
{
	const struct chk_tds *tds = self;

	tds->below->close(tds->below->self, handle);
}

static int64_t now(void *self)
{
	const struct chk_tds *tds = self;

	return tds->below->now(tds->below->self);
}

static long read_below(const struct chk_tds *tds, int handle, void *data,
		       size_t size, int64_t deadline)
{
	return tds->below->read(tds->below->self, handle, data, size, deadline);
}

/* The header of the next packet that has a payload. */
static long read_header(struct chk_tds *tds, int handle, int64_t deadline)
{
	while (tds->header_size < HEADER) {
		long count = read_below(tds, handle,
					tds->header + tds->header_size,
					HEADER - tds->header_size, deadline);

		if (count <= 0)
			return count;
		tds->header_size += (size_t)count;
	}
	tds->header_size = 0;
	tds->left = (size_t)tds->header[2] << 8 | tds->header[3];
	if ((tds->header[0] != TYPE_PRELOGIN &&
	     tds->header[0] != TYPE_ANSWER) || tds->left <= HEADER) {
		errno = EPROTO;
		return -1;
	}
	tds->left -= HEADER;
	return 1;
}

static long read_some(void *self, int handle, void *data, size_t size,
		      int64_t deadline)
{
	struct chk_tds *tds = self;
	long count;

	if (tds->bare)
		return read_below(tds, handle, data, size, deadline);
	if (!tds->left) {
		count = read_header(tds, handle, deadline);
		if (count <= 0)
			return count;
	}
	count = read_below(tds, handle, data,
			   size < tds->left ? size : tds->left, deadline);
	if (count > 0)
		tds->left -= (size_t)count;
	return count;
}

static bool write_packet(const struct chk_tds *tds, int handle,
			 const uint8_t *packet, size_t size, int64_t deadline)
{
	while (size) {
		long count = tds->below->write(tds->below->self, handle, packet,
					       size, deadline);

		if (count <= 0)
			return false;
		packet += count;
		size -= (size_t)count;
	}
	return true;
}

/* All of it, or an error: half a packet is of no use. */
static long write_some(void *self, int handle, const void *data, size_t size,
		       int64_t deadline)
{
	const struct chk_tds *tds = self;
	const uint8_t *bytes = data;
	uint8_t packet[PACKET_MAX] = { TYPE_PRELOGIN };

	if (tds->bare)
		return tds->below->write(tds->below->self, handle, data, size,
					 deadline);
	for (size_t at = 0, part; at < size; at += part) {
		part = size - at < PACKET_MAX - HEADER ? size - at :
							 PACKET_MAX - HEADER;
		packet[1] = at + part == size ? STATUS_LAST : 0;
		packet[2] = (uint8_t)((part + HEADER) >> 8);
		packet[3] = (uint8_t)(part + HEADER);
		memcpy(packet + HEADER, bytes + at, part);
		if (!write_packet(tds, handle, packet, part + HEADER, deadline))
			return -1;
	}
	return (long)size;
}

const struct chk_io *chk_tds_io(struct chk_tds *tds,
				const struct chk_route *route)
{
	if (route->protocol != CHK_PROTOCOL_TDS)
		return route->io;
	*tds = (struct chk_tds){
		.below = route->io,
		.io = { tds, resolve, connect_to, read_some, write_some,
			close_handle, now },
	};
	return &tds->io;
}
