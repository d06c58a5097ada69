/* lib/path/host_name.c: is the certificate for this host (RFC 9525). */
#include "path/host_name.h"

#include <arpa/inet.h>
#include <idn2.h>

#include "base/ascii.h"
#include "base/cleanup.h"
#include "base/dns_name.h"
#include "cert/oid.h"
#include "path/alt_names.h"
#include "path/nearest_name.h"

#define INPUT_MAX_SIZE 1024u /* U-labels take more bytes than A-labels */
#define LOCAL_MAX_SIZE 64u   /* RFC 5321 section 4.5.3.1.1 */

/*
 * RFC 9525 section 6.3: the wildcard is the complete left-most label and
 * stands for exactly one. Two labels at least must follow it: no CA may sell
 * "*.com", and a client that takes one has no use for it but to be deceived.
 */
static bool match_wildcard(struct chk_bytes pattern, struct chk_bytes host)
{
	struct chk_bytes rest = { pattern.data + 2, pattern.size - 2 };
	const uint8_t *dot = memchr(host.data, '.', host.size);
	size_t label = dot ? (size_t)(dot - host.data) : 0;

	return label > 0 && chk_dns_name_is_sound(rest) &&
	       memchr(rest.data, '.', rest.size) &&
	       chk_ascii_equal(chk_bytes_of(dot + 1, host.size - label - 1),
			       rest);
}

bool chk_host_name_match(struct chk_bytes pattern, const char *host)
{
	struct chk_bytes asked = chk_bytes_text(host);

	if (pattern.size > 2 && memcmp(pattern.data, "*.", 2) == 0)
		return match_wildcard(pattern, asked);
	return chk_dns_name_is_sound(pattern) &&
	       chk_ascii_equal(pattern, asked);
}

/* RFC 5321 section 2.4: the local part is the host's own, letters count. */
static bool match_email(struct chk_bytes name, const char *email)
{
	struct chk_bytes asked = chk_bytes_text(email);
	const char *at = strrchr(email, '@');
	size_t local = at ? (size_t)(at - email) + 1 : 0;

	return local > 0 && chk_ascii_equal(name, asked) &&
	       memcmp(name.data, asked.data, local) == 0;
}

/* An address is never a dNSName, and a name never an iPAddress. */
static bool match(const struct chk_general_name *name,
		  const struct chk_identity *identity)
{
	switch (identity->type) {
	case CHK_IDENTITY_DNS:
		return name->type == CHK_NAME_DNS &&
		       chk_host_name_match(name->value, identity->text);
	case CHK_IDENTITY_IP:
		return name->type == CHK_NAME_IP &&
		       chk_bytes_equal(name->value,
				       chk_bytes_of(identity->ip,
						    identity->ip_size));
	case CHK_IDENTITY_EMAIL:
		return name->type == CHK_NAME_EMAIL &&
		       match_email(name->value, identity->text);
	default:
		return false;
	}
}

/* The value of `type` in the subject that would match; NULL: none. */
static const char *match_subject(const struct chk_cert *leaf,
				 enum chk_oid type,
				 const struct chk_identity *identity,
				 struct chk_arena *arena)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer value = { 0 };
	struct chk_general_name name = {
		.type = type == CHK_OID_AT_EMAIL ? CHK_NAME_EMAIL :
						   CHK_NAME_DNS,
	};
	size_t cursor = 0;

	while (chk_subject_next(leaf, chk_oid_bytes(type), &cursor, &value)) {
		name.value = chk_bytes_of(value.data, value.size);
		if (value.size && match(&name, identity))
			return chk_arena_text(arena, value.data);
	}
	return NULL;
}

static bool is_for(const struct chk_cert *leaf,
		   const struct chk_identity *identity,
		   struct chk_arena *arena)
{
	struct chk_der names = chk_alt_names_begin(leaf);
	struct chk_general_name name;
	bool email = false;

	while (chk_general_name_next(&names, &name)) {
		if (match(&name, identity))
			return true;
		email = email || name.type == CHK_NAME_EMAIL;
	}
	/* RFC 5280 4.2.1.6: legacy, where the extension has no address. */
	return identity->type == CHK_IDENTITY_EMAIL && !email &&
	       match_subject(leaf, CHK_OID_AT_EMAIL, identity, arena);
}

void chk_host_name_check(const struct chk_cert *leaf,
			 const struct chk_identity *identity, bool common_name,
			 struct chk_defects *defects)
{
	struct chk_defect defect = { .rule = CHK_RULE_HOST_NAME,
				     .cert = leaf };
	const char *common = NULL;

