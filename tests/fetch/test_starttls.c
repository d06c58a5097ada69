/*
 * tests/fetch/test_starttls.c: lib/fetch/starttls.c and second.c against
 * scripted servers. The conversations are those of the RFCs' examples.
 */
#include "config.h"

#include "support/test.h"

#include <errno.h>

#include "fetch/ask.h"
#include "fetch/presented.h"
#include "fetch/protocol.h"
#include "support/script_io.h"

#define ANSWER(text) \
	{ .what = SCRIPT_ANSWER, \
	  .bytes = { (const uint8_t *)(text), sizeof(text) - 1 } }
#define STEPS_MAX 8

static const struct script_address HERE = { .address = "192.0.2.1" };

struct talk {
	const char *starttls;
	struct script_step steps[STEPS_MAX];
	enum chk_spoken_end end;
	/* The whole of what the client said; NULL: not looked at. */
	const char *client;
	const char *why; /* is a part of it */
};

static struct chk_presented *fetch(struct script *script,
				   struct chk_target target)
{
	struct chk_presented *presented;
	struct chk_error error;

	script->addresses = &HERE;
	script->address_count = 1;
	target.host = "im.example.test";
	target.io = script_io(script);
	if (!chk_fetch(&target, &presented, &error))
		fail_msg("%s: %s", error.where, error.what);
	return presented;
}

static size_t count_steps(const struct script_step *steps)
{
	size_t count = 0;

	while (count < STEPS_MAX && (steps[count].bytes.size ||
				     steps[count].what != SCRIPT_ANSWER))
		count++;
	return count;
}

static void hold(const struct talk *talk, size_t chunk)
{
	struct script script = { .steps = talk->steps,
				 .step_count = count_steps(talk->steps),
				 .chunk = chunk };
	struct chk_presented *presented =
		fetch(&script, (struct chk_target){
				       .starttls = talk->starttls });
	size_t size = talk->client ? strlen(talk->client) : 0;

	if (presented->spoken.end != talk->end)
		fail_msg("%s: end %d, not %d: %s", talk->starttls,
			 presented->spoken.end, talk->end, presented->why);
	if (talk->why && !strstr(presented->why, talk->why))
		fail_msg("%s: %s", talk->starttls, presented->why);
	if (script.written_size < size ||
	    memcmp(script.written, talk->client ? talk->client : "", size))
		fail_msg("%s: the client said '%.*s'", talk->starttls,
			 (int)script.written_size, script.written);
	/* The ClientHello comes behind a "go ahead", and behind that alone. */
	if (talk->end == CHK_SPOKEN_GO) {
		assert_true(script.written_size > size + 2);
		if (talk->client)
			assert_memory_equal(script.written + size, "\x16\x03",
					    2);
	} else {
		assert_null(memmem(script.written, script.written_size,
				   "\x16\x03\x01", 3));
		assert_int_equal(presented->step, CHK_STEP_STARTTLS);
		assert_int_not_equal(presented->failure, CHK_FAILURE_NONE);
	}
	chk_presented_free(presented);
}

static void hold_all(const struct talk *talks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		hold(&talks[i], 0);
		/* A byte behind a "go ahead" comes too late to be seen here. */
		if (talks[i].end != CHK_SPOKEN_BEHIND)
			hold(&talks[i], 1);
	}
}

