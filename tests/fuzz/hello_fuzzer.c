/*
 * tests/fuzz/hello_fuzzer.c: a ClientHello of any lists, written, and read
 * back by GnuTLS. The first byte: bit 0 GREASE, bit 1 the form of SSLv2, bit 2
 * an SNI, bit 3 ALPN; then the version (2 bytes), the size (2) and the bytes of
 * a record (1); then for each list of struct chk_hello, in its order, how many
 * it has (1) and its numbers (2 each).
 */
#include <stdlib.h>

#include <gnutls/gnutls.h>

#include "fetch/hello.h"
#include "fetch/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LISTS 7
#define NUMBERS_MAX 64 /* of one list */

struct made {
	struct chk_hello hello;
	uint16_t numbers[LISTS][NUMBERS_MAX];
};

/* What GnuTLS sees of one hello. */
struct seen {
	const struct made *made;
	bool extension[0x10000];
};

static size_t take(struct chk_bytes *rest, size_t size)
{
	size_t number = 0;

	while (size-- && rest->size) {
		number = number << 8 | rest->data[0];
		*rest = chk_bytes_skip(*rest, 1);
	}
	return number;
}

static void make(struct made *made, struct chk_bytes rest)
{
	static const char *const ALPN[] = { "h2", "http/1.1", NULL };
	struct chk_hello *hello = &made->hello;
	struct chk_ids *lists[LISTS] = {
		&hello->versions, &hello->suites, &hello->groups,
		&hello->signatures, &hello->signatures_cert,
		&hello->key_shares, &hello->extensions,
	};
	size_t flags = take(&rest, 1);

	hello->grease = flags & 1;
	hello->sslv2_form = flags & 2;
	hello->server_name = flags & 4 ? "a.test" : NULL;
	hello->alpn = flags & 8 ? ALPN : NULL;
	hello->version = (uint16_t)take(&rest, 2);
	hello->size = take(&rest, 2);
	hello->split = take(&rest, 1);
	for (size_t i = 0; i < LISTS; i++) {
		size_t count = take(&rest, 1) % NUMBERS_MAX;

		for (size_t j = 0; j < count; j++)
			made->numbers[i][j] = (uint16_t)take(&rest, 2);
		*lists[i] = (struct chk_ids){ made->numbers[i], count };
	}
}

/* A list as its extension has it; GREASE is in front where it is wanted. */
static void check_list(const struct chk_ids *ids, struct chk_bytes body,
		       size_t size, bool grease)
{
	size_t length = 0;

	for (size_t i = 0; i < size; i++)
		length = length << 8 | body.data[i];
	body = chk_bytes_skip(body, size + (grease ? 2 : 0));
	if (body.size != 2 * ids->count ||
	    length != body.size + (grease ? 2 : 0))
		abort();
	for (size_t i = 0; i < ids->count; i++) {
		if ((body.data[2 * i] << 8 | body.data[2 * i + 1]) !=
		    ids->items[i])
			abort();
	}
}

static int on_extension(void *context, unsigned number,
			const unsigned char *data, unsigned size)
{
	struct seen *seen = context;
	const struct chk_hello *hello = &seen->made->hello;
	struct chk_bytes body = { data, size };

	seen->extension[number] = true;
	switch (number) {
	case 10:
		check_list(&hello->groups, body, 2, hello->grease);
		break;
	case 13:
		check_list(&hello->signatures, body, 2, false);
		break;
	case 43:
		check_list(&hello->versions, body, 1, hello->grease);
		break;
	case 50:
		check_list(&hello->signatures_cert, body, 2, false);
		break;
	}
	return 0;
}

/* The handshake message out of its records. */
static void unwrap(const struct chk_buffer *wire, size_t split,
		   struct chk_buffer *message)
{
	struct chk_bytes rest = { (const uint8_t *)wire->data, wire->size };
	struct chk_bytes content;
	size_t head;

	while (rest.size) {
		if (!chk_wire_take(&rest, 3, &head) || head >> 16 != 22 ||
		    !chk_wire_take_vector(&rest, 2, &content) ||
		    !content.size || content.size > CHK_RECORD_MAX ||
		    (split && content.size > split))
			abort();
		chk_buffer_add(message, content.data, content.size);
	}
}

static void check_message(const struct made *made,
			  struct chk_buffer *message)
{
	const struct chk_hello *hello = &made->hello;
	struct seen *seen = calloc(1, sizeof(*seen));
	gnutls_datum_t datum = { (unsigned char *)message->data + 4,
				 (unsigned)message->size - 4 };
	int status;

	if (!seen || message->data[0] != 1)
		abort();
	/* GnuTLS reads on where it knows the version. */
	message->data[4] = message->data[5] = 3;
	seen->made = made;
	status = gnutls_ext_raw_parse(seen, on_extension, &datum,
				      GNUTLS_EXT_RAW_FLAG_TLS_CLIENT_HELLO);
	if (status < 0 && status != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
		abort();
	if (seen->extension[0] != (hello->server_name != NULL) ||
	    seen->extension[10] != (hello->groups.count > 0) ||
	    seen->extension[13] != (hello->signatures.count > 0) ||
	    seen->extension[16] != (hello->alpn != NULL) ||
	    seen->extension[43] != (hello->versions.count > 0) ||
	    seen->extension[41] || seen->extension[44])
		abort();
	/* Padding reaches the size, or leaves out less than it needs. */
	if (hello->size && hello->size < 32768 &&
	    message->size < hello->size)
		abort();
	free(seen);
}

static void check_sslv2(const struct chk_buffer *wire)
{
	const uint8_t *data = (const uint8_t *)wire->data;
	size_t length = (size_t)(data[0] & 0x7f) << 8 | data[1];
	size_t specs = (size_t)data[5] << 8 | data[6];

	if (!(data[0] & 0x80) || length != wire->size - 2 || data[2] != 1 ||
	    9 + specs + 32 != length || specs % 3)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_buffer wire = { 0 }, message = { 0 };
	struct made *made = calloc(1, sizeof(*made));

	if (!made)
		abort();
	make(made, chk_bytes_of(data, size));
	chk_hello_write(&made->hello, &wire);
	if (!wire.failed && made->hello.sslv2_form) {
		check_sslv2(&wire);
	} else if (!wire.failed) {
		unwrap(&wire, made->hello.split, &message);
		check_message(made, &message);
	}
	chk_buffer_clear(&wire);
	chk_buffer_clear(&message);
	free(made);
	return 0;
}
