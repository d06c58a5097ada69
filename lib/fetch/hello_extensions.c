/* lib/fetch/hello_extensions.c: one row an extension, in any order. */
#include "fetch/hello_extensions.h"

#include "fetch/key_share.h"
#include "fetch/wire.h"

#define PADDING CHK_HELLO_PADDING
#define FIXED(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }

bool chk_hello_offers_tls13(const struct chk_hello *hello)
{
	for (size_t i = 0; i < hello->versions.count; i++) {
		/* 0x7f00 + n: draft n of RFC 8446 */
		if (hello->versions.items[i] == 0x0304 ||
		    hello->versions.items[i] >> 8 == 0x7f)
			return true;
	}
	return false;
}

uint16_t chk_hello_grease(unsigned which)
{
	return (uint16_t)(0x0a0a + (which & 0x0f) * 0x1010);
}

/* Ids as a vector with a length of `size` bytes, a GREASE one in front. */
static void add_ids(const struct chk_ids *ids, size_t size, bool grease,
		    struct chk_buffer *out)
{
	size_t at = chk_wire_open(out, size);

	if (grease)
		chk_wire_add(out, chk_hello_grease(ids->items[0]), 2);
	for (size_t i = 0; i < ids->count; i++)
		chk_wire_add(out, ids->items[i], 2);
	chk_wire_close(out, at, size);
}

static bool add_list(const struct chk_ids *ids, bool grease,
		     struct chk_buffer *out)
{
	if (!ids->count)
		return false;
	add_ids(ids, 2, grease, out);
	return true;
}

/* RFC 6066 section 3: a list of one host_name. */
static bool write_server_name(const struct chk_hello *hello,
			      struct chk_buffer *out)
{
	size_t list, name;

	if (!hello->server_name)
		return false;
	list = chk_wire_open(out, 2);
	chk_wire_add(out, 0, 1);
	name = chk_wire_open(out, 2);
	chk_buffer_text(out, hello->server_name);
	chk_wire_close(out, name, 2);
	chk_wire_close(out, list, 2);
	return true;
}

static bool write_groups(const struct chk_hello *hello, struct chk_buffer *out)
{
	return add_list(&hello->groups, hello->grease, out);
}

/* RFC 8422 section 5.1.2: uncompressed, of no use without a group. */
static bool write_point_formats(const struct chk_hello *hello,
				struct chk_buffer *out)
{
	if (!hello->groups.count)
		return false;
	chk_wire_add(out, 0x0100, 2);
	return true;
}

static bool write_signatures(const struct chk_hello *hello,
			     struct chk_buffer *out)
{
	return add_list(&hello->signatures, false, out);
}

static bool write_signatures_cert(const struct chk_hello *hello,
				  struct chk_buffer *out)
{
	return add_list(&hello->signatures_cert, false, out);
}

/* RFC 7301 section 3.1. */
static bool write_alpn(const struct chk_hello *hello, struct chk_buffer *out)
{
	size_t list, name;

	if (!hello->alpn || !hello->alpn[0])
		return false;
	list = chk_wire_open(out, 2);
	for (size_t i = 0; hello->alpn[i]; i++) {
		name = chk_wire_open(out, 1);
		chk_buffer_add(out, hello->alpn[i],
			       strnlen(hello->alpn[i], 255));
		chk_wire_close(out, name, 1);
	}
	chk_wire_close(out, list, 2);
	return true;
}

static bool write_versions(const struct chk_hello *hello,
			   struct chk_buffer *out)
{
	if (!hello->versions.count)
		return false;
	add_ids(&hello->versions, 1, hello->grease, out);
	return true;
}

/* RFC 8446 section 4.2.9: psk_dhe_ke. Servers refuse TLS 1.3 without it. */
static bool write_psk_modes(const struct chk_hello *hello,
			    struct chk_buffer *out)
{
	if (!chk_hello_offers_tls13(hello))
		return false;
	chk_wire_add(out, 0x0101, 2);
	return true;
}

/* RFC 8446 section 4.2.8. An empty list asks for a HelloRetryRequest. */
static bool write_key_shares(const struct chk_hello *hello,
			     struct chk_buffer *out)
{
	size_t list, share, before;

	if (!hello->key_shares.count && !chk_hello_offers_tls13(hello))
		return false;
	list = chk_wire_open(out, 2);
	if (hello->grease && hello->key_shares.count) {
		chk_wire_add(out, chk_hello_grease(hello->groups.count ?
					hello->groups.items[0] : 0), 2);
		chk_wire_add(out, 0x000100, 3);
	}
	for (size_t i = 0; i < hello->key_shares.count; i++) {
		before = out->size;
		chk_wire_add(out, hello->key_shares.items[i], 2);
		share = chk_wire_open(out, 2);
		if (chk_key_share_write(hello->key_shares.items[i], out))
			chk_wire_close(out, share, 2);
		else
			out->size = before;
	}
	chk_wire_close(out, list, 2);
	return true;
}

static bool is_listed(const struct chk_ids *ids, uint16_t number)
{
	for (size_t i = 0; i < ids->count; i++) {
		if (ids->items[i] == number)
			return true;
	}
	return false;
}

/* RFC 7627: some servers insist. A hello with nothing in its lists is bare. */
static bool write_master_secret(const struct chk_hello *hello,
				struct chk_buffer *out)
{
	if (hello->extensions.count)
		return is_listed(&hello->extensions, 23);
	return hello->versions.count || hello->groups.count ||
	       hello->signatures.count;
}

/* What answers something that the server said before has no place here. */
static bool write_nothing(const struct chk_hello *hello,
			  struct chk_buffer *out)
{
	return false;
}

