/*
 * tests/fetch/test_ask.c: hellos of our own to real servers on loopback, and
 * to scripts.
 */
#include "support/test.h"

#include <errno.h>
#include <stdio.h>

#include "fetch/ask.h"
#include "fetch/io.h"
#include "support/peer.h"
#include "support/peer_pki.h"
#include "support/script_io.h"

#define IDS(array) { array, CHK_COUNT(array) }
#define TIME_MS 20000

static struct peer_pki pki;
static char rsa_key[PEER_PATH + 16], rsa_cert[PEER_PATH + 16];

static const uint16_t BOTH_VERSIONS[] = { 0x0304, 0x0303 };
static const uint16_t ALL_SUITES[] = { 0x1301, 0x1302, 0x1303, 0xc02f, 0xc02b,
				       0x009e, 0xc014, 0x0035, 0x002f,
				       0x00ff };
static const uint16_t OLD_SUITES[] = { 0xc009, 0x0039, 0x0035, 0x002f,
				       0x00ff };
static const uint16_t GROUPS[] = { 0x001d, 0x0017, 0x0018, 0x0019 };
static const uint16_t X25519[] = { 0x001d };
static const uint16_t SIGNATURES[] = { 0x0403, 0x0804, 0x0401, 0x0805, 0x0501,
				       0x0806, 0x0601, 0x0201 };

/* What a client of today would send. */
static const struct chk_hello TODAY = {
	.version = 0x0303,
	.versions = IDS(BOTH_VERSIONS),
	.suites = IDS(ALL_SUITES),
	.groups = IDS(GROUPS),
	.signatures = IDS(SIGNATURES),
	.key_shares = IDS(X25519),
	.server_name = "www.example.test",
};

/* Without TLS 1.3. */
static struct chk_hello of_tls12(void)
{
	struct chk_hello hello = TODAY;

	hello.versions = hello.key_shares = (struct chk_ids){ 0 };
	return hello;
}

static void ask(uint16_t port, struct chk_asked *asked, size_t count)
{
	struct chk_arena arena = { 0 };
	struct chk_target target = { .host = "127.0.0.1", .port = port };
	struct chk_route route;
	struct chk_error error;

	assert_true(chk_route_init(&route, &target, &arena, NULL));
	if (!chk_ask(&route, asked, count, chk_io_now() + TIME_MS, &error))
		fail_msg("%s", error.what);
	chk_route_clear(&route);
	chk_arena_clear(&arena);
}

static struct chk_answer ask_one(uint16_t port, struct chk_hello hello)
{
	struct chk_asked asked = { .hello = hello };

	ask(port, &asked, 1);
	return asked.answer;
}

static void start(struct peer *peer, const char *first, const char *second)
{
	const char *const options[] = { "-cert", pki.leaf, "-key", pki.key,
					"-cert_chain", pki.intermediate,
					first, second, NULL };

	assert_true(peer_openssl(peer, options));
}

/* With a key of 2048 bits, and whatever OpenSSL can still do. */
static void start_rsa(struct peer *peer)
{
	const char *const options[] = { "-cert", rsa_cert, "-key", rsa_key,
					"-cipher", "ALL:@SECLEVEL=0", NULL };

	assert_true(peer_openssl(peer, options));
}

static void ended(const struct chk_answer *answer, enum chk_answer_end end,
		  const char *why)
{
	assert_string_equal(answer->why, why);
	assert_int_equal(answer->end, end);
}

static void has_chain(const struct chk_answer *answer)
{
	struct chk_bytes rest = chk_bytes_skip(answer->certificates, 3);

	for (size_t i = 0; i < CHK_COUNT(pki.der); i++) {
		assert_true(rest.size >= 3 + pki.der[i].size);
		rest = chk_bytes_skip(rest, 3);
		assert_memory_equal(rest.data, pki.der[i].data,
				    pki.der[i].size);
		rest = chk_bytes_skip(rest, pki.der[i].size);
	}
	assert_int_equal(rest.size, 0);
}

