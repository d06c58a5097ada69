/* lib/fetch/ask.c: connect, say the hello, read until the answer is over. */
#include "fetch/ask.h"

#include <errno.h>
#include <stdatomic.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/thread.h"
#include "fetch/connect.h"
#include "fetch/io.h"
#include "fetch/transport.h"
#include "fetch/wire.h"

#define READ_SIZE 16384

CHK_CLEANUP_FUNCTION(cleanup_presented, struct chk_presented *,
		     chk_presented_free);
CHK_CLEANUP_FUNCTION(cleanup_reader, struct chk_answer_reader *,
		     chk_answer_reader_free);

/* One connection and what is said on it. */
struct talk {
	const struct chk_io *io;
	int handle;
	int64_t deadline, limit_ms;
	struct chk_answer *answer;
	struct chk_answer_reader *reader;
	int write_cause; /* errno; 0 */
};

/* What all workers share. */
struct asking {
	struct chk_route route; /* to the one address */
	struct chk_asked *asked;
	int handle; /* of the first connection */
	int64_t end;
	atomic_bool no_memory;
};

/* Writes all of it, or as much as the peer takes. */
static void say(struct talk *talk, struct chk_bytes bytes)
{
	const struct chk_io *io = talk->io;
	long count;

	while (bytes.size) {
		errno = ETIMEDOUT;
		count = -1;
		if (io->now(io->self) < talk->deadline)
			count = io->write(io->self, talk->handle, bytes.data,
					  bytes.size, talk->deadline);
		if (count <= 0) {
			talk->write_cause = errno ? errno : EIO;
			return;
		}
		bytes = chk_bytes_skip(bytes, (size_t)count);
	}
}

static long hear(struct talk *talk, uint8_t *data, size_t size)
{
	const struct chk_io *io = talk->io;

	errno = ETIMEDOUT;
	if (io->now(io->self) >= talk->deadline)
		return -1;
	return io->read(io->self, talk->handle, data, size, talk->deadline);
}

/* The end that a read drew; a write may have failed before it, and why. */
static void draw_end(struct talk *talk, long count)
{
	int cause = count < 0 ? (errno ? errno : EIO) : talk->write_cause;

	if (cause)
		chk_answer_failed(talk->reader, cause, talk->limit_ms);
	else
		chk_answer_end_of_stream(talk->reader);
}

static bool listen_to(struct talk *talk)
{
	const struct chk_io *io = talk->io;
	bool foreign = false;
	uint8_t data[READ_SIZE];
	long count;

	while (!chk_answer_is_over(talk->reader)) {
		count = hear(talk, data, sizeof(data));
		if (count <= 0)
			draw_end(talk, count);
		else if (!chk_answer_read(talk->reader,
					  chk_bytes_of(data, (size_t)count)))
			return false;
		if (!foreign && chk_answer_is_foreign(talk->reader)) {
			int64_t until = io->now(io->self) + CHK_BANNER_MS;

			foreign = true;
			if (until < talk->deadline)
				talk->deadline = until;
		}
	}
	return true;
}

/*
 * A server that waits for the rest of a handshake is told that none comes:
 * user_canceled, which is made for this, then close_notify (RFC 8446 section
 * 6.1), both in clear, as long as no key was agreed on. SSL 3.0 has the second
 * alone. In TLS 1.3 the server has sent more than was read; it gets a moment
 * to hang up first, since closing before what came is read resets the
 * connection, and takes the alerts with it.
 */
static void say_goodbye(struct talk *talk)
{
	const struct chk_io *io = talk->io;
	uint16_t version = talk->answer->version;
	int64_t until = io->now(io->self) + CHK_GOODBYE_MS;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer out = { 0 };
	uint8_t data[READ_SIZE];

	if (!chk_answer_is_accepted(talk->answer) || version < 0x0300)
		return;
	for (unsigned i = version > 0x0300 ? 0 : 1; i < 2; i++) {
		chk_wire_add(&out, CHK_RECORD_ALERT, 1);
		chk_wire_add(&out, version < 0x0303 ? version : 0x0303, 2);
		chk_wire_add(&out, 2, 2);
		chk_wire_add(&out, i ? 0x0100 : 0x015a, 2);
	}
	if (until < talk->deadline)
		talk->deadline = until;
	if (!out.failed)
		say(talk, chk_bytes_of(out.data, out.size));
	for (int i = 0; i < 8 && version > 0x0303; i++) {
		if (hear(talk, data, sizeof(data)) <= 0)
			return;
	}
}

