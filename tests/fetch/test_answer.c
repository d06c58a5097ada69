/*
 * tests/fetch/test_answer.c: lib/fetch/answer*.c on what servers send, honest
 * and not. Real servers are in test_ask.c.
 */
#include "support/test.h"

#include <errno.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "fetch/answer.h"
#include "fetch/wire.h"

/* RFC 8448 section 3: the ServerHello of a simple handshake. */
static const uint8_t RFC_HELLO[] = {
	0x02, 0x00, 0x00, 0x56, 0x03, 0x03, 0xa6, 0xaf, 0x06, 0xa4, 0x12, 0x18,
	0x60, 0xdc, 0x5e, 0x6e, 0x60, 0x24, 0x9c, 0xd3, 0x4c, 0x95, 0x93, 0x0c,
	0x8a, 0xc5, 0xcb, 0x14, 0x34, 0xda, 0xc1, 0x55, 0x77, 0x2e, 0xd3, 0xe2,
	0x69, 0x28, 0x00, 0x13, 0x01, 0x00, 0x00, 0x2e, 0x00, 0x33, 0x00, 0x24,
	0x00, 0x1d, 0x00, 0x20, 0xc9, 0x82, 0x88, 0x76, 0x11, 0x20, 0x95, 0xfe,
	0x66, 0x76, 0x2b, 0xdb, 0xf7, 0xc6, 0x72, 0xe1, 0x56, 0xd6, 0xcc, 0x25,
	0x3b, 0x83, 0x3d, 0xf1, 0xdd, 0x69, 0xb1, 0xb0, 0x4e, 0x75, 0x1f, 0x0f,
	0x00, 0x2b, 0x00, 0x02, 0x03, 0x04,
};

/* RFC 8448 section 5: a HelloRetryRequest with a cookie. */
static const uint8_t RFC_RETRY[] = {
	0x02, 0x00, 0x00, 0xac, 0x03, 0x03, 0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a,
	0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91, 0xc2, 0xa2,
	0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8,
	0x33, 0x9c, 0x00, 0x13, 0x01, 0x00, 0x00, 0x84, 0x00, 0x33, 0x00, 0x02,
	0x00, 0x17, 0x00, 0x2c, 0x00, 0x74, 0x00, 0x72, 0x71, 0xdc, 0xd0, 0x4b,
	0xb8, 0x8b, 0xc3, 0x18, 0x91, 0x19, 0x39, 0x8a, 0x00, 0x00, 0x00, 0x00,
	0xee, 0xfa, 0xfc, 0x76, 0xc1, 0x46, 0xb8, 0x23, 0xb0, 0x96, 0xf8, 0xaa,
	0xca, 0xd3, 0x65, 0xdd, 0x00, 0x30, 0x95, 0x3f, 0x4e, 0xdf, 0x62, 0x56,
	0x36, 0xe5, 0xf2, 0x1b, 0xb2, 0xe2, 0x3f, 0xcc, 0x65, 0x4b, 0x1b, 0x5b,
	0x40, 0x31, 0x8d, 0x10, 0xd1, 0x37, 0xab, 0xcb, 0xb8, 0x75, 0x74, 0xe3,
	0x6e, 0x8a, 0x1f, 0x02, 0x5f, 0x7d, 0xfa, 0x5d, 0x6e, 0x50, 0x78, 0x1b,
	0x5e, 0xda, 0x4a, 0xa1, 0x5b, 0x0c, 0x8b, 0xe7, 0x78, 0x25, 0x7d, 0x16,
	0xaa, 0x30, 0x30, 0xe9, 0xe7, 0x84, 0x1d, 0xd9, 0xe4, 0xc0, 0x34, 0x22,
	0x67, 0xe8, 0xca, 0x0c, 0xaf, 0x57, 0x1f, 0xb2, 0xb7, 0xcf, 0xf0, 0xf9,
	0x34, 0xb0, 0x00, 0x2b, 0x00, 0x02, 0x03, 0x04,
};

/*
 * A flight of TLS 1.2 by the letter of RFC 5246 section 7.4: ServerHello of
 * TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 with renegotiation_info and h2, a
 * Certificate, a ServerKeyExchange, a CertificateRequest, ServerHelloDone.
 */
#define RANDOM "0123456789abcdef0123456789abcdef"
#define HELLO_12                                                             \
	"\x02\0\0\x36\x03\x03" RANDOM "\x00\xc0\x2f\x00\x00\x0e"             \
	"\xff\x01\0\x01\x00" "\x00\x10\x00\x05\x00\x03\x02h2"
