/* tests/fetch/test_protocol.c: lib/fetch/protocol.c: names, ports, turns. */
#include "support/test.h"

#include "fetch/protocol.h"

/* IANA's registry, and what `openssl s_client -starttls` calls them. */
static void every_protocol_has_its_name_and_port(void **state)
{
	static const struct {
		const char *name;
		uint16_t port;
	} KNOWN[] = {
		{ "smtp", 25 },	      { "lmtp", 24 },
		{ "imap", 143 },      { "pop3", 110 },
		{ "ftp", 21 },	      { "ldap", 389 },
		{ "xmpp", 5222 },     { "xmpp-server", 5269 },
		{ "nntp", 119 },      { "sieve", 4190 },
		{ "postgres", 5432 }, { "mysql", 3306 },
		{ "irc", 6667 },      { "rdp", 3389 },
		{ "tds", 1433 },
	};

	assert_int_equal(CHK_COUNT(KNOWN), CHK_PROTOCOL_COUNT - 1);
	for (size_t i = 0; i < CHK_COUNT(KNOWN); i++) {
		const struct chk_protocol *protocol =
			chk_protocol_find(KNOWN[i].name);

		assert_non_null(protocol);
		assert_string_equal(protocol->name, KNOWN[i].name);
		assert_int_equal(chk_protocol_port(protocol->id),
				 KNOWN[i].port);
		assert_ptr_equal(chk_protocol_at(KNOWN[i].port), protocol);
	}
}

static void a_service_says_whether_tls_comes_at_once(void **state)
{
	struct chk_service service;

	assert_true(chk_service_find("Submission", &service));
	assert_int_equal(service.port, 587);
	assert_string_equal(service.starttls, "smtp");
	assert_true(chk_service_find("imaps", &service));
	assert_int_equal(service.port, 993);
	assert_null(service.starttls);
	assert_false(chk_service_find("gopher", &service));
	assert_int_equal(service.port, 0);
	assert_null(chk_protocol_find("imaps"));
	assert_null(chk_protocol_find(""));
}

static void the_port_for_tls_at_once_is_known(void **state)
{
	assert_int_equal(chk_protocol_tls_port(CHK_PROTOCOL_SMTP), 465);
	assert_int_equal(chk_protocol_tls_port(CHK_PROTOCOL_LDAP), 636);
	assert_int_equal(chk_protocol_tls_port(CHK_PROTOCOL_POSTGRES), 0);
	assert_int_equal(chk_protocol_tls_port(CHK_PROTOCOL_NONE), 0);
}

/* The client has the last word before TLS in MySQL alone. */
static void a_conversation_ends_with_the_servers_word(void **state)
{
	for (enum chk_protocol_id id = CHK_PROTOCOL_NONE + 1;
	     id < CHK_PROTOCOL_COUNT; id++) {
		size_t count;
		const struct chk_turn *turns = chk_protocol_turns(id, &count);

		assert_true(count >= 2);
		assert_int_equal(turns[count - 1].what == CHK_TURN_SEND,
				 id == CHK_PROTOCOL_MYSQL);
	}
	assert_true(chk_protocol_is_greeted(CHK_PROTOCOL_SMTP));
	assert_true(chk_protocol_is_greeted(CHK_PROTOCOL_MYSQL));
	assert_false(chk_protocol_is_greeted(CHK_PROTOCOL_LDAP));
}

/* Their length fields say how long they must be. */
static void packets_are_as_long_as_they_say(void **state)
{
	static const enum chk_protocol_id IDS[] = {
		CHK_PROTOCOL_LDAP, CHK_PROTOCOL_POSTGRES, CHK_PROTOCOL_MYSQL,
		CHK_PROTOCOL_RDP, CHK_PROTOCOL_TDS,
	};

	for (size_t i = 0; i < CHK_COUNT(IDS); i++) {
		size_t count, said;
		const struct chk_turn *turn = chk_protocol_turns(IDS[i],
								 &count);

		while (turn->what != CHK_TURN_SEND)
			turn++;
		said = IDS[i] == CHK_PROTOCOL_LDAP ? turn->text.data[1] + 2u :
		       IDS[i] == CHK_PROTOCOL_MYSQL ? turn->text.data[0] + 4u :
						     turn->text.data[3];
		assert_int_equal(said, turn->text.size);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_protocol_has_its_name_and_port),
		cmocka_unit_test(a_service_says_whether_tls_comes_at_once),
		cmocka_unit_test(the_port_for_tls_at_once_is_known),
		cmocka_unit_test(a_conversation_ends_with_the_servers_word),
		cmocka_unit_test(packets_are_as_long_as_they_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
