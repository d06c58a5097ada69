/* tests/fetch/test_framing.c: lib/fetch/framing.c: units, and what meets them. */
#include "support/test.h"

#include "fetch/protocol.h"

#define AS(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }
#define NONE (CHK_UNIT_MAX + 1)

static void a_unit_is_as_long_as_its_framing_says(void **state)
{
	static const struct {
		enum chk_framing framing;
		struct chk_bytes bytes;
		size_t size;
	} UNITS[] = {
		{ CHK_FRAMING_LINE, AS("220 a\r\n220 b\r\n"), 7 },
		{ CHK_FRAMING_LINE, AS("220 a\r"), 0 },
		{ CHK_FRAMING_LINE, AS(""), 0 },
		{ CHK_FRAMING_TAG, AS("<a b='c'><d/>"), 9 },
		{ CHK_FRAMING_TAG, AS("<a b='c'"), 0 },
		{ CHK_FRAMING_BYTE, AS("SS"), 1 },
		{ CHK_FRAMING_BYTE, AS(""), 0 },
		{ CHK_FRAMING_BER, AS("\x30\3\2\1\1x"), 5 },
		{ CHK_FRAMING_BER, AS("\x30\3\2\1"), 0 },
		{ CHK_FRAMING_BER, AS("\x30\x84\0\0\0\2ab"), 8 },
		{ CHK_FRAMING_BER, AS("\x30\x84\0\0"), 0 },
		{ CHK_FRAMING_BER, AS("\x30\x80\0\0"), NONE },
		{ CHK_FRAMING_BER, AS("\x30\x85\0\0\0\0\1"), NONE },
		{ CHK_FRAMING_BER, AS("\x30\x84\x7f\xff\xff\xff"), NONE },
		{ CHK_FRAMING_BER, AS("H"), NONE },
		{ CHK_FRAMING_MYSQL, AS("\2\0\0\0abc"), 6 },
		{ CHK_FRAMING_MYSQL, AS("\2\0\0\0a"), 0 },
		{ CHK_FRAMING_MYSQL, AS("220 smtp"), NONE },
		{ CHK_FRAMING_TPKT, AS("\3\0\0\7abcd"), 7 },
		{ CHK_FRAMING_TPKT, AS("\3\0\0\0"), 0 },
		{ CHK_FRAMING_TPKT, AS("\3\0\0\1aaaaaaa"), NONE },
		{ CHK_FRAMING_TPKT, AS("220"), NONE },
		{ CHK_FRAMING_TDS, AS("\4\1\0\x09\0\0\0\0ab"), 9 },
		{ CHK_FRAMING_TDS, AS("\4\1\0\7\0\0\0\0"), NONE },
		{ CHK_FRAMING_TDS, AS("\4\1\xff\xff\0\0\0\0"), NONE },
		{ CHK_FRAMING_TDS, AS("\x12"), NONE },
	};

	for (size_t i = 0; i < CHK_COUNT(UNITS); i++) {
		size_t size = chk_framing_size(UNITS[i].framing,
					       UNITS[i].bytes);

		if (size != UNITS[i].size)
			fail_msg("unit %zu: %zu, not %zu", i, size,
				 UNITS[i].size);
	}
}

static void a_line_without_end_is_none(void **state)
{
	static uint8_t line[CHK_UNIT_MAX];

	memset(line, 'a', sizeof(line));
	assert_int_equal(chk_framing_size(CHK_FRAMING_LINE,
					  chk_bytes_of(line, sizeof(line))),
			 NONE);
	assert_int_equal(chk_framing_size(CHK_FRAMING_LINE,
					  chk_bytes_of(line, sizeof(line) - 1)),
			 0);
}

static bool meets(struct chk_bytes pattern, struct chk_bytes text,
		  enum chk_framing framing)
{
	const struct chk_turn turn = { .what = CHK_TURN_GO, .text = pattern };

	return chk_turn_meets(&turn, framing, text);
}