static void every_protocol_comes_to_tls(void **state)
{
	static const struct talk TALKS[] = {
		{ "smtp",
		  { ANSWER("220-hello\r\n220 mail.imc.org SMTP service ready"
			   "\r\n"),
		    ANSWER("250-mail.imc.org offers a warm hug of welcome\r\n"
			   "250-8BITMIME\r\n250-STARTTLS\r\n250 DSN\r\n"),
		    ANSWER("220 Go ahead\r\n"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO,
		  "EHLO chaincheck.invalid\r\nSTARTTLS\r\n", NULL },
		{ "lmtp",
		  { ANSWER("220 foo.edu LMTP server ready\r\n"),
		    ANSWER("250-foo.edu\r\n250 STARTTLS\r\n"),
		    ANSWER("220 2.0.0 ok\r\n"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO,
		  "LHLO chaincheck.invalid\r\nSTARTTLS\r\n", NULL },
		{ "imap",
		  { ANSWER("* OK IMAP4rev2 Service Ready\r\n"),
		    ANSWER("* CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED\r\n"
			   "a1 OK CAPABILITY completed\r\n"),
		    ANSWER("a2 OK STARTTLS completed\r\n"),
		    { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, "a1 CAPABILITY\r\na2 STARTTLS\r\n", NULL },
		{ "pop3",
		  { ANSWER("+OK POP3 server ready\r\n"),
		    ANSWER("+OK Capability list follows\r\nTOP\r\nSTLS\r\n."
			   "\r\n"),
		    ANSWER("+OK Begin TLS negotiation\r\n"),
		    { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, "CAPA\r\nSTLS\r\n", NULL },
		/* A server of before CAPA. */
		{ "pop3",
		  { ANSWER("+OK\r\n"), ANSWER("-ERR what?\r\n"),
		    ANSWER("+OK\r\n"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, "CAPA\r\nSTLS\r\n", NULL },
		{ "ftp",
		  { ANSWER("220 Service ready\r\n"),
		    ANSWER("211-Extensions supported:\r\n AUTH TLS\r\n PBSZ"
			   "\r\n211 End\r\n"),
		    ANSWER("234 AUTH TLS OK\r\n"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, "FEAT\r\nAUTH TLS\r\n", NULL },
		{ "nntp",
		  { ANSWER("200 InterNetNews ready\r\n"),
		    ANSWER("101 Capability list:\r\nVERSION 2\r\nSTARTTLS\r\n"
			   ".\r\n"),
		    ANSWER("382 Continue with TLS negotiation\r\n"),
		    { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, "CAPABILITIES\r\nSTARTTLS\r\n", NULL },
		{ "sieve",
		  { ANSWER("\"IMPLEMENTATION\" \"Example1\"\r\n\"STARTTLS\"\r"
			   "\nOK\r\n"),
		    ANSWER("OK\r\n"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, "STARTTLS\r\n", NULL },
		{ "irc",
		  { ANSWER(":irc.test NOTICE * :Looking up your host\r\n"),
		    ANSWER(":irc.test 670 * :STARTTLS successful\r\n"),
		    { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, "STARTTLS\r\n", NULL },
		{ "xmpp",
		  { ANSWER("<?xml version='1.0'?><stream:stream from='im'>"),
		    ANSWER("<stream:features><starttls xmlns='urn:ietf:params:"
			   "xml:ns:xmpp-tls'><required/></starttls>"
			   "</stream:features>"),
		    ANSWER("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
			   ), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO,
		  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
		  "xmlns:stream='http://etherx.jabber.org/streams' "
		  "to='im.example.test' version='1.0'>"
		  "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>",
		  NULL },
		{ "postgres", { ANSWER("S"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, NULL, NULL },
		{ "ldap",
		  { ANSWER("\x30\x0c\2\1\1\x78\7\n\1\0\4\0\4\0"),
		    { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, NULL, NULL },
		/* As Active Directory writes its lengths. */
		{ "ldap",
		  { ANSWER("\x30\x84\0\0\0\x10\2\1\1\x78\x84\0\0\0\7\n\1\0\4\0"
			   "\4\0"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, NULL, NULL },
		{ "rdp",
		  { ANSWER("\3\0\0\x13\x0e\xd0\0\0\x12\x34\0\2\0\x08\0\1\0\0"
			   "\0"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, NULL, NULL },
		{ "mysql",
		  { ANSWER("\x17\0\0\0\x0a" "8.0\0" "\1\0\0\0" "12345678\0"
			   "\xff\xff\x21\2\0"), { .what = SCRIPT_CLOSE } },
		  CHK_SPOKEN_GO, NULL, NULL },
	};

	hold_all(TALKS, CHK_COUNT(TALKS));
}

static void what_offers_no_tls_is_told(void **state)
{
	static const struct talk TALKS[] = {
		{ "smtp",
		  { ANSWER("220 a\r\n"), ANSWER("250-a\r\n250 SIZE 9\r\n") },
		  CHK_SPOKEN_UNOFFERED, "EHLO chaincheck.invalid\r\n",
		  "does not offer STARTTLS" },
		{ "smtp",
		  { ANSWER("220 a\r\n"), ANSWER("250 STARTTLS\r\n"),
		    ANSWER("454 TLS not available\r\n") },
		  CHK_SPOKEN_REFUSED, NULL, "\"454 TLS not available\"" },
		{ "smtp", { ANSWER("554 go away\r\n") },
		  CHK_SPOKEN_REFUSED, NULL, "\"554 go away\"" },
		/* FTP greets like SMTP. */
		{ "smtp",
		  { ANSWER("220 (vsFTPd 3.0.3)\r\n"),
		    ANSWER("530 Please login with USER and PASS.\r\n") },
		  CHK_SPOKEN_REFUSED, NULL, "530 Please login" },
		{ "imap", { ANSWER("* PREAUTH welcome\r\n") },
		  CHK_SPOKEN_REFUSED, NULL, "PREAUTH" },
		{ "imap",
		  { ANSWER("* OK\r\n"),
		    ANSWER("* CAPABILITY IMAP4 XSTARTTLS\r\na1 OK\r\n") },
		  CHK_SPOKEN_UNOFFERED, NULL, "IMAP" },
		{ "postgres", { ANSWER("N") }, CHK_SPOKEN_REFUSED, NULL,
		  "\"N\"" },
		{ "ldap", { ANSWER("\x30\x0c\2\1\1\x78\7\n\1\2\4\0\4\0") },
		  CHK_SPOKEN_REFUSED, NULL, "LDAP" },
		{ "rdp",
		  { ANSWER("\3\0\0\x13\x0e\xd0\0\0\0\0\0\3\0\x08\0\2\0\0\0") },
		  CHK_SPOKEN_REFUSED, NULL, "RDP" },
		{ "mysql",
		  { ANSWER("\x17\0\0\0\x0a" "8.0\0" "\1\0\0\0" "12345678\0"
			   "\xff\xf7\x21\2\0") },
		  CHK_SPOKEN_UNOFFERED, NULL, "MySQL" },
		{ "irc", { ANSWER(":a 421 * STARTTLS :Unknown command\r\n") },
		  CHK_SPOKEN_REFUSED, NULL, "421" },
		{ "xmpp",
		  { ANSWER("<stream:stream><stream:features/>") },
		  CHK_SPOKEN_UNOFFERED, NULL, "XMPP" },
	};

	hold_all(TALKS, CHK_COUNT(TALKS));
}

static void another_protocol_is_told_at_once(void **state)
{
	static const struct talk TALKS[] = {
		{ "smtp", { ANSWER("* OK IMAP4rev1 ready\r\n") },
		  CHK_SPOKEN_OTHER, NULL, "but IMAP" },
		{ "smtp", { ANSWER("SSH-2.0-OpenSSH_9.2\r\n") },
		  CHK_SPOKEN_OTHER, NULL, "but SSH" },
		{ "xmpp", { ANSWER("HTTP/1.1 400 Bad Request\r\n\r\n<html>") },
		  CHK_SPOKEN_OTHER, NULL, "but HTTP" },
		{ "mysql", { ANSWER("220 mail.test ESMTP\r\n") },
		  CHK_SPOKEN_OTHER, NULL, "but SMTP" },
		{ "rdp", { ANSWER("SSH-2.0-OpenSSH_9.2\r\n") },
		  CHK_SPOKEN_OTHER, NULL, "RDP" },
		/* An alert: unexpected_message. */
		{ "smtp", { ANSWER("\x15\3\1\0\2\2\x0a") }, CHK_SPOKEN_TLS,
		  NULL, "TLS at once" },
		{ "postgres", { ANSWER("\x15\3\1\0\2\2\x46") },
		  CHK_SPOKEN_TLS, NULL, "TLS at once" },
	};

	for (size_t i = 0; i < CHK_COUNT(TALKS); i++)
		hold(&TALKS[i], 0);
}

/* CVE-2011-0411, from the client's side. */
static void nothing_in_clear_gets_into_tls(void **state)
{
	static const struct talk TALKS[] = {
		{ "smtp",
		  { ANSWER("220 a\r\n"), ANSWER("250 STARTTLS\r\n"),
		    ANSWER("220 go\r\n250 evil\x1b[2J\r\n") },
		  CHK_SPOKEN_BEHIND, NULL,
		  "14 bytes in clear behind its answer" },
		{ "postgres", { ANSWER("SE") }, CHK_SPOKEN_BEHIND, NULL,
		  "1 bytes" },
		{ "xmpp",
		  { ANSWER("<stream:features><starttls/></stream:features>"),
		    ANSWER("<proceed/><message/>") },
		  CHK_SPOKEN_BEHIND, NULL, "<message/>" },
	};
	struct script script = { .steps = TALKS[0].steps, .step_count = 3,
				 .chunk = 1 };
	struct chk_presented *presented;

	hold_all(TALKS, CHK_COUNT(TALKS));
	/* What comes a moment later is no TLS record, and told as that. */
	presented = fetch(&script, (struct chk_target){ .starttls = "smtp" });
	assert_int_equal(presented->failure, CHK_FAILURE_NOT_TLS);
	assert_null(strchr(presented->why, 0x1b));
	chk_presented_free(presented);
}

static void a_server_that_never_ends_is_left(void **state)
{
	static const struct script_step LOST = { .what = SCRIPT_FAIL,
						 .cause = ECONNRESET };
	static char lines[80000];
	struct script_step step = { .what = SCRIPT_ANSWER,
				    .bytes = { (const uint8_t *)lines,
					       sizeof(lines) } };
	struct script script = { .steps = &step, .step_count = 1 };
	struct chk_presented *presented;

	for (size_t i = 0; i < sizeof(lines); i += 8)
		memcpy(lines + i, "220-abc\n", 8);
	presented = fetch(&script, (struct chk_target){ .starttls = "smtp" });
	assert_int_equal(presented->spoken.end, CHK_SPOKEN_ENDLESS);
	chk_presented_free(presented);
	memset(lines + 8, 'a', sizeof(lines) - 8);
	script = (struct script){ .steps = &step, .step_count = 1 };
	presented = fetch(&script, (struct chk_target){ .starttls = "smtp" });
	assert_int_equal(presented->spoken.end, CHK_SPOKEN_ENDLESS);
	chk_presented_free(presented);
	script = (struct script){ .steps = &LOST, .step_count = 1 };
	presented = fetch(&script, (struct chk_target){ .starttls = "smtp" });
	assert_int_equal(presented->failure, CHK_FAILURE_RESET);
	assert_int_equal(presented->step, CHK_STEP_STARTTLS);
	chk_presented_free(presented);
}

/* Two connections: the patience of the first, and a ClientHello on another. */
static void silence_is_waited_out_and_no_longer(void **state)
{
	struct script script = { 0 };
	struct chk_presented *presented =
		fetch(&script, (struct chk_target){
				       .starttls = "smtp",
				       .handshake_timeout_ms = 9000 });

	assert_int_equal(presented->failure, CHK_FAILURE_TIMEOUT);
	assert_non_null(strstr(presented->why, "no word of SMTP from the "
					       "server within 9 seconds"));
	assert_int_equal(script.clock, 9000);
	assert_int_equal(script.opened, 2);
	assert_int_equal(script.closed, 2);
	chk_presented_free(presented);
}

static void what_a_port_needs_is_found_by_asking(void **state)
{
	/* To the ClientHello, and on the second connection to EHLO. */
	static const struct script_step STEPS[] = {
		ANSWER("220 mail.test ESMTP\r\n"), { .what = SCRIPT_WAIT,
						     .millis = 500 },
		ANSWER("220 mail.test ESMTP\r\n"),
		ANSWER("250 STARTTLS\r\n"), ANSWER("220 go\r\n"),
	};
	struct script script = { .steps = STEPS, .step_count = 5 };
	struct chk_presented *presented =
		fetch(&script, (struct chk_target){ .port = 587 });

	assert_int_equal(presented->failure, CHK_FAILURE_NOT_TLS);
	assert_non_null(presented->needs);
	assert_string_equal(presented->needs->name, "smtp");
	assert_string_equal(presented->spoken.greeting, "220 mail.test ESMTP");
	assert_int_equal(script.opened, 2);
	assert_int_equal(script.closed, 2);
	chk_presented_free(presented);
}

/* A ClientHello of our own waits for the server's word as well. */
static void a_hello_of_our_own_comes_behind_it(void **state)
{
	static const struct script_step STEPS[] = {
		ANSWER("220 a\r\n"), ANSWER("250 STARTTLS\r\n"),
		ANSWER("220 go\r\n"), ANSWER("\x15\3\1\0\2\2\x28"),
		{ .what = SCRIPT_CLOSE },
		ANSWER("220 a\r\n"), ANSWER("250 SIZE\r\n"),
	};
	static const char CLIENT[] = "EHLO chaincheck.invalid\r\nSTARTTLS\r\n";
	static const uint16_t SUITE = 0xc02f;
	struct script script = { .addresses = &HERE, .address_count = 1,
				 .steps = STEPS, .step_count = 5 };
	struct chk_asked asked = { .hello = { .version = 0x0303,
					      .suites = { &SUITE, 1 } } };
	struct chk_route route = { .host = "192.0.2.1", .port = 25,
				   .connect_host = "192.0.2.1",
				   .protocol = CHK_PROTOCOL_SMTP,
				   .resolve_ms = 100, .connect_ms = 100,
				   .handshake_ms = 100, .total_ms = 100 };

	route.io = script_io(&script);
	assert_true(chk_ask(&route, &asked, 1, 1000, NULL));
	assert_int_equal(asked.answer.end, CHK_ANSWER_ALERT);
	assert_int_equal(asked.answer.alert, 40);
	assert_memory_equal(script.written, CLIENT, strlen(CLIENT));
	assert_int_equal(script.written[strlen(CLIENT)], 0x16);
	chk_answer_clear(&asked.answer);
	script = (struct script){ .addresses = &HERE, .address_count = 1,
				  .steps = STEPS + 5, .step_count = 2 };
	route.io = script_io(&script);
	assert_true(chk_ask(&route, &asked, 1, 1000, NULL));
	assert_int_equal(asked.answer.end, CHK_ANSWER_UNCONNECTED);
	assert_non_null(strstr(asked.answer.why, "does not offer STARTTLS"));
	assert_int_equal(script.written_size, strlen("EHLO chaincheck.invalid"
						     "\r\n"));
	chk_answer_clear(&asked.answer);
}

/* PostgreSQL says nothing to a ClientHello; its port tells what to ask. */
static void a_port_tells_what_to_ask_where_nothing_is_said(void **state)
{
	static const struct script_step STEPS[] = {
		{ .what = SCRIPT_WAIT, .millis = 150 }, ANSWER("S"),
	};
	static const struct {
		uint16_t port;
		const char *needs;
	} PORTS[] = { { 5432, "postgres" }, { 5433, NULL } };

	for (size_t i = 0; i < CHK_COUNT(PORTS); i++) {
		struct script script = { .steps = STEPS, .step_count = 2 };
		struct chk_presented *presented =
			fetch(&script, (struct chk_target){
					       .port = PORTS[i].port,
					       .handshake_timeout_ms = 100 });

		assert_int_equal(presented->failure, CHK_FAILURE_TIMEOUT);
		assert_int_equal(presented->needs != NULL,
				 PORTS[i].needs != NULL);
		if (PORTS[i].needs)
			assert_string_equal(presented->needs->name,
					    PORTS[i].needs);
		chk_presented_free(presented);
	}
}

/* Silence, and an alert on the second connection. */
static void tls_at_once_is_found_by_a_hello(void **state)
{
	static const struct script_step STEPS[] = {
		{ .what = SCRIPT_WAIT,
		  .millis = CHK_PRELUDE_PATIENCE_MS + 10 },
		ANSWER("\x15\3\1\0\2\2\x28"), { .what = SCRIPT_CLOSE },
	};
	struct script script = { .steps = STEPS, .step_count = 3 };
	struct chk_presented *presented =
		fetch(&script, (struct chk_target){ .starttls = "smtp" });

	assert_int_equal(presented->spoken.end, CHK_SPOKEN_TLS);
	assert_int_equal(presented->failure, CHK_FAILURE_STARTTLS);
	assert_int_equal(script.opened, 2);
	assert_int_equal(script.closed, 2);
	/* The silent one was told nothing. */
	assert_int_equal(script.written[0], 0x16);
	chk_presented_free(presented);
}

static void a_protocol_nobody_knows_is_an_error(void **state)
{
	const struct chk_target target = { .host = "a.test",
					   .starttls = "gopher" };
	struct chk_presented *presented;
	struct chk_error error;

	assert_false(chk_fetch(&target, &presented, &error));
	assert_int_equal(error.code, CHK_ERROR_ARGUMENT);
	assert_string_equal(error.where, "gopher");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_protocol_comes_to_tls),
		cmocka_unit_test(what_offers_no_tls_is_told),
		cmocka_unit_test(another_protocol_is_told_at_once),
		cmocka_unit_test(nothing_in_clear_gets_into_tls),
		cmocka_unit_test(a_server_that_never_ends_is_left),
		cmocka_unit_test(silence_is_waited_out_and_no_longer),
		cmocka_unit_test(what_a_port_needs_is_found_by_asking),
		cmocka_unit_test(a_hello_of_our_own_comes_behind_it),
		cmocka_unit_test(
			a_port_tells_what_to_ask_where_nothing_is_said),
		cmocka_unit_test(tls_at_once_is_found_by_a_hello),
		cmocka_unit_test(a_protocol_nobody_knows_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