static void the_whole_flight_of_tls12_is_read(void **state)
{
	struct peer peer;
	struct chk_answer answer;

	start(&peer, "-tls1_2", NULL);
	answer = ask_one(peer.port, TODAY);
	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_true(chk_answer_is_accepted(&answer));
	assert_int_equal(answer.version, 0x0303);
	assert_int_equal(answer.suite, 0xc02b);
	assert_int_equal(answer.group, 0x001d);
	assert_int_equal(answer.signature, 0x0403);
	assert_int_equal(answer.dh_bits, 0);
	assert_true(answer.has_renegotiation_info);
	assert_true(answer.done);
	assert_false(answer.wants_certificate);
	has_chain(&answer);
	chk_answer_clear(&answer);
	peer_stop(&peer);
}

static void tls13_chooses_or_asks_again(void **state)
{
	struct chk_hello hello = TODAY;
	struct peer peer;
	struct chk_answer answer;

	start(&peer, "-tls1_3", NULL);
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_int_equal(answer.version, 0x0304);
	assert_int_equal(answer.suite, 0x1301);
	assert_int_equal(answer.group, 0x001d);
	assert_int_equal(answer.certificates.size, 0);
	chk_answer_clear(&answer);

	hello.key_shares = (struct chk_ids){ 0 };
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_RETRY, "");
	assert_int_equal(answer.version, 0x0304);
	assert_int_equal(answer.group, 0x001d);
	assert_true(chk_answer_is_accepted(&answer));
	chk_answer_clear(&answer);
	peer_stop(&peer);
}

static void old_versions_answer(void **state)
{
	static const struct {
		const char *option;
		uint16_t version;
	} OLD[] = { { "-tls1", 0x0301 }, { "-tls1_1", 0x0302 } };
	struct chk_hello hello = of_tls12();
	struct peer peer;
	struct chk_answer answer;

	hello.suites = (struct chk_ids)IDS(OLD_SUITES);
	for (size_t i = 0; i < CHK_COUNT(OLD); i++) {
		const char *const options[] = {
			"-cert", pki.leaf, "-key", pki.key, "-cert_chain",
			pki.intermediate, OLD[i].option, "-cipher",
			"ALL@SECLEVEL=0", NULL };

		assert_true(peer_openssl(&peer, options));
		hello.version = OLD[i].version;
		answer = ask_one(peer.port, hello);
		ended(&answer, CHK_ANSWER_HELLO, "");
		assert_int_equal(answer.version, OLD[i].version);
		assert_int_equal(answer.record_version, OLD[i].version);
		assert_int_equal(answer.suite, 0xc009);
		assert_int_equal(answer.signature, 0);
		has_chain(&answer);
		chk_answer_clear(&answer);
		peer_stop(&peer);
	}
}

