/* lib/fetch/io.c: non-blocking sockets, each wait bounded by a deadline. */
#include "fetch/io.h"

#include <errno.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "fetch/resolve.h"

int64_t chk_io_now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int64_t now(void *self)
{
	return chk_io_now();
}

/* 0, or -1 with errno: ETIMEDOUT once the deadline is there. */
static int wait_for(int fd, short events, int64_t deadline)
{
	struct pollfd wanted = { .fd = fd, .events = events };
	int64_t left;
	int ready;

	do {
		left = deadline - chk_io_now();
		if (left <= 0) {
			errno = ETIMEDOUT;
			return -1;
		}
		ready = poll(&wanted, 1, left < INT_MAX ? (int)left : INT_MAX);
	} while (ready == 0 || (ready < 0 && errno == EINTR));
	return ready < 0 ? -1 : 0;
}

/* "unix:/path", whose length was looked at when the target was read. */
static void set_path(const char *path, struct sockaddr_storage *address,
		     socklen_t *size)
{
	struct sockaddr_un local = { .sun_family = AF_UNIX };

	snprintf(local.sun_path, sizeof(local.sun_path), "%s", path);
	memcpy(address, &local, sizeof(local));
	*size = sizeof(local);
}

/* An address as text is turned into its bytes; nothing is looked up. */
static bool read_address(const char *text, uint16_t port,
			 struct sockaddr_storage *address, socklen_t *size)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
				  .ai_socktype = SOCK_STREAM };
	struct addrinfo *found;
	char service[8];

	if (strncmp(text, "unix:", 5) == 0) {
		set_path(text + 5, address, size);
		return true;
	}
	snprintf(service, sizeof(service), "%u", (unsigned)port);
	if (getaddrinfo(text, service, &hints, &found) != 0) {
		errno = EADDRNOTAVAIL;
		return false;
	}
	memcpy(address, found->ai_addr, found->ai_addrlen);
	*size = found->ai_addrlen;
	freeaddrinfo(found);
	return true;
}

static int finish_connect(int fd, int64_t deadline)
{
	socklen_t size = sizeof(int);
	int cause = 0;

	if (wait_for(fd, POLLOUT, deadline) < 0)
		return -1;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &cause, &size) < 0)
		return -1;
	errno = cause;
	return cause ? -1 : 0;
}

/* Flights of a handshake are small; waiting to fill a segment costs 40 ms. */
static void send_at_once(int fd)
{
	int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

static int connect_to(void *self, const char *text, uint16_t port,
		      int64_t deadline)
{
	struct sockaddr_storage address;
	socklen_t size;
	int fd, cause;

	if (!read_address(text, port, &address, &size))
		return -1;
	fd = socket(address.ss_family,
		    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	send_at_once(fd);
	if (connect(fd, (struct sockaddr *)&address, size) == 0)
		return fd;
	if ((errno == EINPROGRESS || errno == EINTR) &&
	    finish_connect(fd, deadline) == 0)
		return fd;
	cause = errno;
	close(fd);
	errno = cause;
	return -1;
}

static bool would_block(void)
{
	return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

static long read_some(void *self, int handle, void *data, size_t size,
		      int64_t deadline)
{
	ssize_t count;

	do {
		if (wait_for(handle, POLLIN, deadline) < 0)
			return -1;
		count = recv(handle, data, size, 0);
	} while (count < 0 && would_block());
	return count;
}

static long write_some(void *self, int handle, const void *data, size_t size,
		       int64_t deadline)
{
	ssize_t count;

	do {
		if (wait_for(handle, POLLOUT, deadline) < 0)
			return -1;
		count = send(handle, data, size, MSG_NOSIGNAL);
	} while (count < 0 && would_block());
	return count;
}

static void close_handle(void *self, int handle)
{
	close(handle);
}

static const struct chk_io SYSTEM = {
	.resolve = chk_resolve_system,
	.connect = connect_to,
	.read = read_some,
	.write = write_some,
	.close = close_handle,
	.now = now,
};

const struct chk_io *chk_io_system(void)
{
	return &SYSTEM;
}
