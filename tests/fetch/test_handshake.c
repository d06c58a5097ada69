/*
 * tests/fetch/test_handshake.c: lib/fetch/handshake.c against a scripted
 * server whose TLS 1.2 flight, all in clear, is written by hand.
 */
#include "support/test.h"

#include <errno.h>

#include "base/buffer.h"
#include "fetch/presented.h"
#include "support/script_io.h"

#define RECORD_MAX 16384 /* RFC 5246 section 6.2.1 */

/* RFC 5246 section 7.4.1.3: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256. */
static const uint8_t SERVER_HELLO[] = {
	2, 0, 0, 45, 3, 3,
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
	16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
	0, 0xc0, 0x2f, 0,
	0, 5, 0xff, 1, 0, 1, 0, /* renegotiation_info */
};

static void add_number(struct chk_buffer *buffer, size_t number, size_t size)
{
	while (size--) {
		uint8_t byte = (uint8_t)(number >> 8 * size);

		chk_buffer_add(buffer, &byte, 1);
	}
}

/* Handshake messages as records. */
static void add_records(struct chk_buffer *wire, struct chk_bytes messages)
{
	while (messages.size) {
		size_t size = messages.size < RECORD_MAX ? messages.size :
							   RECORD_MAX;

		add_number(wire, 0x160303, 3);
		add_number(wire, size, 2);
		chk_buffer_add(wire, messages.data, size);
		messages.data += size;
		messages.size -= size;
	}
}

/* ServerHello, and a Certificate message that claims `claimed` bytes. */
static void add_flight(struct chk_buffer *wire, struct chk_bytes certificates,
		       size_t claimed)
{
	struct chk_buffer message = { 0 };

	chk_buffer_add(&message, SERVER_HELLO, sizeof(SERVER_HELLO));
	add_number(&message, 11, 1);
	add_number(&message, claimed + 3, 3);
	add_number(&message, claimed, 3);
	chk_buffer_add(&message, certificates.data, certificates.size);
	add_records(wire, chk_bytes_of(message.data, message.size));
	chk_buffer_clear(&message);
}

static struct chk_presented *fetch(const struct chk_buffer *wire,
				   struct script *script,
				   const char *server_name)
{
	static const struct script_address HERE = { .address = "192.0.2.1" };
	const struct script_step steps[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = chk_bytes_of(wire->data, wire->size) },
		{ .what = SCRIPT_CLOSE },
	};
	struct chk_target target = { .host = "a.test",
				     .tls_max = CHK_TLS_1_2,
				     .server_name = server_name };
	struct chk_presented *presented;
	struct chk_error error;

	*script = (struct script){ .addresses = &HERE, .address_count = 1,
				   .steps = steps, .step_count = 2 };
	target.io = script_io(script);
	if (!chk_fetch(&target, &presented, &error))
		fail_msg("%s: %s", error.where, error.what);
	script->steps = NULL;
	return presented;
}

static void a_certificate_that_nobody_can_read_is_a_note(void **state)
{
	struct chk_buffer wire = { 0 };
	struct script script;
	struct chk_presented *presented;

	add_flight(&wire, BYTES("\0\0\3" "abc" "\0\0\2" "de"), 11);
	presented = fetch(&wire, &script, NULL);
	assert_int_equal(presented->step, CHK_STEP_CERTIFICATE);
	assert_int_equal(presented->failure, CHK_FAILURE_TLS);
	assert_non_null(strstr(presented->why, "the certificates came, but "
					       "GnuTLS ended the handshake: "));
	assert_int_equal(chk_chain_count(presented->chain), 0);
	assert_int_equal(chk_chain_note_count(presented->chain), 2);
	assert_non_null(strstr(chk_chain_note(presented->chain, 1)->what,
			       "certificate 2 of 2: "));
	assert_string_equal(presented->version, "TLS1.2");
	chk_presented_free(presented);
	chk_buffer_clear(&wire);
}