/* Each makes a public key of the share before it answers. */
static void shares_of_every_group_are_taken(void **state)
{
	static const struct {
		uint16_t group;
		const char *openssl, *gnutls;
	} KNOWN[] = {
		{ 0x0017, "P-256", "GROUP-SECP256R1" },
		{ 0x0018, "P-384", "GROUP-SECP384R1" },
		{ 0x0019, "P-521", "GROUP-SECP521R1" },
		{ 0x001d, "X25519", "GROUP-X25519" },
		{ 0x001e, "X448", "GROUP-X448" },
		{ 0x0100, "ffdhe2048", "GROUP-FFDHE2048" },
		{ 0x0101, "ffdhe3072", "GROUP-FFDHE3072" },
		{ 0x0102, "ffdhe4096", "GROUP-FFDHE4096" },
		{ 0x0103, "ffdhe6144", "GROUP-FFDHE6144" },
		{ 0x0104, "ffdhe8192", "GROUP-FFDHE8192" },
	};
	bool has_gnutls = peer_has("gnutls-serv");

	for (size_t i = 0; i < CHK_COUNT(KNOWN); i++) {
		struct chk_hello hello = TODAY;
		struct chk_answer answer;
		struct peer peer;
		char priority[96];
		const char *const options[] = {
			"--x509certfile", pki.chain, "--x509keyfile", pki.key,
			"--disable-client-cert", "--priority", priority, NULL };

		hello.groups = hello.key_shares =
			(struct chk_ids){ &KNOWN[i].group, 1 };
		snprintf(priority, sizeof(priority), "NORMAL:-VERS-ALL:"
			 "+VERS-TLS1.3:-GROUP-ALL:+%s", KNOWN[i].gnutls);
		for (int gnutls = 0; gnutls <= has_gnutls; gnutls++) {
			if (gnutls)
				assert_true(peer_gnutls(&peer, options));
			else
				start(&peer, "-groups", KNOWN[i].openssl);
			answer = ask_one(peer.port, hello);
			ended(&answer, CHK_ANSWER_HELLO, "");
			assert_int_equal(answer.version, 0x0304);
			assert_int_equal(answer.group, KNOWN[i].group);
			chk_answer_clear(&answer);
			peer_stop(&peer);
		}
	}
}

/* Of no group that both have: GnuTLS and OpenSSL ask for one that they have. */
static void a_share_of_another_group_is_asked_for(void **state)
{
	struct chk_hello hello = TODAY;
	struct chk_answer answer;
	struct peer peer;

	start(&peer, "-groups", "P-256");
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_RETRY, "");
	assert_int_equal(answer.group, 0x0017);
	chk_answer_clear(&answer);
	peer_stop(&peer);
}

static void what_is_exchanged_is_read(void **state)
{
	static const uint16_t DHE[] = { 0x009e }, RSA[] = { 0x009c },
			      ANON[] = { 0x00a6 }, P_384[] = { 0x0018 };
	struct chk_hello hello = of_tls12();
	struct chk_answer answer;
	struct peer peer;

	start_rsa(&peer);
	hello.suites = (struct chk_ids)IDS(DHE);
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_HELLO, "");
	/* s_server fits the prime to its key of 2048 bits: RFC 3526 */
	assert_int_equal(answer.dh_bits, 2048);
	assert_int_equal(answer.signature, 0x0804);
	assert_int_equal(answer.group, 0);
	chk_answer_clear(&answer);

	hello.suites = (struct chk_ids)IDS(RSA);
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_int_equal(answer.suite, 0x009c);
	assert_int_equal(answer.dh_bits + answer.signature + answer.group, 0);
	assert_true(answer.done);
	chk_answer_clear(&answer);

	hello.suites = (struct chk_ids)IDS(ANON);
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_true(answer.dh_bits >= 1024);
	assert_int_equal(answer.signature, 0);
	assert_int_equal(answer.certificates.size, 0);
	chk_answer_clear(&answer);

	hello = of_tls12();
	hello.groups = (struct chk_ids)IDS(P_384);
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_int_equal(answer.group, 0x0018);
	chk_answer_clear(&answer);
	peer_stop(&peer);
}

static void a_wanted_client_certificate_is_seen(void **state)
{
	const char *const options[] = { "-cert", pki.leaf, "-key", pki.key,
					"-CAfile", pki.root, "-Verify", "1",
					NULL };
	struct chk_answer answer;
	struct peer peer;

	assert_true(peer_openssl(&peer, options));
	answer = ask_one(peer.port, of_tls12());
	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_true(answer.wants_certificate);
	/* rsa_sign, dss_sign, ecdsa_sign: RFC 8422 section 5.5 */
	assert_non_null(memchr(answer.certificate_types.data, 1,
			       answer.certificate_types.size));
	assert_true(answer.certificate_signatures.size >= 2);
	chk_answer_clear(&answer);
	peer_stop(&peer);
}

