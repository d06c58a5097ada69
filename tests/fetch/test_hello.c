/*
 * tests/fetch/test_hello.c: what lib/fetch/hello*.c write, as another program
 * reads it (tests/support/read_hello.py). Real servers are in test_ask.c.
 */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "fetch/hello.h"
#include "fetch/io.h"
#include "fetch/wire.h"
#include "support/peer.h"

#define IDS(array) { array, CHK_COUNT(array) }
#define TIME_MS 20000

static struct peer reader;

static const uint16_t VERSIONS[] = { 0x0304, 0x0303 };
static const uint16_t SUITES[] = { 0x1301, 0xc02f, 0x5600, 0x00ff };
static const uint16_t GROUPS[] = { 0x001d, 0x0017, 0x0100 };
static const uint16_t SHARES[] = { 0x11ec, 0x001d, 0x0017, 0x0018, 0x0019,
				   0x001e, 0x0100, 0x0104 };
static const uint16_t SIGNATURES[] = { 0x0804, 0x0401 };
static const uint16_t SIGNATURES_CERT[] = { 0x0201 };
static const char *const ALPN[] = { "h2", "http/1.1", NULL };

static const struct chk_hello FULL = {
	.version = 0x0303,
	.versions = IDS(VERSIONS),
	.suites = IDS(SUITES),
	.groups = IDS(GROUPS),
	.signatures = IDS(SIGNATURES),
	.signatures_cert = IDS(SIGNATURES_CERT),
	.key_shares = IDS(SHARES),
	.server_name = "www.example.test",
	.alpn = ALPN,
};

static const struct chk_hello BARE = { .version = 0x0303,
				       .suites = IDS(SUITES) };

/* What the other program reads in it; good until the next call. */
static const char *said(const struct chk_hello *hello)
{
	static char text[8192];
	const struct chk_io *io = chk_io_system();
	int64_t deadline = chk_io_now() + TIME_MS;
	struct chk_buffer wire = { 0 };
	size_t size = 0;
	long count = 1;
	int handle = io->connect(io->self, "127.0.0.1", reader.port, deadline);

	assert_true(handle >= 0);
	chk_hello_write(hello, &wire);
	assert_false(wire.failed);
	for (size_t at = 0; at < wire.size; at += (size_t)count) {
		count = io->write(io->self, handle, wire.data + at,
				  wire.size - at, deadline);
		assert_true(count > 0);
	}
	while (count > 0 && size < sizeof(text) - 1) {
		count = io->read(io->self, handle, text + size,
				 sizeof(text) - 1 - size, deadline);
		size += count > 0 ? (size_t)count : 0;
	}
	text[size] = '\0';
	io->close(io->self, handle);
	chk_buffer_clear(&wire);
	return text;
}

/* There is such a line. */
static void says(const struct chk_hello *hello, const char *line)
{
	const char *text = said(hello);
	char wanted[1024];

	snprintf(wanted, sizeof(wanted), "\n%s\n", line);
	if (!strstr(text, wanted) &&
	    strncmp(text, wanted + 1, strlen(wanted + 1)) != 0)
		fail_msg("no \"%s\" in:\n%s", line, text);
}

static void says_not(const struct chk_hello *hello, const char *name)
{
	char wanted[64];

	snprintf(wanted, sizeof(wanted), "\n%s ", name);
	assert_null(strstr(said(hello), wanted));
}

static void everything_is_read_as_it_was_asked_for(void **state)
{
	assert_string_equal(said(&FULL),
		"records 1 of at most 3100\n"
		"record_version 0301\n"
		"size 3100\n"
		"version 0303\n"
		"session 32\n"
		"suites 1301,c02f,5600,00ff\n"
		"compression 00\n"
		"extensions 0,23,10,11,13,16,43,45,50,51\n"
		"server_name www.example.test\n"
		"groups 001d,0017,0100\n"
		"points 00\n"
		"signatures 0804,0401\n"
		"alpn h2,http/1.1\n"
		"versions 0304,0303\n"
		"psk_modes 01\n"
		"signatures_cert 0201\n"
		"key_shares 11ec:1216,001d:32,0017:65,0018:97,0019:133,"
		"001e:56,0100:256,0104:1024\n");
}