#define CERTIFICATE "\x0b\0\0\x0a\0\0\x07\0\0\x04" "cert"
#define EXCHANGE                                                             \
	"\x0c\0\0\x0c\x03\x00\x1d\x02pt\x08\x04\x00\x02" "sg"
#define REQUEST                                                              \
	"\x0d\0\0\x0f\x02\x01\x40\x00\x04\x04\x03\x08\x04\x00\x04\x00\x02" "ca"
#define DONE "\x0e\0\0\0"
static const char FLIGHT[] = HELLO_12 CERTIFICATE EXCHANGE REQUEST DONE;
#define FLIGHT_BYTES chk_bytes_of(FLIGHT, sizeof(FLIGHT) - 1)

/* `bytes` in records of one type, `part` bytes each. */
static void add_records(struct chk_buffer *wire, unsigned type,
			struct chk_bytes bytes, size_t part)
{
	while (bytes.size) {
		size_t size = bytes.size < part ? bytes.size : part;

		chk_wire_add(wire, type, 1);
		chk_wire_add(wire, 0x0303, 2);
		chk_wire_add(wire, size, 2);
		chk_buffer_add(wire, bytes.data, size);
		bytes = chk_bytes_skip(bytes, size);
	}
}

static void add_handshake(struct chk_buffer *wire, struct chk_bytes bytes)
{
	add_records(wire, CHK_RECORD_HANDSHAKE, bytes, CHK_RECORD_MAX);
}

/* What the peer does behind its bytes: errno, 0 to close, or nothing. */
#define WAITS (-1)

/* Reads `wire` in pieces of `part` bytes, and clears it. */
static struct chk_answer read_in(struct chk_buffer *wire, size_t part,
				 int cause)
{
	struct chk_answer answer = { 0 };
	struct chk_answer_reader *reader = chk_answer_reader_new(&answer);
	struct chk_bytes rest = { (const uint8_t *)wire->data, wire->size };

	assert_non_null(reader);
	assert_false(wire->failed);
	while (rest.size) {
		size_t size = rest.size < part ? rest.size : part;
		/* Memory of its own, so that a byte too far is seen. */
		uint8_t *copy = malloc(size);

		assert_non_null(copy);
		memcpy(copy, rest.data, size);
		assert_true(chk_answer_read(reader, chk_bytes_of(copy, size)));
		free(copy);
		rest = chk_bytes_skip(rest, size);
	}
	if (cause == 0)
		chk_answer_end_of_stream(reader);
	else if (cause > 0)
		chk_answer_failed(reader, cause, 5000);
	if (cause != WAITS)
		assert_true(chk_answer_is_over(reader));
	chk_answer_reader_free(reader);
	chk_buffer_clear(wire);
	return answer;
}

static struct chk_answer read_messages(struct chk_bytes messages)
{
	struct chk_buffer wire = { 0 };

	add_handshake(&wire, messages);
	return read_in(&wire, SIZE_MAX, WAITS);
}

static struct chk_answer read_bytes(struct chk_bytes bytes, int cause)
{
	struct chk_buffer wire = { 0 };

	chk_buffer_add(&wire, bytes.data, bytes.size);
	return read_in(&wire, SIZE_MAX, cause);
}

/* Takes the answer. */
static void ended(struct chk_answer *answer, enum chk_answer_end end,
		  const char *why)
{
	assert_string_equal(answer->why, why);
	assert_int_equal(answer->end, end);
	assert_int_equal(chk_answer_is_accepted(answer),
			 end == CHK_ANSWER_HELLO || end == CHK_ANSWER_RETRY);
	chk_answer_clear(answer);
}

static void malformed(struct chk_bytes messages, const char *why)
{
	struct chk_answer answer = read_messages(messages);

	ended(&answer, CHK_ANSWER_MALFORMED, why);
}

static void is(struct chk_bytes bytes, const char *text)
{
	assert_int_equal(bytes.size, strlen(text));
	assert_memory_equal(bytes.data, text, bytes.size);
}

static void tls13_ends_with_its_hello(void **state)
{
	struct chk_answer answer = read_messages(
		chk_bytes_of(RFC_HELLO, sizeof(RFC_HELLO)));

	assert_int_equal(answer.version, 0x0304);
	assert_int_equal(answer.record_version, 0x0303);
	assert_int_equal(answer.suite, 0x1301);
	assert_int_equal(answer.group, 0x001d);
	assert_int_equal(answer.alert, -1);
	assert_int_equal(answer.warning, -1);
	assert_false(answer.done);
	assert_int_equal(answer.received, 5 + sizeof(RFC_HELLO));
	ended(&answer, CHK_ANSWER_HELLO, "");
}