static void refusals_are_alerts(void **state)
{
	static const uint16_t NO_SUITE[] = { 0xc03c }; /* ARIA */
	struct chk_hello hello = of_tls12();
	struct chk_answer answer;
	struct peer peer;

	start(&peer, "-cipher", "ECDHE-RSA-AES128-GCM-SHA256");
	hello.suites = (struct chk_ids)IDS(NO_SUITE);
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_ALERT,
	      "the server sent alert 40 (handshake_failure)");
	assert_int_equal(answer.alert, 40);
	assert_false(chk_answer_is_accepted(&answer));
	chk_answer_clear(&answer);

	hello = of_tls12();
	hello.version = 0x0300;
	answer = ask_one(peer.port, hello);
	assert_int_equal(answer.end, CHK_ANSWER_ALERT);
	chk_answer_clear(&answer);
	peer_stop(&peer);

	start(&peer, "-tls1_3", NULL);
	answer = ask_one(peer.port, of_tls12());
	ended(&answer, CHK_ANSWER_ALERT,
	      "the server sent alert 70 (protocol_version)");
	chk_answer_clear(&answer);
	peer_stop(&peer);
}

/* RFC 5246 appendix E.2: OpenSSL still takes it. */
static void a_hello_in_the_form_of_sslv2_is_answered(void **state)
{
	struct chk_hello hello = { .version = 0x0301, .sslv2_form = true,
				   .suites = IDS(OLD_SUITES) };
	struct chk_answer answer;
	struct peer peer;

	start_rsa(&peer);
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_int_equal(answer.version, 0x0301);
	assert_true(answer.certificates.size > 3);
	chk_answer_clear(&answer);
	peer_stop(&peer);
}

static void split_and_padded_hellos_are_answered(void **state)
{
	struct chk_hello hello = TODAY;
	struct chk_answer answer;
	struct peer peer;

	start(&peer, "-tls1_2", NULL);
	hello.grease = true;
	for (size_t split = 1; split < 1000; split += 499) {
		hello.split = split;
		hello.size = 700;
		answer = ask_one(peer.port, hello);
		ended(&answer, CHK_ANSWER_HELLO, "");
		chk_answer_clear(&answer);
	}
	peer_stop(&peer);
}

static void the_protocol_is_chosen(void **state)
{
	static const char *const ALPN[] = { "h2", "http/1.1", NULL };
	struct chk_hello hello = of_tls12();
	struct chk_answer answer;
	struct peer peer;

	start(&peer, "-alpn", "http/1.1");
	hello.alpn = ALPN;
	answer = ask_one(peer.port, hello);
	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_string_equal(answer.alpn, "http/1.1");
	chk_answer_clear(&answer);
	peer_stop(&peer);
}

static void many_are_asked_side_by_side(void **state)
{
	struct chk_asked asked[9] = { 0 };
	struct peer peer;

	start(&peer, NULL, NULL);
	for (size_t i = 0; i < CHK_COUNT(asked); i++)
		asked[i].hello = i % 2 ? TODAY : of_tls12();
	ask(peer.port, asked, CHK_COUNT(asked));
	for (size_t i = 0; i < CHK_COUNT(asked); i++) {
		ended(&asked[i].answer, CHK_ANSWER_HELLO, "");
		assert_int_equal(asked[i].answer.version,
				 i % 2 ? 0x0304 : 0x0303);
		chk_answer_clear(&asked[i].answer);
	}
	peer_stop(&peer);
}

static void where_nothing_listens_all_are_unconnected(void **state)
{
	struct chk_asked asked[2] = { { .hello = TODAY }, { .hello = TODAY } };

	ask(peer_free_port(), asked, CHK_COUNT(asked));
	for (size_t i = 0; i < CHK_COUNT(asked); i++) {
		assert_int_equal(asked[i].answer.end, CHK_ANSWER_UNCONNECTED);
		assert_int_equal(asked[i].answer.cause, ECONNREFUSED);
		assert_non_null(strstr(asked[i].answer.why,
				       "refused the connection"));
		chk_answer_clear(&asked[i].answer);
	}
}