/*
 * RFC 9849 section 6.2: nobody can tell it from one that is meant. HKDF-SHA256
 * and AES-128-GCM, an X25519 key, and the payload of a short name.
 */
static bool write_ech(const struct chk_hello *hello, struct chk_buffer *out)
{
	chk_wire_add(out, 0, 1);
	chk_wire_add(out, 0x00010001, 4);
	chk_wire_random(out, 1);
	chk_wire_add(out, 32, 2);
	chk_wire_random(out, 32);
	chk_wire_add(out, 144, 2);
	chk_wire_random(out, 144);
	return true;
}

/* Sent in every hello where they have something to say, in this order. */
static const uint16_t OWN[] = { 0, 23, 10, 11, 13, 16, 43, 45, 50, 51 };

static const struct {
	uint16_t number;
	/* False: it has nothing to say, and is not sent. NULL: `fixed`. */
	bool (*write)(const struct chk_hello *, struct chk_buffer *);
	struct chk_bytes fixed;
} EXTENSIONS[] = {
	{ 0, write_server_name, FIXED("") },
	{ 23, write_master_secret, FIXED("") },
	{ 10, write_groups, FIXED("") },
	{ 11, write_point_formats, FIXED("") },
	{ 13, write_signatures, FIXED("") },
	{ 16, write_alpn, FIXED("") },
	{ 43, write_versions, FIXED("") },
	{ 45, write_psk_modes, FIXED("") },
	{ 50, write_signatures_cert, FIXED("") },
	{ 51, write_key_shares, FIXED("") },
	/* status_request, RFC 6066 section 8, and its like of RFC 6961 */
	{ 5, NULL, FIXED("\x01\0\0\0\0") },
	{ 17, NULL, FIXED("\0\x07\x02\0\x04\0\0\0\0") },
	{ 15, NULL, FIXED("\x01") }, /* heartbeat, RFC 6520 */
	{ 18, NULL, FIXED("") },     /* certificate transparency, RFC 6962 */
	{ 22, NULL, FIXED("") },     /* encrypt_then_mac, RFC 7366 */
	/* token_binding, RFC 8472: version 1.0, ECDSA P-256 */
	{ 24, NULL, FIXED("\x01\0\x01\x02") },
	/* compress_certificate, RFC 8879: Brotli */
	{ 27, NULL, FIXED("\x02\0\x02") },
	/* record_size_limit, RFC 8449 */
	{ 28, NULL, FIXED("\x40\x01") },
	/* delegated_credential, RFC 9345: ECDSA */
	{ 34, NULL, FIXED("\0\x08\x04\x03\x05\x03\x06\x03\x02\x03") },
	{ 41, write_nothing, FIXED("") }, /* pre_shared_key */
	{ 44, write_nothing, FIXED("") }, /* cookie */
	{ 35, NULL, FIXED("") },     /* session_ticket, RFC 5077 */
	{ 49, NULL, FIXED("") },     /* post_handshake_auth, RFC 8446 */
	{ 13172, NULL, FIXED("") },  /* next_protocol_negotiation, a draft */
	/* application_settings, a draft with two numbers: of h2 */
	{ 17513, NULL, FIXED("\0\x03\x02h2") },
	{ 17613, NULL, FIXED("\0\x03\x02h2") },
	{ 0xca34, NULL, FIXED("\0\0") }, /* trust_anchors, a draft: none */
	{ 0xfe0d, write_ech, FIXED("") }, /* RFC 9849 */
	{ 0xff01, NULL, FIXED("\0") }, /* renegotiation_info, RFC 5746 */
};

static void write_padding(long padding, struct chk_buffer *out)
{
	if (padding < 0)
		return;
	chk_wire_add(out, PADDING, 2);
	chk_wire_add(out, (size_t)padding, 2);
	chk_wire_add(out, 0, (size_t)padding);
}

static void write_row(const struct chk_hello *hello, size_t row,
		      struct chk_buffer *out)
{
	size_t before = out->size, body;

	chk_wire_add(out, EXTENSIONS[row].number, 2);
	body = chk_wire_open(out, 2);
	if (EXTENSIONS[row].fixed.size)
		chk_buffer_add(out, EXTENSIONS[row].fixed.data,
			       EXTENSIONS[row].fixed.size);
	if (EXTENSIONS[row].write && !EXTENSIONS[row].write(hello, out))
		out->size = before;
	else
		chk_wire_close(out, body, 2);
}

/* An extension without a row is sent empty, as many are. */
static void write_named(const struct chk_hello *hello, uint16_t number,
			long padding, struct chk_buffer *out)
{
	size_t row = 0;

	while (row < CHK_COUNT(EXTENSIONS) &&
	       EXTENSIONS[row].number != number)
		row++;
	if (number == PADDING)
		write_padding(padding, out);
	else if (row < CHK_COUNT(EXTENSIONS))
		write_row(hello, row, out);
	else
		chk_wire_add(out, (size_t)number << 16, 4);
}

void chk_hello_write_extensions(const struct chk_hello *hello, long padding,
				struct chk_buffer *out)
{
	const struct chk_ids *wanted = &hello->extensions;

	if (hello->grease)
		chk_wire_add(out, (size_t)chk_hello_grease(1) << 16, 4);
	for (size_t i = 0; i < wanted->count; i++)
		write_named(hello, wanted->items[i], padding, out);
	for (size_t i = 0; i < CHK_COUNT(OWN); i++) {
		if (!is_listed(wanted, OWN[i]))
			write_named(hello, OWN[i], padding, out);
	}
	if (hello->grease) {
		chk_wire_add(out, chk_hello_grease(2), 2);
		chk_wire_add(out, 0x000100, 3);
	}
	if (!is_listed(wanted, PADDING))
		write_padding(padding, out);
}
