/* lib/fetch/hello.c: the message, and the records around it. */
#include "fetch/hello.h"

#include "fetch/hello_extensions.h"
#include "fetch/wire.h"

#define SSL_2 0x0002
#define SSL_2_RECORD_MAX 0x7fff
#define EXTENSIONS_MAX 65535
#define RANDOM_SIZE 32

/* The cipher kinds of SSL 2.0, strongest first. */
static const char SSL_2_KINDS[] =
	"\x07\0\xc0" "\x05\0\x80" "\x03\0\x80" "\x01\0\x80" "\x06\0\x40"
	"\x04\0\x80" "\x02\0\x80";

/* RFC 5246 appendix E.2; with version 2, the hello of SSL 2.0 itself. */
static void write_sslv2(const struct chk_hello *hello, struct chk_buffer *out)
{
	size_t kinds = hello->version == SSL_2 ? sizeof(SSL_2_KINDS) - 1 : 0;
	size_t specs = kinds + 3 * hello->suites.count;
	size_t size = 9 + specs + RANDOM_SIZE;

	if (size > SSL_2_RECORD_MAX) {
		out->failed = true;
		return;
	}
	chk_wire_add(out, 0x8000 | size, 2);
	chk_wire_add(out, 1, 1); /* CLIENT-HELLO */
	chk_wire_add(out, hello->version, 2);
	chk_wire_add(out, specs, 2);
	chk_wire_add(out, 0, 2); /* session id */
	chk_wire_add(out, RANDOM_SIZE, 2);
	if (kinds)
		chk_buffer_add(out, SSL_2_KINDS, kinds);
	for (size_t i = 0; i < hello->suites.count; i++)
		chk_wire_add(out, hello->suites.items[i], 3);
	chk_wire_random(out, RANDOM_SIZE);
}

static void write_suites(const struct chk_hello *hello, struct chk_buffer *out)
{
	size_t at = chk_wire_open(out, 2);

	if (hello->grease)
		chk_wire_add(out, chk_hello_grease(0), 2);
	for (size_t i = 0; i < hello->suites.count; i++)
		chk_wire_add(out, hello->suites.items[i], 2);
	chk_wire_close(out, at, 2);
}

/* RFC 8446 section 4.1.2, which holds for all before it. */
static void write_message(const struct chk_hello *hello, long padding,
			  struct chk_buffer *out)
{
	size_t message, extensions;

	chk_wire_add(out, 1, 1); /* client_hello */
	message = chk_wire_open(out, 3);
	chk_wire_add(out, hello->version, 2);
	chk_wire_random(out, RANDOM_SIZE);
	/* RFC 8446 appendix D.4: middleboxes want a session to resume. */
	if (chk_hello_offers_tls13(hello)) {
		chk_wire_add(out, 32, 1);
		chk_wire_random(out, 32);
	} else {
		chk_wire_add(out, 0, 1);
	}
	write_suites(hello, out);
	chk_wire_add(out, 0x0100, 2); /* no compression */
	extensions = chk_wire_open(out, 2);
	chk_hello_write_extensions(hello, padding, out);
	/* A server of SSL 3.0 may not expect as much as the empty list. */
	if (out->size == extensions + 2)
		out->size = extensions;
	else
		chk_wire_close(out, extensions, 2);
	chk_wire_close(out, message, 3);
}

/* How many zeros to pad with, so that the message has the wanted size. */
static long padding_of(const struct chk_hello *hello, size_t size)
{
	size_t wanted = hello->size, zeros;

	/* RFC 7685 section 4: what clients pad for by themselves. */
	for (size_t i = 0; !hello->size && i < hello->extensions.count; i++) {
		if (hello->extensions.items[i] == CHK_HELLO_PADDING &&
		    size > 255 && size < 512)
			wanted = 512;
	}
	if (wanted <= size || size > EXTENSIONS_MAX)
		return -1;
	zeros = wanted - size > 4 ? wanted - size - 4 : 0;
	return (long)(zeros < EXTENSIONS_MAX - size ? zeros :
						      EXTENSIONS_MAX - size);
}

static void write_records(const struct chk_hello *hello,
			  struct chk_bytes message, struct chk_buffer *out)
{
	unsigned version = hello->version == 0x0300 ? 0x0300 : 0x0301;
	size_t split = CHK_RECORD_MAX, size;

	if (hello->record_version)
		version = hello->record_version;
	if (hello->split && hello->split < split)
		split = hello->split;
	for (; message.size; message = chk_bytes_skip(message, size)) {
		size = message.size < split ? message.size : split;
		chk_wire_add(out, CHK_RECORD_HANDSHAKE, 1);
		chk_wire_add(out, version, 2);
		chk_wire_add(out, size, 2);
		chk_buffer_add(out, message.data, size);
	}
}

void chk_hello_write(const struct chk_hello *hello, struct chk_buffer *out)
{
	struct chk_buffer message = { 0 };
	long padding;

	if (hello->sslv2_form) {
		write_sslv2(hello, out);
		return;
	}
	write_message(hello, -1, &message);
	padding = padding_of(hello, message.size);
	if (padding >= 0) {
		message.size = 0;
		write_message(hello, padding, &message);
	}
	if (message.failed)
		out->failed = true;
	else
		write_records(hello, chk_bytes_of(message.data, message.size),
			      out);
	chk_buffer_clear(&message);
}