/* What each extension holds is read by servers that know it. */
static void every_extension_is_taken(void **state)
{
	static const uint16_t ALL[] = {
		5, 17, 15, 18, 22, 23, 24, 27, 28, 34, 35, 49, 13172, 17513,
		17613, 30032, 0xca34, 0xfe0d, 0xff01, 41, 44, 21, 1234 };
	static const char *const PROTOCOLS[] = { "h2", NULL };
	const char *const options[] = { "--x509certfile", pki.chain,
					"--x509keyfile", pki.key,
					"--disable-client-cert", NULL };
	struct chk_hello hello = TODAY;
	struct chk_answer answer;
	struct peer peer;

	hello.extensions = (struct chk_ids)IDS(ALL);
	hello.signatures_cert = hello.signatures;
	hello.alpn = PROTOCOLS;
	hello.grease = true;
	for (int gnutls = 0; gnutls <= peer_has("gnutls-serv"); gnutls++) {
		if (gnutls)
			assert_true(peer_gnutls(&peer, options));
		else
			start(&peer, "-serverpref", NULL);
		hello.versions = TODAY.versions;
		answer = ask_one(peer.port, hello);
		ended(&answer, CHK_ANSWER_HELLO, "");
		assert_int_equal(answer.version, 0x0304);
		chk_answer_clear(&answer);

		hello.versions = (struct chk_ids){ 0 };
		answer = ask_one(peer.port, hello);
		ended(&answer, CHK_ANSWER_HELLO, "");
		assert_int_equal(answer.version, 0x0303);
		assert_true(answer.has_renegotiation_info);
		chk_answer_clear(&answer);
		peer_stop(&peer);
	}
}

#define SCRIPTED { .address = "192.0.2.1" }
#define DONE_12                                                              \
	"\x16\x03\x03\0\x2e\x02\0\0\x26\x03\x03"                               \
	"0123456789abcdef0123456789abcdef\0\0\x2f\0\x0e\0\0\0"

/* Over a script, whose clock the time-outs are on. */
static void ask_script(struct script *script, struct chk_asked *asked,
		       size_t count, int64_t end)
{
	struct chk_arena arena = { 0 };
	struct chk_target target = { .host = "a.test",
				     .io = script_io(script) };
	struct chk_route route;

	assert_true(chk_route_init(&route, &target, &arena, NULL));
	assert_true(chk_ask(&route, asked, count, end, NULL));
	chk_route_clear(&route);
	chk_arena_clear(&arena);
	assert_int_equal(script->opened, script->closed);
}

static struct chk_answer ask_script_once(struct script *script)
{
	static const struct script_address HERE[] = { SCRIPTED };
	struct chk_asked asked = { .hello = of_tls12() };

	script->addresses = HERE;
	script->address_count = 1;
	ask_script(script, &asked, 1, 30000);
	return asked.answer;
}

static void silence_ends_with_the_time_of_a_handshake(void **state)
{
	struct script script = { 0 };
	struct chk_answer answer = ask_script_once(&script);

	ended(&answer, CHK_ANSWER_SILENT,
	      "no answer to the ClientHello within 10 seconds");
	assert_int_equal(answer.micros, 10000000);
	assert_int_equal(script.clock, 10000);
	chk_answer_clear(&answer);
}

/* A byte of a warning every second: never silent, and never done. */
static void a_server_that_answers_for_ever_is_left(void **state)
{
	static const struct script_step STEPS[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = { (const uint8_t *)
			     "\x16\x03\x03\x40\0\x02\0\x30\0"
			     "0123456789abcdef0123456789abcdef", 41 } },
	};
	struct script script = { .steps = STEPS, .step_count = 1, .chunk = 1,
				 .read_millis = 1000 };
	struct chk_answer answer = ask_script_once(&script);

	ended(&answer, CHK_ANSWER_SILENT, "the answer to the ClientHello was "
	      "not complete within 10 seconds; 9 bytes came");
	assert_true(script.clock <= 10000);
	chk_answer_clear(&answer);
}