static void a_message_over_the_bound_is_a_clear_failure(void **state)
{
	/* The longest message there is; with its records it is over. */
	static const uint8_t zeros[0xffffff - 3];
	struct chk_buffer wire = { 0 };
	struct script script;
	struct chk_presented *presented;

	add_flight(&wire, chk_bytes_of(zeros, sizeof(zeros)), sizeof(zeros));
	presented = fetch(&wire, &script, NULL);
	assert_int_equal(presented->step, CHK_STEP_HELLO);
	assert_int_equal(presented->failure, CHK_FAILURE_TLS);
	assert_non_null(strstr(presented->why, "more than 16 MiB"));
	assert_int_equal(chk_chain_count(presented->chain), 0);
	chk_presented_free(presented);
	chk_buffer_clear(&wire);
}

/* The bytes of the ClientHello that came; RFC 8446 section 4.1.2. */
static bool hello_holds(const struct script *script, struct chk_bytes wanted)
{
	for (size_t i = 0; i + wanted.size <= script->written_size; i++) {
		if (memcmp(script->written + i, wanted.data, wanted.size) == 0)
			return true;
	}
	return false;
}

static void the_hello_names_the_server_and_no_protocol_above(void **state)
{
	struct chk_buffer wire = { 0 };
	struct script script;

	chk_presented_free(fetch(&wire, &script, "name.test"));
	/* server_name: list of 12, host_name, 9 bytes. */
	assert_true(hello_holds(&script, BYTES("\0\0\0\x0e\0\x0c\0\0\x09"
					       "name.test")));
	/* application_layer_protocol_negotiation and session_ticket. */
	assert_false(hello_holds(&script, BYTES("\0\x10\0\x05")));
	assert_false(hello_holds(&script, BYTES("\0\x23\0\0")));
	/* status_request of OCSP. */
	assert_true(hello_holds(&script, BYTES("\0\x05\0\x05\1\0\0\0\0")));
	chk_buffer_clear(&wire);
}

static void what_gnutls_refuses_is_told_to_the_peer(void **state)
{
	struct chk_buffer wire = { 0 };
	struct script script;
	struct chk_presented *presented;

	/* A version that was not offered: TLS 1.3 in the old place. */
	chk_buffer_add(&wire, "\x16\x03\x03\0\x31", 5);
	chk_buffer_add(&wire, SERVER_HELLO, sizeof(SERVER_HELLO));
	wire.data[5 + 4] = 9;
	presented = fetch(&wire, &script, NULL);
	assert_int_equal(presented->failure, CHK_FAILURE_TLS);
	/* An alert record, fatal. */
	assert_int_equal(script.written[script.written_size - 7], 0x15);
	assert_int_equal(script.written[script.written_size - 2], 2);
	assert_non_null(presented->sent_alert_name);
	assert_int_equal(script.written[script.written_size - 1],
			 presented->sent_alert);
	assert_int_equal(presented->alert, -1);
	assert_true(strncmp(presented->offered, "TLS 1.2, TLS 1.1, ", 18) ==
		    0);
	chk_presented_free(presented);
	chk_buffer_clear(&wire);
}

/* Nobody hears what is said into a connection that broke. */
static void a_broken_connection_is_told_nothing(void **state)
{
	static const struct script_address HERE = { .address = "192.0.2.1" };
	static const struct script_step RESET = { .what = SCRIPT_FAIL,
						  .cause = ECONNRESET };
	struct script script = { .addresses = &HERE, .address_count = 1,
				 .steps = &RESET, .step_count = 1 };
	const struct chk_target target = { .host = "a.test",
					   .io = script_io(&script) };
	struct chk_presented *presented;

	assert_true(chk_fetch(&target, &presented, NULL));
	assert_int_equal(presented->failure, CHK_FAILURE_RESET);
	assert_null(presented->sent_alert_name);
	chk_presented_free(presented);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_certificate_that_nobody_can_read_is_a_note),
		cmocka_unit_test(a_message_over_the_bound_is_a_clear_failure),
		cmocka_unit_test(
			the_hello_names_the_server_and_no_protocol_above),
		cmocka_unit_test(what_gnutls_refuses_is_told_to_the_peer),
		cmocka_unit_test(a_broken_connection_is_told_nothing),
	};

	return cmocka_run_group_tests_name("fetch/handshake", tests, NULL,
					   NULL);
}