/* RFC 5246 section 7.4.1.2: the extensions may be absent, list and all. */
static void nothing_asked_for_is_nothing_sent(void **state)
{
	assert_string_equal(said(&BARE),
		"records 1 of at most 51\n"
		"record_version 0301\n"
		"size 51\n"
		"version 0303\n"
		"session 0\n"
		"suites 1301,c02f,5600,00ff\n"
		"compression 00\n"
		"extensions none\n");
}

static void versions_stand_where_they_belong(void **state)
{
	struct chk_hello hello = BARE;

	hello.version = 0x0300;
	says(&hello, "version 0300");
	says(&hello, "record_version 0300");
	hello.version = 0x0302;
	says(&hello, "record_version 0301");
	hello.record_version = 0x0303;
	says(&hello, "record_version 0303");
	says(&hello, "version 0302");
	hello.version = 0x0305; /* of no registry: version intolerance */
	says(&hello, "version 0305");
}

/* RFC 8446 section 4.2.8: an empty list asks for a HelloRetryRequest. */
static void no_share_is_an_empty_list_in_tls13_alone(void **state)
{
	struct chk_hello hello = FULL;

	hello.key_shares = (struct chk_ids){ 0 };
	says(&hello, "key_shares ");
	hello.versions = (struct chk_ids){ VERSIONS + 1, 1 };
	says_not(&hello, "key_shares");
	says_not(&hello, "psk_modes");
	says(&hello, "versions 0303");
	says(&hello, "session 0");
}

static void a_group_without_a_share_has_none(void **state)
{
	static const uint16_t BRAINPOOL[] = { 0x001a, 0x001d };
	struct chk_hello hello = FULL;

	hello.key_shares = (struct chk_ids)IDS(BRAINPOOL);
	says(&hello, "key_shares 001d:32");
}

static void extensions_keep_the_order_they_are_given(void **state)
{
	/* Chromium 137's and what it has no field for; 1234 is nobody's. */
	static const uint16_t ORDER[] = { 35, 65037, 51, 45, 5, 13, 0, 16, 43,
					  23, 18, 17613, 11, 27, 10, 65281,
					  1234, 50, 41, 44 };
	struct chk_hello hello = FULL;

	hello.extensions = (struct chk_ids)IDS(ORDER);
	says(&hello, "extensions 35,65037,51,45,5,13,0,16,43,23,18,17613,11,27,"
		     "10,65281,1234,50");
	/* A list without an extension is sent nowhere; the others follow. */
	hello.alpn = NULL;
	hello.extensions.count = 4;
	says(&hello, "extensions 35,65037,51,45,0,10,11,13,43,50");
}

static void grease_stands_where_rfc_8701_has_it(void **state)
{
	struct chk_hello hello = FULL;

	hello.grease = true;
	says(&hello, "suites grease,1301,c02f,5600,00ff");
	says(&hello, "extensions grease,0,23,10,11,13,16,43,45,50,51,grease");
	says(&hello, "groups grease,001d,0017,0100");
	says(&hello, "versions grease,0304,0303");
	hello.key_shares.count = 2;
	says(&hello, "key_shares grease:1,11ec:1216,001d:32");
}

/* RFC 7685. */
static void padding_brings_it_to_the_size(void **state)
{
	static const uint16_t ORDER[] = { 21, 0 };
	struct chk_hello hello = FULL;
	char line[32];

	hello.key_shares = (struct chk_ids){ 0 };
	for (size_t size = 250; size < 20000; size += size / 2) {
		hello.size = size;
		snprintf(line, sizeof(line), "size %zu", size);
		says(&hello, line);
	}
	/* In its place, where it has one. */
	hello.extensions = (struct chk_ids)IDS(ORDER);
	hello.size = 600;
	says(&hello, "extensions 21,0,10,11,13,16,43,45,50,51");
	says(&hello, "size 600");
	/* What is larger already stays; what lacks too little gets 4 bytes. */
	hello.size = 100;
	says_not(&hello, "padding");
	hello = BARE;
	hello.server_name = "a.test";
	says(&hello, "size 68");
	for (hello.size = 69; hello.size <= 72; hello.size++) {
		says(&hello, "size 72");
		says(&hello, "padding 0");
	}
}

/* RFC 7685 section 4: from 256 to 511 bytes, up to 512. */
static void padding_among_the_extensions_pads_as_clients_do(void **state)
{
	static const uint16_t ORDER[] = { 0, 21 };
	char name[400];
	struct chk_hello hello = BARE;
	size_t bare = 62; /* without the name */

	hello.extensions = (struct chk_ids)IDS(ORDER);
	hello.server_name = name;
	for (size_t size = 255; size <= 257; size++) {
		memset(name, 'a', size - bare);
		name[size - bare] = '\0';
		says(&hello, size == 255 ? "size 255" : "size 512");
	}
	memset(name, 'a', 511 - bare - 200);
	name[511 - bare - 200] = '\0';
	says(&hello, "size 512");
}