static void a_banner_is_not_waited_for_long(void **state)
{
	static const struct script_step STEPS[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = { (const uint8_t *)"220 mx ", 7 } },
		{ .what = SCRIPT_WAIT, .millis = 100 },
		{ .what = SCRIPT_ANSWER,
		  .bytes = { (const uint8_t *)"ESMTP\r\n", 7 } },
	};
	struct script script = { .steps = STEPS, .step_count = 3 };
	struct chk_answer answer = ask_script_once(&script);

	ended(&answer, CHK_ANSWER_NOT_TLS, "the server does not speak TLS but "
	      "SMTP: its first bytes are \"220 mx ESMTP\"");
	assert_string_equal(answer.speaks, "SMTP");
	assert_int_equal(script.clock, 500);
	chk_answer_clear(&answer);
}

/* A server that hangs up on the hello may have said why before. */
static void a_broken_write_does_not_hide_the_answer(void **state)
{
	static const struct script_step STEPS[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = { (const uint8_t *)"\x15\x03\x03\0\x02\x02\x46",
			     7 } },
		{ .what = SCRIPT_CLOSE },
	};
	struct script script = { .steps = STEPS, .step_count = 2,
				 .write_cause = EPIPE };
	struct script mute = { .steps = STEPS + 1, .step_count = 1,
			       .write_cause = ECONNRESET };
	struct chk_answer answer = ask_script_once(&script);

	ended(&answer, CHK_ANSWER_ALERT,
	      "the server sent alert 70 (protocol_version)");
	chk_answer_clear(&answer);
	answer = ask_script_once(&mute);
	ended(&answer, CHK_ANSWER_RESET, "the server reset the connection "
	      "after the ClientHello without a word");
	chk_answer_clear(&answer);
}

/* RFC 8446 section 6.1: user_canceled, then close_notify. */
static void a_server_that_waits_is_told_goodbye(void **state)
{
	static const struct script_step STEPS[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = { (const uint8_t *)DONE_12,
			     sizeof(DONE_12) - 1 } },
	};
	static const char GOODBYE[] = "\x15\x03\x03\0\x02\x01\x5a"
				      "\x15\x03\x03\0\x02\x01";
	struct script script = { .steps = STEPS, .step_count = 1 };
	struct chk_answer answer = ask_script_once(&script);

	ended(&answer, CHK_ANSWER_HELLO, "");
	assert_true(script.written_size > sizeof(GOODBYE));
	assert_memory_equal(script.written + script.written_size -
				    sizeof(GOODBYE), GOODBYE,
			    sizeof(GOODBYE));
	assert_int_equal(script.clock, 0); /* and nothing is waited for */
	chk_answer_clear(&answer);
}

static void a_callers_io_is_asked_in_turn_at_one_address(void **state)
{
	static const struct script_address TWO[] = {
		{ .address = "192.0.2.1", .millis = 60000 },
		{ .address = "192.0.2.2" },
	};
	static const struct script_step STEPS[] = {
		{ .what = SCRIPT_ANSWER,
		  .bytes = { (const uint8_t *)DONE_12,
			     sizeof(DONE_12) - 1 } },
		{ .what = SCRIPT_ANSWER,
		  .bytes = { (const uint8_t *)DONE_12,
			     sizeof(DONE_12) - 1 } },
		{ .what = SCRIPT_CLOSE },
	};
	struct script script = { .addresses = TWO, .address_count = 2,
				 .steps = STEPS, .step_count = 3 };
	struct chk_asked asked[3] = { { .hello = of_tls12() },
				      { .hello = of_tls12() },
				      { .hello = of_tls12() } };

	ask_script(&script, asked, CHK_COUNT(asked), 30000);
	/* The first address is tried once, not for each of them. */
	assert_int_equal(script.resolved, 1);
	assert_int_equal(script.opened, 3);
	assert_true(script.clock < 10000);
	assert_int_equal(asked[0].answer.end, CHK_ANSWER_HELLO);
	assert_int_equal(asked[1].answer.end, CHK_ANSWER_HELLO);
	assert_int_equal(asked[2].answer.end, CHK_ANSWER_CLOSED);
	for (size_t i = 0; i < CHK_COUNT(asked); i++)
		chk_answer_clear(&asked[i].answer);
}