static void a_retry_is_known_by_its_random(void **state)
{
	struct chk_answer answer = read_messages(
		chk_bytes_of(RFC_RETRY, sizeof(RFC_RETRY)));

	assert_int_equal(answer.version, 0x0304);
	assert_int_equal(answer.suite, 0x1301);
	assert_int_equal(answer.group, 0x0017);
	ended(&answer, CHK_ANSWER_RETRY, "");
}

static void is_the_flight(struct chk_answer *answer)
{
	assert_int_equal(answer->version, 0x0303);
	assert_int_equal(answer->suite, 0xc02f);
	assert_int_equal(answer->group, 0x001d);
	assert_int_equal(answer->signature, 0x0804);
	assert_true(answer->has_renegotiation_info);
	assert_string_equal(answer->alpn, "h2");
	assert_true(answer->wants_certificate);
	assert_true(answer->done);
	assert_int_equal(answer->certificates.size, 10);
	assert_memory_equal(answer->certificates.data, "\0\0\x07\0\0\x04" "cert",
			    10);
	is(answer->certificate_types, "\x01\x40");
	is(answer->certificate_signatures, "\x04\x03\x08\x04");
	assert_int_equal(answer->authorities.size, 4);
	assert_memory_equal(answer->authorities.data, "\0\x02" "ca", 4);
	ended(answer, CHK_ANSWER_HELLO, "");
}

static void a_flight_is_read_whole_in_any_cut(void **state)
{
	static const size_t RECORDS[] = { 1, 2, 3, 7, 64, CHK_RECORD_MAX };
	static const size_t READS[] = { 1, 2, 5, 6, 100, SIZE_MAX };

	for (size_t i = 0; i < CHK_COUNT(RECORDS); i++) {
		for (size_t j = 0; j < CHK_COUNT(READS); j++) {
			struct chk_buffer wire = { 0 };
			struct chk_answer answer;

			add_records(&wire, CHK_RECORD_HANDSHAKE, FLIGHT_BYTES,
				    RECORDS[i]);
			answer = read_in(&wire, READS[j], WAITS);
			is_the_flight(&answer);
		}
	}
}

/* It stays what it was, whatever comes behind it. */
static void behind_the_end_nothing_is_read(void **state)
{
	struct chk_buffer wire = { 0 };
	struct chk_answer answer;

	add_handshake(&wire, FLIGHT_BYTES);
	chk_buffer_text(&wire, "noise");
	answer = read_in(&wire, 7, ECONNRESET);
	is_the_flight(&answer);
}

/* RFC 5246 section 7.4.4: no algorithms before TLS 1.2; 4.7: nor here. */
static void before_tls12_nothing_names_a_signature(void **state)
{
	struct chk_answer answer = read_messages(BYTES(
		"\x02\0\0\x26\x03\x01" RANDOM "\x00\x00\x33\x00"
		"\x0c\0\0\x10\x00\x03\x00\xff\xff\x00\x01\x02\x00\x01\x03"
		"\x00\x03sig"
		"\x0d\0\0\x04\x01\x01\x00\x00" DONE));

	assert_int_equal(answer.version, 0x0301);
	assert_int_equal(answer.dh_bits, 16);
	assert_int_equal(answer.signature, 0);
	assert_int_equal(answer.group, 0);
	assert_true(answer.wants_certificate);
	is(answer.certificate_types, "\x01");
	assert_int_equal(answer.certificate_signatures.size, 0);
	ended(&answer, CHK_ANSWER_HELLO, "");
}

#define HELLO_OF(suite) "\x02\0\0\x26\x03\x03" RANDOM "\x00" suite "\x00"

