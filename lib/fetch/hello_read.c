/* lib/fetch/hello_read.c: the lists of a ClientHello. */
#include "fetch/hello_read.h"

#include "fetch/wire.h"

#define RANDOM_SIZE 32
#define PROTOCOLS_MAX 16

struct reading {
	struct chk_arena *arena;
	struct chk_hello *hello;
};

/* RFC 8701 section 2: both bytes are alike, and end in A. */
static bool is_grease(size_t number)
{
	return (number & 0x0f0f) == 0x0a0a && number >> 8 == (number & 0xff);
}

/* The numbers of two bytes that `list` is made of. */
static bool read_ids(struct reading *reading, struct chk_bytes list,
		     struct chk_ids *ids)
{
	uint16_t *items = chk_arena_array(reading->arena, list.size / 2 + 1,
					  sizeof(*items));
	size_t number;

	ids->count = 0;
	ids->items = items;
	if (!items || list.size % 2)
		return false;
	while (chk_wire_take(&list, 2, &number)) {
		if (is_grease(number))
			reading->hello->grease = true;
		else
			items[ids->count++] = (uint16_t)number;
	}
	return true;
}

static bool read_list(struct reading *reading, struct chk_bytes body,
		      size_t size, struct chk_ids *ids)
{
	struct chk_bytes list;

	return chk_wire_take_vector(&body, size, &list) && !body.size &&
	       read_ids(reading, list, ids);
}

/* NULL: no memory, or a zero in the midst of it. */
static const char *text_of(struct reading *reading, struct chk_bytes bytes)
{
	if (bytes.size && memchr(bytes.data, 0, bytes.size))
		return NULL;
	return chk_arena_format(reading->arena, "%.*s", (int)bytes.size,
				(const char *)bytes.data);
}

static bool read_name(struct reading *reading, struct chk_bytes body)
{
	struct chk_bytes list, name;
	size_t type;

	if (!chk_wire_take_vector(&body, 2, &list) ||
	    !chk_wire_take(&list, 1, &type) || type ||
	    !chk_wire_take_vector(&list, 2, &name))
		return false;
	reading->hello->server_name = text_of(reading, name);
	return reading->hello->server_name;
}

static bool read_alpn(struct reading *reading, struct chk_bytes body)
{
	const char **protocols = chk_arena_array(
		reading->arena, PROTOCOLS_MAX + 1, sizeof(*protocols));
	struct chk_bytes list, name;
	size_t count = 0;

	if (!protocols || !chk_wire_take_vector(&body, 2, &list))
		return false;
	while (count < PROTOCOLS_MAX &&
	       chk_wire_take_vector(&list, 1, &name)) {
		protocols[count] = text_of(reading, name);
		if (!protocols[count++])
			return false;
	}
	reading->hello->alpn = protocols;
	return count && !list.size;
}

static bool read_shares(struct reading *reading, struct chk_bytes body)
{
	struct chk_buffer groups = { 0 };
	struct chk_bytes list, share;
	size_t group;
	bool done = chk_wire_take_vector(&body, 2, &list);

	while (done && list.size) {
		done = chk_wire_take(&list, 2, &group) &&
		       chk_wire_take_vector(&list, 2, &share);
		chk_wire_add(&groups, group, 2);
	}
	done = done && !groups.failed &&
	       read_ids(reading, chk_bytes_of(groups.data, groups.size),
			&reading->hello->key_shares);
	chk_buffer_clear(&groups);
	return done;
}

/* Of all others the number alone is kept. */
static bool read_extension(struct reading *reading, size_t number,
			   struct chk_bytes body)
{
	struct chk_hello *hello = reading->hello;

	switch (number) {
	case 0:
		return read_name(reading, body);
	case 10:
		return read_list(reading, body, 2, &hello->groups);
	case 13:
		return read_list(reading, body, 2, &hello->signatures);
	case 16:
		return read_alpn(reading, body);
	case 43:
		return read_list(reading, body, 1, &hello->versions);
	case 50:
		return read_list(reading, body, 2, &hello->signatures_cert);
	case 51:
		return read_shares(reading, body);
	default:
		return true;
	}
}

static bool read_extensions(struct reading *reading, struct chk_bytes list)
{
	struct chk_buffer order = { 0 };
	struct chk_bytes body;
	size_t number;
	bool done = true;

	while (done && list.size) {
		done = chk_wire_take(&list, 2, &number) &&
		       chk_wire_take_vector(&list, 2, &body) &&
		       (is_grease(number) ||
			read_extension(reading, number, body));
		chk_wire_add(&order, number, 2);
	}
	done = done && !order.failed &&
	       read_ids(reading, chk_bytes_of(order.data, order.size),
			&reading->hello->extensions);
	chk_buffer_clear(&order);
	return done;
}

bool chk_hello_read(struct chk_bytes body, struct chk_arena *arena,
		    struct chk_hello *hello)
{
	struct reading reading = { arena, hello };
	struct chk_bytes skipped, suites, extensions = { 0 };
	size_t version;

	*hello = (struct chk_hello){ 0 };
	if (!chk_wire_take(&body, 2, &version) || body.size < RANDOM_SIZE)
		return false;
	hello->version = (uint16_t)version;
	body = chk_bytes_skip(body, RANDOM_SIZE);
	if (!chk_wire_take_vector(&body, 1, &skipped) ||
	    !chk_wire_take_vector(&body, 2, &suites) ||
	    !chk_wire_take_vector(&body, 1, &skipped) ||
	    (body.size && !chk_wire_take_vector(&body, 2, &extensions)))
		return false;
	return !body.size && read_ids(&reading, suites, &hello->suites) &&
	       (!extensions.size || read_extensions(&reading, extensions));
}