static bool talk(struct talk *talk, const struct chk_hello *hello)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer out = { 0 };
	const struct chk_io *io = talk->io;
	int64_t begin = io->now(io->self);

	talk->limit_ms = talk->deadline - begin;
	chk_hello_write(hello, &out);
	if (out.failed)
		return false;
	say(talk, chk_bytes_of(out.data, out.size));
	if (!listen_to(talk))
		return false;
	talk->answer->micros = (io->now(io->self) - begin) * 1000;
	say_goodbye(talk);
	return !talk->answer->arena.failed;
}

static bool fail_to_connect(struct chk_answer *answer,
			    const struct chk_presented *presented)
{
	answer->end = CHK_ANSWER_UNCONNECTED;
	answer->cause = presented->cause;
	answer->alert = answer->warning = -1;
	answer->why = chk_arena_text(&answer->arena, presented->why);
	return answer->why;
}

/* False: no memory. */
static bool ask_on(const struct asking *asking, struct chk_asked *asked,
		   int handle)
{
	CHK_CLEANUP(cleanup_reader)
	struct chk_answer_reader *reader =
		chk_answer_reader_new(&asked->answer);
	const struct chk_io *io = asking->route.io;
	struct talk on = { .io = io, .handle = handle,
			   .answer = &asked->answer, .reader = reader };

	on.deadline = io->now(io->self) + asking->route.handshake_ms;
	if (asking->end < on.deadline)
		on.deadline = asking->end;
	return reader && talk(&on, &asked->hello);
}

/* The first connection is there already: with it the address was found. */
static bool ask(struct asking *asking, size_t i)
{
	CHK_CLEANUP(cleanup_presented)
	struct chk_presented *presented = chk_presented_new();
	const struct chk_io *io = asking->route.io;
	struct chk_asked *asked = &asking->asked[i];
	int handle = asking->handle;
	bool done;

	if (i && presented)
		handle = chk_connect(&asking->route, asking->end, presented);
	if (!presented || presented->arena.failed)
		done = false;
	else if (handle < 0)
		done = fail_to_connect(&asked->answer, presented);
	else
		done = ask_on(asking, asked, handle);
	if (handle >= 0)
		io->close(io->self, handle);
	return done;
}

static void work(void *data, size_t i)
{
	struct asking *asking = data;

	if (!ask(asking, i))
		asking->no_memory = true;
}

size_t chk_ask_side_by_side(const struct chk_io *io)
{
	return io == chk_io_system() ? CHK_ASK_SIDE_BY_SIDE : 1;
}

bool chk_ask(const struct chk_route *route, struct chk_asked *asked,
	     size_t count, int64_t end, struct chk_error *error)
{
	CHK_CLEANUP(cleanup_presented)
	struct chk_presented *presented = chk_presented_new();
	struct asking asking = { .route = *route, .asked = asked,
				 .end = end };
	const char *address[2] = { NULL, NULL };
	bool done = true;

	if (!presented)
		return chk_error_memory(error);
	if (!count)
		return true;
	asking.handle = chk_connect(route, end, presented);
	if (presented->arena.failed)
		done = false;
	for (size_t i = 0; i < count && asking.handle < 0 && done; i++)
		done = fail_to_connect(&asked[i].answer, presented);
	if (asking.handle < 0)
		return done || chk_error_memory(error);
	address[0] = presented->address;
	asking.route.addresses = address;
	chk_thread_each(count, chk_ask_side_by_side(route->io), work, &asking);
	return !asking.no_memory || chk_error_memory(error);
}