static void exchanges_are_read_by_their_suite(void **state)
{
	static const struct {
		struct chk_bytes messages;
		unsigned dh_bits;
		uint16_t group, signature;
	} KNOWN[] = {
#define FLIGHT_OF(suite, exchange) \
	{ (const uint8_t *)(HELLO_OF(suite) exchange DONE), \
	  sizeof(HELLO_OF(suite) exchange DONE) - 1 }
		/* TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 */
		{ FLIGHT_OF("\x00\x9e", "\x0c\0\0\x0f\x00\x02\x01\xff\x00\x01"
			    "\x02\x00\x01\x03\x04\x01\x00\x01s"), 9, 0,
		  0x0401 },
		/* TLS_DH_anon_WITH_AES_128_GCM_SHA256: unsigned */
		{ FLIGHT_OF("\x00\xa6", "\x0c\0\0\x09\x00\x01\x0f\x00\x01\x02"
			    "\x00\x01\x03"), 4, 0, 0 },
		/* TLS_DHE_PSK_WITH_AES_128_CBC_SHA, RFC 4279 section 3 */
		{ FLIGHT_OF("\x00\x90", "\x0c\0\0\x0d\x00\x02hi\x00\x01\x0f"
			    "\x00\x01\x02\x00\x01\x03"), 4, 0, 0 },
		/* TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA, RFC 5489 section 2 */
		{ FLIGHT_OF("\xc0\x35", "\x0c\0\0\x07\x00\x00\x03\x00\x17\x01p"),
		  0, 0x0017, 0 },
		/* TLS_PSK_WITH_AES_128_CBC_SHA */
		{ FLIGHT_OF("\x00\x8c", "\x0c\0\0\x02\x00\x00"), 0, 0, 0 },
		/* TLS_RSA_EXPORT_WITH_RC4_40_MD5, signed as TLS 1.2 does */
		{ FLIGHT_OF("\x00\x03", "\x0c\0\0\x0b\x00\x01m\x00\x01" "e\x04\x01"
			    "\x00\x01s"), 0, 0, 0x0401 },
		/* A curve spelled out: RFC 8422 section 5.4, kind 1 */
		{ FLIGHT_OF("\xc0\x2f", "\x0c\0\0\x02\x01\x00"), 0, 0xff01,
		  0 },
		/* A suite that nobody knows */
		{ FLIGHT_OF("\xde\xad", "\x0c\0\0\x02\x01\x00"), 0, 0, 0 },
		/* TLS_RSA_WITH_AES_128_CBC_SHA: none */
		{ FLIGHT_OF("\x00\x2f", ""), 0, 0, 0 },
	};

	for (size_t i = 0; i < CHK_COUNT(KNOWN); i++) {
		struct chk_answer answer = read_messages(KNOWN[i].messages);

		assert_int_equal(answer.dh_bits, KNOWN[i].dh_bits);
		assert_int_equal(answer.group, KNOWN[i].group);
		assert_int_equal(answer.signature, KNOWN[i].signature);
		ended(&answer, CHK_ANSWER_HELLO, "");
	}
}

static void alerts_end_it_and_warnings_do_not(void **state)
{
	struct chk_answer answer;

	answer = read_bytes(BYTES("\x15\x03\x01\0\x02\x02\x28"), WAITS);
	assert_int_equal(answer.alert, 40);
	assert_int_equal(answer.record_version, 0x0301);
	ended(&answer, CHK_ANSWER_ALERT,
	      "the server sent alert 40 (handshake_failure)");
	/* unrecognized_name as a warning, then the fatal one, byte by byte */
	answer = read_bytes(BYTES("\x15\x03\x03\0\x02\x01\x70"
				  "\x15\x03\x03\0\x01\x02"
				  "\x15\x03\x03\0\x01\x46"), WAITS);
	assert_int_equal(answer.warning, 112);
	assert_int_equal(answer.alert, 70);
	ended(&answer, CHK_ANSWER_ALERT,
	      "the server sent alert 70 (protocol_version)");
	/* Two in one record, and one that IANA does not know */
	answer = read_bytes(BYTES("\x15\x03\x03\0\x04\x01\x70\x02\xc8"), WAITS);
	assert_int_equal(answer.warning, 112);
	ended(&answer, CHK_ANSWER_ALERT,
	      "the server sent alert 200 (unassigned)");
	/* Goodbye is an end, though it is a warning. */
	answer = read_bytes(BYTES("\x15\x03\x03\0\x02\x01\x00"), WAITS);
	assert_int_equal(answer.alert, 0);
	ended(&answer, CHK_ANSWER_ALERT,
	      "the server sent alert 0 (close_notify)");
}

static void a_warning_may_stand_in_the_flight(void **state)
{
	struct chk_buffer wire = { 0 };
	struct chk_answer answer;

	add_handshake(&wire, chk_bytes_of(FLIGHT, 70));
	add_records(&wire, CHK_RECORD_ALERT, BYTES("\x01\x70"), 2);
	add_handshake(&wire, chk_bytes_skip(FLIGHT_BYTES, 70));
	answer = read_in(&wire, 1, WAITS);
	assert_int_equal(answer.warning, 112);
	is_the_flight(&answer);
}

