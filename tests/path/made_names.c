/* tests/path/made_names.c: names, constraints and certificates made by hand. */
#include "path/made_names.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "cert/der.h"

static const struct {
	const char *prefix;
	uint8_t tag;
} FORMS[] = {
	{ "email:", CHK_DER_CONTEXT(1) },
	{ "DNS:", CHK_DER_CONTEXT(2) },
	{ "dir:", CHK_DER_CONTEXT_CONSTRUCTED(4) },
	{ "URI:", CHK_DER_CONTEXT(6) },
	{ "IP:", CHK_DER_CONTEXT(7) },
};

static const struct {
	const char *prefix;
	const char *oid;
	uint8_t tag;
} ATTRIBUTES[] = {
	{ "O=", "\x55\x04\x0a", CHK_DER_UTF8_STRING },
	{ "OU=", "\x55\x04\x0b", CHK_DER_UTF8_STRING },
	{ "CN=", "\x55\x04\x03", CHK_DER_UTF8_STRING },
	{ "E=", "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x01", CHK_DER_IA5_STRING },
};

struct chk_bytes made_joined(struct chk_arena *arena, struct chk_bytes a,
			     struct chk_bytes b)
{
	uint8_t *room = chk_arena_get(arena, a.size + b.size + 1);

	if (a.size)
		memcpy(room, a.data, a.size);
	if (b.size)
		memcpy(room + a.size, b.data, b.size);
	return chk_bytes_of(room, a.size + b.size);
}

/* X.690 10.1: the shortest form of the length. */
struct chk_bytes made_tlv(struct chk_arena *arena, uint8_t tag,
			  struct chk_bytes content)
{
	uint8_t head[6] = { tag };
	size_t size = 2, bytes = 1;

	if (content.size < 0x80) {
		head[1] = (uint8_t)content.size;
	} else {
		while (bytes < 4 && content.size >> 8 * bytes)
			bytes++;
		head[1] = (uint8_t)(0x80 | bytes);
		for (size_t i = 0; i < bytes; i++)
			head[2 + i] = (uint8_t)(content.size >>
						8 * (bytes - 1 - i));
		size += bytes;
	}
	return made_joined(arena, chk_bytes_of(head, size), content);
}

static bool has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static struct chk_bytes made_attribute(struct chk_arena *arena,
				       const char *text)
{
	for (size_t i = 0; i < CHK_COUNT(ATTRIBUTES); i++) {
		size_t skip = strlen(ATTRIBUTES[i].prefix);
		struct chk_bytes oid, value;

		if (!has_prefix(text, ATTRIBUTES[i].prefix))
			continue;
		oid = made_tlv(arena, CHK_DER_OID,
			       chk_bytes_text(ATTRIBUTES[i].oid));
		value = made_tlv(arena, ATTRIBUTES[i].tag,
				 chk_bytes_text(text + skip));
		return made_tlv(arena, CHK_DER_SET,
				made_tlv(arena, CHK_DER_SEQUENCE,
					 made_joined(arena, oid, value)));
	}
	abort();
}

/* The parts of `text` between the characters `separator`. */
static struct chk_bytes
made_list(struct chk_arena *arena, const char *text, const char *separator,
	  struct chk_bytes (*make)(struct chk_arena *, const char *))
{
	struct chk_bytes content = { 0 };
	char *copy = chk_arena_text(arena, text), *rest = NULL, *part;

	for (part = strtok_r(copy, separator, &rest); part;
	     part = strtok_r(NULL, separator, &rest))
		content = made_joined(arena, content, make(arena, part));
	return content;
}

struct chk_bytes made_dn(struct chk_arena *arena, const char *text)
{
	return made_tlv(arena, CHK_DER_SEQUENCE,
			made_list(arena, text, ",", made_attribute));
}

/* An address, and its mask behind it. */
static struct chk_bytes made_ip(struct chk_arena *arena, const char *text)
{
	char *copy = chk_arena_text(arena, text);
	char *mask = strchr(copy, '/');
	int family = strchr(copy, ':') ? AF_INET6 : AF_INET;
	size_t size = family == AF_INET ? 4 : 16;
	uint8_t *room = chk_arena_get(arena, 2 * size);

	if (mask)
		*mask++ = '\0';
	if (inet_pton(family, copy, room) != 1 ||
	    (mask && inet_pton(family, mask, room + size) != 1))
		abort();
	return chk_bytes_of(room, mask ? 2 * size : size);
}

/* 1.3.6.1.5.5.7.8.9, and [0] UTF8String. */
static struct chk_bytes made_smtp(struct chk_arena *arena,
				  struct chk_bytes mailbox)
{
	struct chk_bytes type = chk_bytes_of("\x06\x08\x2b\x06\x01\x05\x05"
					     "\x07\x08\x09", 10);

	return made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
			made_joined(arena, type, made_tlv(
				arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
				made_tlv(arena, CHK_DER_UTF8_STRING,
					 mailbox))));
}

struct chk_bytes made_name(struct chk_arena *arena, const char *text)
{
	if (has_prefix(text, "RID:"))
		return made_tlv(arena, CHK_DER_CONTEXT(8),
				chk_bytes_of("\x2a\x03", 2));
	if (has_prefix(text, "other:"))
		return made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(0),
				chk_bytes_of("\x06\x02\x2a\x03\xa0\x02\x05\x00",
					     8));
	if (has_prefix(text, "smtp:"))
		return made_smtp(arena, chk_bytes_text(text + 5));
	for (size_t i = 0; i < CHK_COUNT(FORMS); i++) {
		const char *rest = text + strlen(FORMS[i].prefix);

		if (!has_prefix(text, FORMS[i].prefix))
			continue;
		if (has_prefix(text, "IP:"))
			return made_tlv(arena, FORMS[i].tag,
					made_ip(arena, rest));
		if (has_prefix(text, "dir:"))
			return made_tlv(arena, FORMS[i].tag,
					made_dn(arena, rest));
		return made_tlv(arena, FORMS[i].tag, chk_bytes_text(rest));
	}
	abort();
}

struct chk_bytes made_alt_names(struct chk_arena *arena, const char *list)
{
	return made_tlv(arena, CHK_DER_SEQUENCE,
			made_list(arena, list, " ", made_name));
}

static struct chk_bytes made_subtree(struct chk_arena *arena, const char *text)
{
	return made_tlv(arena, CHK_DER_SEQUENCE, made_name(arena, text));
}

static struct chk_bytes made_subtrees(struct chk_arena *arena, uint8_t n,
				      const char *list)
{
	if (!list)
		return (struct chk_bytes){ 0 };
	return made_tlv(arena, CHK_DER_CONTEXT_CONSTRUCTED(n),
			made_list(arena, list, " ", made_subtree));
}

struct chk_bytes made_constraints(struct chk_arena *arena,
				  const char *permitted, const char *excluded)
{
	return made_tlv(arena, CHK_DER_SEQUENCE,
			made_joined(arena, made_subtrees(arena, 0, permitted),
				    made_subtrees(arena, 1, excluded)));
}

struct chk_cert made_cert(struct chk_arena *arena, const char *subject,
			  const char *names)
{
	struct chk_cert cert = { .version = 3,
				 .subject = made_dn(arena, subject) };

	if (names) {
		cert.alt_names.present = true;
		cert.alt_names.value = made_alt_names(arena, names);
	}
	return cert;
}