static void a_star_is_any_bytes_and_a_mark_is_one(void **state)
{
	static const struct {
		struct chk_bytes pattern, text;
		bool meets;
	} ROWS[] = {
		{ AS("220 *"), AS("220 a"), true },
		{ AS("220 *"), AS("220 "), true },
		{ AS("220 *"), AS("220-a"), false },
		{ AS("220"), AS("220"), true },
		{ AS("220"), AS("2200"), false },
		{ AS("250?STARTTLS"), AS("250-starttls"), true },
		{ AS("250?STARTTLS"), AS("250-XSTARTTLS"), false },
		{ AS("\\* OK*"), AS("* OK x"), true },
		{ AS("\\* OK*"), AS("a OK x"), false },
		{ AS("*a*b"), AS("xaxbxb"), true },
		{ AS("*a*b"), AS("xaxbxc"), false },
		{ AS("a?"), AS("a"), false },
		{ AS("*"), AS(""), true },
		{ AS(""), AS(""), true },
		{ AS("a\0b"), AS("a\0b"), true },
		{ AS("a\0b"), AS("a\0c"), false },
	};

	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		if (meets(ROWS[i].pattern, ROWS[i].text, CHK_FRAMING_LINE) !=
		    ROWS[i].meets)
			fail_msg("row %zu", i);
	}
	/* Letters of packets are numbers. */
	assert_false(meets(BYTES("S"), BYTES("s"), CHK_FRAMING_BYTE));
}

static void a_line_loses_its_end(void **state)
{
	struct chk_bytes text = chk_framing_text(CHK_FRAMING_LINE,
						 BYTES("a\r\n"));

	assert_int_equal(text.size, 1);
	assert_int_equal(chk_framing_text(CHK_FRAMING_LINE, BYTES("\n")).size,
			 0);
	assert_int_equal(chk_framing_text(CHK_FRAMING_TAG, BYTES("a>\n")).size,
			 3);
}

static bool sees(const char *what, struct chk_bytes packet,
		 enum chk_framing framing)
{
	const struct chk_turn turn = { .what = CHK_TURN_SEE,
				       .text = chk_bytes_text(what) };

	return chk_turn_meets(&turn, framing, packet);
}

/* Protocol::HandshakeV10: CLIENT_SSL is 0x0800 of the lower two bytes. */
static void mysql_says_in_its_greeting_whether_it_has_tls(void **state)
{
	assert_true(sees("mysql", BYTES("\x1f\0\0\0\x0a" "8.0\0" "\1\0\0\0"
					"12345678\0" "\0\x0a"),
			 CHK_FRAMING_MYSQL));
	assert_false(sees("mysql", BYTES("\x1f\0\0\0\x0a" "8.0\0" "\1\0\0\0"
					 "12345678\0" "\xff\xf7"),
			  CHK_FRAMING_MYSQL));
	assert_false(sees("mysql", BYTES("\x1f\0\0\0\x0a" "8.0\0" "\1\0\0\0"
					 "12345678\0" "\xff"),
			  CHK_FRAMING_MYSQL));
	assert_false(sees("mysql", BYTES("\4\0\0\0\x0a" "8.0"),
			  CHK_FRAMING_MYSQL));
}

/* [MS-TDS] 2.2.6.5, tokens VERSION and ENCRYPTION. */
static void tds_says_in_its_prelogin_whether_it_has_tls(void **state)
{
#define PRELOGIN(at, value) \
	BYTES("\4\1\0\x1a\0\0\1\0" "\0\0\x0b\0\6" "\1\0" at "\0\1" "\xff" \
	      "\x0f\0\0\0\0\0" value)
	assert_true(sees("tds", PRELOGIN("\x11", "\1"), CHK_FRAMING_TDS));
	assert_true(sees("tds", PRELOGIN("\x11", "\3"), CHK_FRAMING_TDS));
	assert_true(sees("tds", PRELOGIN("\x11", "\0"), CHK_FRAMING_TDS));
	/* ENCRYPT_NOT_SUP, and an offset that leads out of it. */
	assert_false(sees("tds", PRELOGIN("\x11", "\2"), CHK_FRAMING_TDS));
	assert_false(sees("tds", PRELOGIN("\x12", "\1"), CHK_FRAMING_TDS));
	assert_false(sees("tds", BYTES("\4\1\0\x08\0\0\1\0"),
			  CHK_FRAMING_TDS));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_unit_is_as_long_as_its_framing_says),
		cmocka_unit_test(a_line_without_end_is_none),
		cmocka_unit_test(a_star_is_any_bytes_and_a_mark_is_one),
		cmocka_unit_test(a_line_loses_its_end),
		cmocka_unit_test(mysql_says_in_its_greeting_whether_it_has_tls),
		cmocka_unit_test(tds_says_in_its_prelogin_whether_it_has_tls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