static void ends_without_a_word_are_told_apart(void **state)
{
	static const struct {
		const char *bytes;
		size_t size;
		int cause;
		enum chk_answer_end end;
		const char *why;
	} KNOWN[] = {
		{ "", 0, 0, CHK_ANSWER_CLOSED, "the server closed the "
		  "connection after the ClientHello without a word" },
		{ "\x16\x03", 2, 0, CHK_ANSWER_CLOSED, "the server closed the "
		  "connection in the middle of its answer to the ClientHello" },
		{ "", 0, ECONNRESET, CHK_ANSWER_RESET, "the server reset the "
		  "connection after the ClientHello without a word" },
		{ "\x16", 1, EPIPE, CHK_ANSWER_RESET, "the server reset the "
		  "connection in the middle of its answer to the ClientHello" },
		{ "", 0, EHOSTUNREACH, CHK_ANSWER_RESET, "the connection was "
		  "lost after the ClientHello without a word (No route to "
		  "host)" },
		{ "", 0, ETIMEDOUT, CHK_ANSWER_SILENT,
		  "no answer to the ClientHello within 5 seconds" },
		{ "\x16\x03\x03", 3, ETIMEDOUT, CHK_ANSWER_SILENT, "the answer "
		  "to the ClientHello was not complete within 5 seconds; 3 "
		  "bytes came" },
	};

	for (size_t i = 0; i < CHK_COUNT(KNOWN); i++) {
		struct chk_answer answer = read_bytes(
			chk_bytes_of(KNOWN[i].bytes, KNOWN[i].size),
			KNOWN[i].cause);

		assert_int_equal(answer.cause, KNOWN[i].cause);
		ended(&answer, KNOWN[i].end, KNOWN[i].why);
	}
}

static void a_peer_without_tls_is_named(void **state)
{
	struct chk_answer answer;

	answer = read_bytes(BYTES("HTTP/1.1 400 Bad Request\r\n\r\n"), 0);
	assert_string_equal(answer.speaks, "HTTP");
	is(answer.first_bytes, "HTTP/1.1 400 Bad Request\r\n\r\n");
	ended(&answer, CHK_ANSWER_NOT_TLS, "the server does not speak TLS but "
	      "HTTP: its first bytes are \"HTTP/1.1 400 Bad Request\"");
	answer = read_bytes(BYTES("220 mx ESMTP\r\n"), ETIMEDOUT);
	assert_string_equal(answer.speaks, "SMTP");
	ended(&answer, CHK_ANSWER_NOT_TLS, "the server does not speak TLS but "
	      "SMTP: its first bytes are \"220 mx ESMTP\"");
	/* The second byte tells; 64 of them are enough; all is escaped. */
	answer = read_bytes(BYTES("\x16\x1b[2J56789012345678901234567890123456"
				  "78901234567890123456789012345678"), WAITS);
	assert_null(answer.speaks);
	assert_int_equal(answer.first_bytes.size, 64);
	assert_int_equal(answer.end, CHK_ANSWER_NOT_TLS);
	assert_null(strchr(answer.why, '\x1b'));
	chk_answer_clear(&answer);
}

/* The SSL 2.0 specification: SERVER-HELLO is 4, ERROR is 0. */
static void ssl2_is_recognised(void **state)
{
	struct chk_answer answer;

	answer = read_bytes(BYTES("\x80\x0b\x04\0\x01\0\x02\0\0\0\0\0\0"), 0);
	assert_int_equal(answer.version, 0x0002);
	ended(&answer, CHK_ANSWER_HELLO, "");
	answer = read_bytes(BYTES("\x80\x03\0\0\x01"), 0);
	assert_string_equal(answer.speaks, "SSL 2.0");
	ended(&answer, CHK_ANSWER_NOT_TLS, "the server does not speak TLS but "
	      "SSL 2.0, and sent error 1");
}