/* What no time is left for says so, and connects to nobody. */
static void the_end_is_the_end_of_all(void **state)
{
	static const struct script_address HERE[] = { SCRIPTED };
	struct script script = { .addresses = HERE, .address_count = 1 };
	struct chk_asked asked[3] = { { .hello = of_tls12() },
				      { .hello = of_tls12() },
				      { .hello = of_tls12() } };

	ask_script(&script, asked, CHK_COUNT(asked), 15000);
	ended(&asked[0].answer, CHK_ANSWER_SILENT,
	      "no answer to the ClientHello within 10 seconds");
	ended(&asked[1].answer, CHK_ANSWER_SILENT,
	      "no answer to the ClientHello within 5 seconds");
	assert_int_equal(asked[2].answer.end, CHK_ANSWER_UNCONNECTED);
	assert_int_equal(asked[2].answer.cause, ETIMEDOUT);
	assert_int_equal(script.clock, 15000);
	for (size_t i = 0; i < CHK_COUNT(asked); i++)
		chk_answer_clear(&asked[i].answer);
}

static int make_pki(void **state)
{
	const char *const command[] = {
		"openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
		"-keyout", rsa_key, "-out", rsa_cert, "-subj", "/CN=a.test",
		NULL };

	if (!peer_pki_make(&pki))
		return -1;
	snprintf(rsa_key, sizeof(rsa_key), "%s/rsa.key", pki.folder);
	snprintf(rsa_cert, sizeof(rsa_cert), "%s/rsa.pem", pki.folder);
	return peer_run(command) ? 0 : -1;
}

static int remove_pki(void **state)
{
	peer_pki_remove(&pki);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_flight_of_tls12_is_read),
		cmocka_unit_test(tls13_chooses_or_asks_again),
		cmocka_unit_test(old_versions_answer),
		cmocka_unit_test(shares_of_every_group_are_taken),
		cmocka_unit_test(a_share_of_another_group_is_asked_for),
		cmocka_unit_test(what_is_exchanged_is_read),
		cmocka_unit_test(a_wanted_client_certificate_is_seen),
		cmocka_unit_test(refusals_are_alerts),
		cmocka_unit_test(a_hello_in_the_form_of_sslv2_is_answered),
		cmocka_unit_test(split_and_padded_hellos_are_answered),
		cmocka_unit_test(the_protocol_is_chosen),
		cmocka_unit_test(every_extension_is_taken),
		cmocka_unit_test(many_are_asked_side_by_side),
		cmocka_unit_test(where_nothing_listens_all_are_unconnected),
		cmocka_unit_test(silence_ends_with_the_time_of_a_handshake),
		cmocka_unit_test(a_server_that_answers_for_ever_is_left),
		cmocka_unit_test(a_banner_is_not_waited_for_long),
		cmocka_unit_test(a_broken_write_does_not_hide_the_answer),
		cmocka_unit_test(a_server_that_waits_is_told_goodbye),
		cmocka_unit_test(a_callers_io_is_asked_in_turn_at_one_address),
		cmocka_unit_test(the_end_is_the_end_of_all),
	};

	if (!peer_has("openssl")) {
		printf("1..0 # SKIP openssl is not installed\n");
		return 0;
	}
	return cmocka_run_group_tests_name("fetch/ask", tests, make_pki,
					   remove_pki);
}