static void it_is_split_into_records(void **state)
{
	struct chk_hello hello = BARE;

	hello.split = 1;
	says(&hello, "records 51 of at most 1");
	hello.split = 50;
	says(&hello, "records 2 of at most 50");
	hello.split = 51;
	says(&hello, "records 1 of at most 51");
	/* RFC 8446 section 5.1: no record is larger. */
	hello.split = 0;
	hello.server_name = "a.test";
	hello.size = 40000;
	says(&hello, "records 3 of at most 16384");
	says(&hello, "size 40000");
}

/* RFC 5246 appendix E.2: a challenge of 32 bytes, suites in three. */
static void the_form_of_sslv2_is_its_own(void **state)
{
	struct chk_hello hello = BARE;

	hello.sslv2_form = true;
	assert_string_equal(said(&hello),
		"version 0303\n"
		"suites 001301,00c02f,005600,0000ff\n"
		"session 0\n"
		"challenge 32\n");
	hello.version = 0x0002;
	says(&hello, "suites 0700c0,050080,030080,010080,060040,040080,020080,"
		     "001301,00c02f,005600,0000ff");
}

static void randoms_are_made_up_each_time(void **state)
{
	struct chk_buffer first = { 0 }, second = { 0 };

	chk_hello_write(&BARE, &first);
	chk_hello_write(&BARE, &second);
	assert_int_equal(first.size, second.size);
	assert_memory_equal(first.data, second.data, 11);
	assert_memory_not_equal(first.data + 11, second.data + 11, 32);
	assert_memory_equal(first.data + 43, second.data + 43,
			    first.size - 43);
	chk_buffer_clear(&first);
	chk_buffer_clear(&second);
}

/* A list that its length cannot tell is not cut, and not wrapped around. */
static void lists_that_do_not_fit_fail_the_buffer(void **state)
{
	static uint16_t many[40000];
	struct chk_hello hello = BARE;
	struct chk_buffer wire = { 0 };

	hello.suites = (struct chk_ids){ many, 32767 };
	says(&hello, "session 0");
	hello.suites.count = 32768;
	chk_hello_write(&hello, &wire);
	assert_true(wire.failed);
	wire.failed = false;
	hello.sslv2_form = true;
	chk_hello_write(&hello, &wire);
	assert_true(wire.failed);
	wire.failed = false;
	hello = FULL;
	hello.versions = (struct chk_ids){ many, 128 };
	chk_hello_write(&hello, &wire);
	assert_true(wire.failed);
	chk_buffer_clear(&wire);
}

static int start_reader(void **state)
{
	const char *top = getenv("top_srcdir");
	char port[8], program[512];
	const char *const command[] = { "python3", program, port, NULL };

	snprintf(program, sizeof(program), "%s/tests/support/read_hello.py",
		 top ? top : "..");
	return peer_program(&reader, command, port, sizeof(port)) ? 0 : -1;
}

static int stop_reader(void **state)
{
	peer_stop(&reader);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_read_as_it_was_asked_for),
		cmocka_unit_test(nothing_asked_for_is_nothing_sent),
		cmocka_unit_test(versions_stand_where_they_belong),
		cmocka_unit_test(no_share_is_an_empty_list_in_tls13_alone),
		cmocka_unit_test(a_group_without_a_share_has_none),
		cmocka_unit_test(extensions_keep_the_order_they_are_given),
		cmocka_unit_test(grease_stands_where_rfc_8701_has_it),
		cmocka_unit_test(padding_brings_it_to_the_size),
		cmocka_unit_test(
			padding_among_the_extensions_pads_as_clients_do),
		cmocka_unit_test(it_is_split_into_records),
		cmocka_unit_test(the_form_of_sslv2_is_its_own),
		cmocka_unit_test(randoms_are_made_up_each_time),
		cmocka_unit_test(lists_that_do_not_fit_fail_the_buffer),
	};

	if (!peer_has("python3")) {
		printf("1..0 # SKIP python3 is not installed\n");
		return 0;
	}
	return cmocka_run_group_tests_name("fetch/hello", tests, start_reader,
					   stop_reader);
}