/* Each length of a ServerHello, one too many. */
static void a_hello_that_lies_is_malformed(void **state)
{
	malformed(BYTES("\x02\0\0\x01\x03"),
		  "the server's ServerHello ends before its version");
	malformed(BYTES("\x02\0\0\x03\x03\x03x"),
		  "the server's ServerHello ends before its random");
	malformed(BYTES("\x02\0\0\x22\x03\x03" RANDOM),
		  "the server's ServerHello ends before its session");
	malformed(BYTES("\x02\0\0\x26\x03\x03" RANDOM "\x20\x00\x2f\x00"),
		  "the server's ServerHello claims length 32 for its "
		  "session, with 3 left");
	malformed(BYTES("\x02\0\0\x24\x03\x03" RANDOM "\x00\x13"),
		  "the server's ServerHello ends before its cipher suite");
	malformed(BYTES("\x02\0\0\x25\x03\x03" RANDOM "\x00\x13\x01"),
		  "the server's ServerHello ends before its compression");
	malformed(BYTES("\x02\0\0\x27\x03\x03" RANDOM "\x00\x13\x01\x00\x00"),
		  "the server's ServerHello ends before its extensions");
	malformed(BYTES("\x02\0\0\x29\x03\x03" RANDOM
			"\x00\x13\x01\x00\xff\xff\x00"),
		  "the server's ServerHello claims length 65535 for its "
		  "extensions, with 1 left");
	malformed(BYTES("\x02\0\0\x29\x03\x03" RANDOM
			"\x00\x13\x01\x00\x00\x00\x00"),
		  "the server's ServerHello goes on behind its end");
	malformed(BYTES("\x02\0\0\x29\x03\x03" RANDOM
			"\x00\x13\x01\x00\x00\x01\x00"),
		  "the server's ServerHello ends before its extension");
	malformed(BYTES("\x02\0\0\x2c\x03\x03" RANDOM
			"\x00\x13\x01\x00\x00\x04\x00\x2b\x00\x02"),
		  "the server's ServerHello claims length 2 for its "
		  "extension, with 0 left");
	malformed(BYTES("\x02\0\0\x2d\x03\x03" RANDOM
			"\x00\x13\x01\x00\x00\x05\x00\x2b\x00\x01\x03"),
		  "the server's supported_versions ends before its version");
	malformed(BYTES("\x02\0\0\x2d\x03\x03" RANDOM
			"\x00\x13\x01\x00\x00\x05\x00\x33\x00\x01\x00"),
		  "the server's key_share ends before its group");
	malformed(BYTES("\x02\0\0\x2f\x03\x03" RANDOM
			"\x00\x13\x01\x00\x00\x07\x00\x10\x00\x03\x00\x01\xff"),
		  "the server's application_layer_protocol_negotiation "
		  "claims length 255 for its name, with 0 left");
}

#define HELLO(suite, rest) BYTES(HELLO_OF(suite) rest)

static void messages_that_lie_are_malformed(void **state)
{
	malformed(HELLO("\xc0\x2f", "\x0c\0\0\x04\x03\x00\x1d\x20"),
		  "the server's ServerKeyExchange claims length 32 for its "
		  "point, with 0 left");
	malformed(HELLO("\x00\x9e", "\x0c\0\0\x03\xff\xff\x01"),
		  "the server's ServerKeyExchange claims length 65535 for "
		  "its prime, with 1 left");
	malformed(HELLO("\x00\x9e", "\x0c\0\0\x09\x00\x01\x01\x00\x01\x01\x00"
			"\x01\x01"),
		  "the server's ServerKeyExchange ends before its signature "
		  "algorithm");
	malformed(HELLO("\x00\xa6", "\x0c\0\0\x0a\x00\x01\x01\x00\x01\x01\x00"
			"\x01\x01x"),
		  "the server's ServerKeyExchange goes on behind its end");
	malformed(HELLO("\x00\x2f", "\x0c\0\0\x01x"),
		  "the server sent a ServerKeyExchange, which its suite "
		  "TLS_RSA_WITH_AES_128_CBC_SHA has not");
	malformed(HELLO("\x00\x2f", "\x0d\0\0\x02\x01\x01"),
		  "the server's CertificateRequest ends before its signature "
		  "algorithms");
	malformed(HELLO("\x00\x2f", "\x0d\0\0\x05\x00\x00\x00\x00\x09"),
		  "the server's CertificateRequest claims length 9 for its "
		  "authorities, with 0 left");
	malformed(HELLO("\x00\x2f", "\x0e\0\0\x01x"),
		  "the server's ServerHelloDone goes on behind its end");
}

