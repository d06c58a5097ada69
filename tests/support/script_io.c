/* tests/support/script_io.c: play a script as a struct chk_io. */
#include "support/script_io.h"

#include <errno.h>
#include <stdio.h>

/* Time goes by; false, and errno: the deadline comes first. */
static bool pass(struct script *script, int64_t millis, int64_t deadline)
{
	if (script->clock + millis < deadline) {
		script->clock += millis;
		return true;
	}
	if (deadline > script->clock)
		script->clock = deadline;
	errno = ETIMEDOUT;
	return false;
}

static int resolve(void *self, const char *host, enum chk_family family,
		   int64_t deadline, char (*addresses)[64], int max, char *why,
		   size_t size)
{
	struct script *script = self;
	int count = 0;

	script->resolved++;
	if (!pass(script, script->resolve_millis, deadline))
		return -1;
	if (script->no_address) {
		snprintf(why, size, "%s", script->no_address);
		errno = ENOENT;
		return -1;
	}
	for (size_t i = 0; i < script->address_count && count < max; i++)
		snprintf(addresses[count++], 64, "%s",
			 script->addresses[i].address);
	return count;
}

static int connect_to(void *self, const char *address, uint16_t port,
		      int64_t deadline)
{
	struct script *script = self;

	for (size_t i = 0; i < script->address_count; i++) {
		const struct script_address *known = &script->addresses[i];

		if (strcmp(known->address, address) != 0)
			continue;
		if (!pass(script, known->millis, deadline))
			return -1;
		errno = known->cause;
		return known->cause ? -1 : script->opened++;
	}
	errno = ENETUNREACH;
	return -1;
}

static long give(struct script *script, const struct script_step *step,
		 void *data, size_t size)
{
	size_t left = step->bytes.size - script->offset;

	if (script->chunk && size > script->chunk)
		size = script->chunk;
	if (size > left)
		size = left;
	memcpy(data, step->bytes.data + script->offset, size);
	script->offset += size;
	if (script->offset == step->bytes.size) {
		script->offset = 0;
		script->step++;
	}
	return (long)size;
}

static bool wait_out(struct script *script, int64_t millis, int64_t deadline)
{
	int64_t begin = script->clock;

	if (!pass(script, millis - script->waited, deadline)) {
		script->waited += script->clock - begin;
		return false;
	}
	script->waited = 0;
	script->step++;
	return true;
}

static long read_some(void *self, int handle, void *data, size_t size,
		      int64_t deadline)
{
	struct script *script = self;

	if (!pass(script, script->read_millis, deadline))
		return -1;
	while (script->step < script->step_count) {
		const struct script_step *step = &script->steps[script->step];

		if (step->what == SCRIPT_CLOSE)
			return 0;
		if (step->what == SCRIPT_FAIL) {
			errno = step->cause;
			return -1;
		}
		if (step->what == SCRIPT_WAIT) {
			if (!wait_out(script, step->millis, deadline))
				return -1;
		} else if (step->bytes.size) {
			return give(script, step, data, size);
		} else {
			script->step++;
		}
	}
	pass(script, INT32_MAX, deadline);
	return -1;
}

static long write_some(void *self, int handle, const void *data, size_t size,
		       int64_t deadline)
{
	struct script *script = self;
	size_t room = sizeof(script->written) - script->written_size;

	if (script->write_cause) {
		errno = script->write_cause;
		return -1;
	}
	memcpy(script->written + script->written_size, data,
	       size < room ? size : room);
	script->written_size += size < room ? size : room;
	return (long)size;
}

static void close_handle(void *self, int handle)
{
	struct script *script = self;

	script->closed++;
}

static int64_t now(void *self)
{
	struct script *script = self;

	return script->clock;
}

const struct chk_io *script_io(struct script *script)
{
	script->io = (struct chk_io){
		.self = script,
		.resolve = resolve,
		.connect = connect_to,
		.read = read_some,
		.write = write_some,
		.close = close_handle,
		.now = now,
	};
	return &script->io;
}