	if (identity->type == CHK_IDENTITY_NONE ||
	    is_for(leaf, identity, defects->arena))
		return;
	defect.text = chk_nearest_name(leaf, identity, defects->arena,
				       &defect.found);
	if (identity->type == CHK_IDENTITY_DNS &&
	    !chk_alt_names_has(leaf, CHK_NAME_DNS))
		common = match_subject(leaf, CHK_OID_AT_COMMON_NAME, identity,
				       defects->arena);
	if (common && common_name)
		return;
	if (common) {
		defect.rule = CHK_RULE_COMMON_NAME_ONLY;
		defect.text = common;
	}
	chk_defects_add(defects, defect);
}

static bool refuse(struct chk_error *error, const char *what, const char *why)
{
	return chk_error_set(error, CHK_ERROR_ARGUMENT, what, "%s", why);
}

/* "[2001:db8::1]", and a zone ("%eth0") that no certificate can name. */
static bool read_ip(struct chk_identity *identity, const char *host)
{
	char room[INET6_ADDRSTRLEN] = "";
	size_t size = strlen(host);
	bool brackets = size > 2 && host[0] == '[' && host[size - 1] == ']';
	const char *text = brackets ? host + 1 : host, *zone;

	size -= brackets ? 2 : 0;
	zone = memchr(text, '%', size);
	if (zone && memchr(text, ':', (size_t)(zone - text)))
		size = (size_t)(zone - text);
	if (size == 0 || size >= sizeof(room))
		return false;
	memcpy(room, text, size);
	if (!brackets && inet_pton(AF_INET, room, identity->ip) == 1)
		identity->ip_size = 4;
	else if (inet_pton(AF_INET6, room, identity->ip) == 1)
		identity->ip_size = 16;
	else
		return false;
	identity->type = CHK_IDENTITY_IP;
	return inet_ntop(identity->ip_size == 4 ? AF_INET : AF_INET6,
			 identity->ip, identity->text,
			 sizeof(identity->text)) != NULL;
}

/* The name in A-labels, lower case and without its last dot, in `room`. */
static bool read_dns(const char *name, char *room, size_t room_size,
		     struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *converted = NULL;
	const char *text = name;
	size_t size;
	int code;

	if (strlen(name) > INPUT_MAX_SIZE)
		return refuse(error, name, "too long for a host name");
	if (!chk_ascii_is_all(name)) {
		code = idn2_lookup_u8((const uint8_t *)name, &converted,
				      IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
		if (code == IDN2_MALLOC)
			return chk_error_memory(error);
		if (code != IDN2_OK)
			return refuse(error, name, idn2_strerror(code));
		text = (const char *)converted;
	}
	size = strlen(text);
	size -= size > 1 && text[size - 1] == '.';
	if (size >= room_size ||
	    !chk_dns_name_is_sound(chk_bytes_of(text, size)))
		return refuse(error, name, "neither an IP address nor a DNS "
			      "name");
	for (size_t i = 0; i < size; i++)
		room[i] = (char)chk_ascii_lower((uint8_t)text[i]);
	room[size] = '\0';
	if (chk_dns_name_ends_in_number(chk_bytes_of(room, size)))
		return refuse(error, name, "ends in a number, and is no IP "
			      "address of four decimal numbers");
	return true;
}

bool chk_identity_set(struct chk_identity *identity, const char *host,
		      struct chk_error *error)
{
	*identity = (struct chk_identity){ 0 };
	if (!host || !*host)
		return refuse(error, NULL, "the host name is empty");
	if (read_ip(identity, host))
		return true;
	*identity = (struct chk_identity){ 0 };
	if (!read_dns(host, identity->text, sizeof(identity->text), error))
		return false;
	identity->type = CHK_IDENTITY_DNS;
	return true;
}

bool chk_identity_set_email(struct chk_identity *identity, const char *email,
			    struct chk_error *error)
{
	const char *at = email ? strrchr(email, '@') : NULL;
	size_t local = at ? (size_t)(at - email) : 0;

	*identity = (struct chk_identity){ 0 };
	if (local == 0 || local > LOCAL_MAX_SIZE)
		return refuse(error, email, "no e-mail address");
	for (size_t i = 0; i < local; i++) {
		if (email[i] <= ' ' || email[i] >= 0x7f)
			return refuse(error, email, "not a character of an "
				      "e-mail address");
	}
	memcpy(identity->text, email, local + 1);
	if (!read_dns(at + 1, identity->text + local + 1,
		      sizeof(identity->text) - local - 1, error)) {
		*identity = (struct chk_identity){ 0 };
		return false;
	}
	identity->type = CHK_IDENTITY_EMAIL;
	return true;
}