static void messages_out_of_place_are_malformed(void **state)
{
	malformed(BYTES(CERTIFICATE), "the server sent a handshake message of "
		  "type 11 in place of its ServerHello");
	malformed(BYTES("\x01\0\0\0"), "the server sent a handshake message of "
		  "type 1 in place of its ServerHello");
	malformed(BYTES(HELLO_12 HELLO_12), "the server sent a handshake "
		  "message of type 2 in its flight");
	malformed(BYTES(HELLO_12 CERTIFICATE CERTIFICATE), "the server sent a "
		  "handshake message of type 11 in its flight");
	malformed(BYTES(HELLO_12 "\xff\0\0\0"), "the server sent a handshake "
		  "message of type 255 in its flight");
}

static void records_out_of_place_are_malformed(void **state)
{
	static const struct {
		struct chk_bytes behind; /* of the ServerHello */
		const char *why;
	} KNOWN[] = {
#define BEHIND(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }
		{ BEHIND("\x14\x03\x03\0\x01\x01"), "the server sent "
		  "ChangeCipherSpec in the middle of its flight" },
		{ BEHIND("\x17\x03\x03\0\x01x"), "the server sent a record of "
		  "type 23 in place of its handshake" },
		{ BEHIND("\x16\x03\x03\x40\x01"), "the server begins a record "
		  "of 16385 bytes, 16384 are the most" },
		{ BEHIND("HTTP"), "behind a record of the server stands what "
		  "begins none" },
		{ BEHIND("\x16\x04"), "behind a record of the server stands "
		  "what begins none" },
	};

	for (size_t i = 0; i < CHK_COUNT(KNOWN); i++) {
		struct chk_buffer wire = { 0 };
		struct chk_answer answer;

		add_handshake(&wire, BYTES(HELLO_12));
		chk_buffer_add(&wire, KNOWN[i].behind.data,
			       KNOWN[i].behind.size);
		answer = read_in(&wire, 3, WAITS);
		ended(&answer, CHK_ANSWER_MALFORMED, KNOWN[i].why);
	}
}

/* RFC 8446 section 5: before the hello it means nothing. */
static void a_change_before_the_hello_is_dropped(void **state)
{
	struct chk_buffer wire = { 0 };
	struct chk_answer answer;

	add_records(&wire, CHK_RECORD_CHANGE_CIPHER_SPEC, BYTES("\x01"), 1);
	add_handshake(&wire, chk_bytes_of(RFC_HELLO, sizeof(RFC_HELLO)));
	answer = read_in(&wire, SIZE_MAX, WAITS);
	ended(&answer, CHK_ANSWER_HELLO, "");
	/* Not in the middle of a message. */
	add_handshake(&wire, chk_bytes_of(RFC_HELLO, 20));
	add_records(&wire, CHK_RECORD_CHANGE_CIPHER_SPEC, BYTES("\x01"), 1);
	answer = read_in(&wire, SIZE_MAX, WAITS);
	ended(&answer, CHK_ANSWER_MALFORMED, "the server sent ChangeCipherSpec "
	      "in the middle of its flight");
}

static void what_says_nothing_is_counted(void **state)
{
	static const struct chk_bytes ENDLESS[] = {
		BEHIND("\x15\x03\x03\0\x02\x01\x5a"),
		BEHIND("\x15\x03\x03\0\x01\x01\x15\x03\x03\0\x01\x5a"),
		BEHIND("\x16\x03\x03\0\0"),
		BEHIND("\x17\x03\x03\0\0"),
		BEHIND("\x14\x03\x03\0\x01\x01"),
	};

	for (size_t i = 0; i < CHK_COUNT(ENDLESS); i++) {
		struct chk_buffer wire = { 0 };
		struct chk_answer answer;

		for (int round = 0; round < 100; round++)
			chk_buffer_add(&wire, ENDLESS[i].data,
				       ENDLESS[i].size);
		answer = read_in(&wire, 11, WAITS);
		ended(&answer, CHK_ANSWER_FLOOD, "the server sent 33 warnings "
		      "or records that say nothing");
	}
}

static void add_big_message(struct chk_buffer *wire, unsigned type,
			    size_t size)
{
	struct chk_buffer message = { 0 };
	char *zeros = calloc(1, size);

	assert_non_null(zeros);
	chk_wire_add(&message, type, 1);
	chk_wire_add(&message, size, 3);
	chk_buffer_add(&message, zeros, size);
	add_handshake(wire, chk_bytes_of(message.data, message.size));
	chk_buffer_clear(&message);
	free(zeros);
}

