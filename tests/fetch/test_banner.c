/* tests/fetch/test_banner.c: lib/fetch/banner.c, greetings as captured. */
#include "support/test.h"

#include "fetch/banner.h"

/* BYTES is no constant: these are. */
#define AS(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }

static const struct {
	struct chk_bytes first;
	const char *protocol;
} GREETINGS[] = {
	{ AS("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n"), "HTTP" },
	{ AS("HTTP/1.0 400 Bad request\r\n"), "HTTP" },
	{ AS("<!DOCTYPE HTML>\n<html lang=\"en\">\n"), "HTTP" },
	{ AS("<html>\r\n<head><title>400 Bad Request"), "HTTP" },
	{ AS("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"), "SSH" },
	{ AS("220 mail.example.test ESMTP Postfix (Debian/GNU)\r\n"),
	  "SMTP" },
	{ AS("220 (vsFTPd 3.0.3)\r\n"), "FTP" },
	{ AS("220 ProFTPD Server ready.\r\n"), "FTP" },
	{ AS("220 welcome\r\n"), "SMTP or FTP" },
	{ AS("+OK Dovecot ready.\r\n"), "POP3" },
	{ AS("* OK [CAPABILITY IMAP4rev1 STARTTLS] Dovecot ready.\r\n"),
	  "IMAP" },
	{ AS("\x4a\0\0\0\x0a" "8.0.36\0"), "MySQL" },
	{ AS("\x45\0\0\0\xff\x6a\x04Host '10.0.0.1' is not allowed"),
	  "MySQL" },
	{ AS("-ERR Protocol error: invalid bulk length\r\n"), "Redis" },
	{ AS("-ERR unknown command\r\n"), "Redis" },
	{ AS("AMQP\0\0\x09\x01"), "AMQP" },
	{ AS("RFB 003.008\n"), "VNC" },
	{ AS("@RSYNCD: 31.0\n"), "rsync" },
	{ AS("\xff\xfd\x18\xff\xfd\x20"), "Telnet" },
	{ AS("\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80"),
	  "HTTP/2 without TLS" },
	{ AS("hello\n"), NULL },
	{ AS("H"), NULL },
	{ AS(""), NULL },
};

static void greetings_are_told_apart(void **state)
{
	for (size_t i = 0; i < CHK_COUNT(GREETINGS); i++) {
		const char *protocol = chk_banner_protocol(GREETINGS[i].first);

		if (GREETINGS[i].protocol) {
			assert_non_null(protocol);
			assert_string_equal(protocol, GREETINGS[i].protocol);
		} else {
			assert_null(protocol);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(greetings_are_told_apart),
	};

	return cmocka_run_group_tests_name("fetch/banner", tests, NULL, NULL);
}
