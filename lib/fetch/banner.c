/* lib/fetch/banner.c: a table of first bytes, the first row that fits wins. */
#include "fetch/banner.h"

#include "base/cleanup.h"
#include "base/text.h"

#define AS(literal) { (const uint8_t *)(literal), sizeof(literal) - 1 }

/*
 * `at` is where `begins` stands; `holds` is looked for anywhere behind it.
 * Sources: RFC 9112 (HTTP), 9113 (HTTP/2), 4253 (SSH), 5321 (SMTP), 959 (FTP),
 * 3977 (NNTP), 1939 (POP3), 9051 (IMAP), 5804 (ManageSieve), 6120 (XMPP), 2812
 * (IRC), 6143 (VNC), 854 (Telnet), 4511 (LDAP), the MySQL, PostgreSQL and AMQP
 * 0-9-1 protocol manuals, [MS-RDPBCGR] (RDP), redis.io and memcached's
 * protocol.txt, rsync(1).
 */
static const struct {
	size_t at;
	struct chk_bytes begins, holds;
	const char *protocol;
} BANNERS[] = {
	{ 0, AS("HTTP/"), AS(""), "HTTP" },
	/* An answer to a request line that is none has no status line. */
	{ 0, AS("<!DOCTYPE"), AS(""), "HTTP" },
	{ 0, AS("<!doctype"), AS(""), "HTTP" },
	{ 0, AS("<html"), AS(""), "HTTP" },
	{ 0, AS("<HTML"), AS(""), "HTTP" },
	{ 0, AS("<head"), AS(""), "HTTP" },
	{ 0, AS("SSH-"), AS(""), "SSH" },
	{ 0, AS("220"), AS("FTP"), "FTP" },
	{ 0, AS("220"), AS("ftp"), "FTP" },
	{ 0, AS("220"), AS("SMTP"), "SMTP" },
	{ 0, AS("220"), AS(""), "SMTP or FTP" },
	{ 0, AS("554"), AS(""), "SMTP" },
	{ 0, AS("421"), AS(""), "SMTP or FTP" },
	{ 0, AS("200 "), AS(""), "NNTP" },
	{ 0, AS("201 "), AS(""), "NNTP" },
	{ 0, AS("+OK"), AS(""), "POP3" },
	{ 0, AS("-ERR "), AS("Protocol"), "Redis" },
	{ 0, AS("-ERR "), AS("unknown command"), "Redis" },
	{ 0, AS("-DENIED"), AS(""), "Redis" },
	{ 0, AS("-ERR"), AS(""), "POP3" },
	{ 0, AS("* OK"), AS(""), "IMAP" },
	{ 0, AS("* BYE"), AS(""), "IMAP" },
	{ 0, AS("* PREAUTH"), AS(""), "IMAP" },
	{ 0, AS("\"IMPLEMENTATION\""), AS(""), "ManageSieve" },
	{ 0, AS("<?xml"), AS("stream"), "XMPP" },
	{ 0, AS("<stream:"), AS(""), "XMPP" },
	{ 0, AS("<?xml"), AS(""), "HTTP" },
	{ 0, AS(":"), AS(" NOTICE "), "IRC" },
	{ 0, AS("NOTICE "), AS(""), "IRC" },
	{ 0, AS("RFB "), AS(""), "VNC" },
	{ 0, AS("@RSYNCD:"), AS(""), "rsync" },
	{ 0, AS("AMQP"), AS(""), "AMQP" },
	{ 0, AS("ERROR\r\n"), AS(""), "memcached" },
	{ 0, AS("E\0\0\0"), AS("SFATAL"), "PostgreSQL" },
	{ 0, AS("EFATAL"), AS(""), "PostgreSQL" },
	/* Length, sequence 0, then version 10 or an error. */
	{ 2, AS("\0\0\x0a"), AS(""), "MySQL" },
	{ 2, AS("\0\0\xff"), AS(""), "MySQL" },
	/* A SETTINGS frame on stream 0. */
	{ 3, AS("\x04\0\0\0\0\0"), AS(""), "HTTP/2 without TLS" },
	{ 0, AS("\x03\0\0"), AS(""), "RDP" },
	{ 0, AS("\xff\xfb"), AS(""), "Telnet" },
	{ 0, AS("\xff\xfd"), AS(""), "Telnet" },
	/* The notice of disconnection is an ExtendedResponse, message 0. */
	{ 0, AS("\x30"), AS("1.3.6.1.4.1.1466.20036"), "LDAP" },
};

static bool begins_with(struct chk_bytes bytes, size_t at,
			struct chk_bytes wanted)
{
	return bytes.size >= at + wanted.size &&
	       memcmp(bytes.data + at, wanted.data, wanted.size) == 0;
}

static bool holds(struct chk_bytes bytes, size_t from, struct chk_bytes wanted)
{
	for (size_t at = from; at + wanted.size <= bytes.size; at++) {
		if (begins_with(bytes, at, wanted))
			return true;
	}
	return false;
}

const char *chk_banner_protocol(struct chk_bytes first)
{
	for (size_t i = 0; i < CHK_COUNT(BANNERS); i++) {
		size_t behind = BANNERS[i].at + BANNERS[i].begins.size;

		if (begins_with(first, BANNERS[i].at, BANNERS[i].begins) &&
		    holds(first, behind, BANNERS[i].holds))
			return BANNERS[i].protocol;
	}
	return NULL;
}

/* The first line alone: what follows it says nothing more. */
static struct chk_bytes first_line(struct chk_bytes bytes)
{
	size_t size = 0;

	while (size < bytes.size && bytes.data[size] != '\r' &&
	       bytes.data[size] != '\n')
		size++;
	return chk_bytes_of(bytes.data, size ? size : bytes.size);
}

const char *chk_banner_told(struct chk_arena *arena, struct chk_bytes first)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer line = { 0 };
	const char *protocol = chk_banner_protocol(first), *told;

	chk_text_escape(&line, first_line(first));
	told = line.failed ? NULL :
	       chk_arena_format(arena, "the server does not speak TLS%s%s: its "
				"first bytes are \"%s\"",
				protocol ? " but " : "",
				protocol ? protocol : "",
				line.data ? line.data : "");
	return told ? told : "";
}