static void four_mebibytes_are_the_most_of_a_message(void **state)
{
	struct chk_buffer wire = { 0 };
	struct chk_answer answer;

	add_handshake(&wire, BYTES(HELLO_12));
	add_big_message(&wire, 11, 4 << 20);
	answer = read_in(&wire, 16384, WAITS);
	assert_int_equal(answer.certificates.size, 4 << 20);
	assert_int_equal(answer.end, CHK_ANSWER_NONE);
	chk_answer_clear(&answer);
	/* One more is refused by the length, before any of it came. */
	answer = read_messages(BYTES(HELLO_12 "\x0b\x40\0\x01"));
	ended(&answer, CHK_ANSWER_FLOOD, "the server begins a handshake "
	      "message of 4194305 bytes; up to 4194304 are read");
	answer = read_messages(BYTES("\x02\xff\xff\xff"));
	ended(&answer, CHK_ANSWER_FLOOD, "the server begins a handshake "
	      "message of 16777215 bytes; up to 4194304 are read");
}

static void sixteen_mebibytes_are_the_most_of_an_answer(void **state)
{
	static const unsigned TYPES[] = { 11, 22, 23, 12 };
	struct chk_buffer wire = { 0 };
	struct chk_answer answer;

	add_handshake(&wire, BYTES(HELLO_12));
	for (size_t i = 0; i < CHK_COUNT(TYPES); i++)
		add_big_message(&wire, TYPES[i], 4 << 20);
	answer = read_in(&wire, 1000, WAITS);
	assert_true(answer.received < (16 << 20) + 1000);
	ended(&answer, CHK_ANSWER_FLOOD,
	      "the server sent more than 16 MiB and no end");
}

/* What was chosen stays, though the end did not come. */
static void what_came_before_the_end_is_kept(void **state)
{
	struct chk_buffer wire = { 0 };
	struct chk_answer answer;

	add_handshake(&wire, BYTES(HELLO_12 CERTIFICATE));
	answer = read_in(&wire, SIZE_MAX, 0);
	assert_int_equal(answer.suite, 0xc02f);
	assert_int_equal(answer.certificates.size, 10);
	assert_false(answer.done);
	ended(&answer, CHK_ANSWER_CLOSED, "the server closed the connection in "
	      "the middle of its answer to the ClientHello");
}

/* Any byte of a flight, changed to any other: an end, and a word on it. */
static void no_byte_makes_it_lose_its_way(void **state)
{
	for (size_t at = 0; at < sizeof(FLIGHT) - 1; at++) {
		for (unsigned byte = 0; byte < 256; byte += 5) {
			struct chk_buffer wire = { 0 };
			struct chk_answer answer;

			add_handshake(&wire, FLIGHT_BYTES);
			wire.data[5 + at] = (char)byte;
			answer = read_in(&wire, 50, 0);
			assert_int_not_equal(answer.end, CHK_ANSWER_NONE);
			assert_int_equal(chk_answer_is_accepted(&answer),
					 !answer.why[0]);
			chk_answer_clear(&answer);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tls13_ends_with_its_hello),
		cmocka_unit_test(a_retry_is_known_by_its_random),
		cmocka_unit_test(a_flight_is_read_whole_in_any_cut),
		cmocka_unit_test(behind_the_end_nothing_is_read),
		cmocka_unit_test(before_tls12_nothing_names_a_signature),
		cmocka_unit_test(exchanges_are_read_by_their_suite),
		cmocka_unit_test(alerts_end_it_and_warnings_do_not),
		cmocka_unit_test(a_warning_may_stand_in_the_flight),
		cmocka_unit_test(ends_without_a_word_are_told_apart),
		cmocka_unit_test(a_peer_without_tls_is_named),
		cmocka_unit_test(ssl2_is_recognised),
		cmocka_unit_test(a_hello_that_lies_is_malformed),
		cmocka_unit_test(messages_that_lie_are_malformed),
		cmocka_unit_test(messages_out_of_place_are_malformed),
		cmocka_unit_test(records_out_of_place_are_malformed),
		cmocka_unit_test(a_change_before_the_hello_is_dropped),
		cmocka_unit_test(what_says_nothing_is_counted),
		cmocka_unit_test(four_mebibytes_are_the_most_of_a_message),
		cmocka_unit_test(sixteen_mebibytes_are_the_most_of_an_answer),
		cmocka_unit_test(what_came_before_the_end_is_kept),
		cmocka_unit_test(no_byte_makes_it_lose_its_way),
	};

	return cmocka_run_group_tests_name("fetch/answer", tests, NULL, NULL);
}
