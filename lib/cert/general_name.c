/* lib/cert/general_name.c: names in SAN and name constraints (4.2.1.6). */
#include "cert/general_name.h"

#include <arpa/inet.h>

#include <unistr.h>

#include "base/text.h"
#include "cert/dn.h"
#include "cert/oid.h"

/* The forms whose context tag is constructed. */
static bool is_constructed(unsigned int type)
{
	return type == CHK_NAME_OTHER || type == CHK_NAME_X400 ||
	       type == CHK_NAME_DIRECTORY || type == CHK_NAME_EDI;
}

/* [4] is EXPLICIT, since Name is a CHOICE. */
static bool read_directory(const struct chk_der *names,
			   const struct chk_tlv *tlv, struct chk_bytes *name)
{
	struct chk_der der = chk_der_inside(names, tlv);
	uint64_t hash;

	return chk_dn_read(&der, "directoryName", name, &hash) &&
	       chk_der_end(&der, "directoryName");
}

/* X.690 8.1.2.2: of an identifier byte. */
#define CLASS 0xc0
#define CONTEXT 0x80

static bool no_such_form(const struct chk_der *names, const uint8_t *at)
{
	return chk_der_fail(names, at, "GeneralName",
			    "no such form (RFC 5280 4.2.1.6)");
}

static bool read_name(struct chk_der *names, struct chk_general_name *name)
{
	struct chk_tlv tlv;
	unsigned int type;

	if (!chk_der_next(names, &tlv))
		return false;
	type = tlv.tag & 0x1f;
	if (type >= CHK_NAME_UNKNOWN || (tlv.tag & CLASS) != CONTEXT)
		type = CHK_NAME_UNKNOWN;
	else if (tlv.tag != (is_constructed(type) ?
			     CHK_DER_CONTEXT_CONSTRUCTED(type) :
			     CHK_DER_CONTEXT(type)))
		return no_such_form(names, tlv.whole.data);
	name->type = (enum chk_general_name_type)type;
	name->value = tlv.value;
	return type != CHK_NAME_DIRECTORY ||
	       read_directory(names, &tlv, &name->value);
}

/* A name that cannot be read stays before the cursor: it is not the end. */
bool chk_general_name_next(struct chk_der *names, struct chk_general_name *name)
{
	struct chk_der before = *names;

	if (read_name(names, name))
		return true;
	*names = before;
	return false;
}

bool chk_general_names_check(struct chk_der names, bool known)
{
	struct chk_general_name name;
	struct chk_der before;

	if (chk_der_at_end(&names))
		return chk_der_fail(&names, names.rest.data, NULL,
				    "nothing in it");
	while (!chk_der_at_end(&names)) {
		before = names;
		if (!chk_general_name_next(&names, &name))
			return false;
		if (known && name.type == CHK_NAME_UNKNOWN)
			return no_such_form(&before, before.rest.data);
	}
	return true;
}

/* OtherName ::= SEQUENCE { type-id, [0] EXPLICIT value }, a UTF8String. */
bool chk_general_name_smtp_utf8(const struct chk_general_name *name,
				struct chk_bytes *mailbox)
{
	struct chk_der der = chk_der_begin(name->value, NULL);
	struct chk_tlv tlv, value;

	*mailbox = (struct chk_bytes){ 0 };
	if (name->type != CHK_NAME_OTHER ||
	    !chk_der_expect(&der, CHK_DER_OID, "type-id", &tlv) ||
	    chk_oid_find(tlv.value) != CHK_OID_ON_SMTP_UTF8)
		return false;
	if (!chk_der_expect(&der, CHK_DER_CONTEXT_CONSTRUCTED(0), "value",
			    &tlv) || !chk_der_at_end(&der))
		return true;
	der = chk_der_inside(&der, &tlv);
	if (chk_der_expect(&der, CHK_DER_UTF8_STRING, "value", &value) &&
	    chk_der_at_end(&der) && value.value.size &&
	    !u8_check(value.value.data, value.value.size))
		*mailbox = value.value;
	return true;
}

static const char *const PREFIXES[] = {
	[CHK_NAME_OTHER] = "otherName:",     [CHK_NAME_EMAIL] = "email:",
	[CHK_NAME_DNS] = "DNS:",	     [CHK_NAME_X400] = "x400Address:",
	[CHK_NAME_DIRECTORY] = "directory:", [CHK_NAME_EDI] = "ediPartyName:",
	[CHK_NAME_URI] = "URI:",	     [CHK_NAME_IP] = "IP:",
	[CHK_NAME_REGISTERED_ID] = "OID:",   [CHK_NAME_UNKNOWN] = "unknown:",
};

static void add_address(struct chk_buffer *buffer, struct chk_bytes bytes)
{
	char text[INET6_ADDRSTRLEN];

	if (inet_ntop(bytes.size == 4 ? AF_INET : AF_INET6, bytes.data, text,
		      sizeof(text)))
		chk_buffer_text(buffer, text);
}

/* 4 or 16 bytes of address, or twice that with a mask. */
static void add_ip(struct chk_buffer *buffer, struct chk_bytes value)
{
	size_t half = value.size / 2;

	if (value.size == 4 || value.size == 16) {
		add_address(buffer, value);
	} else if (value.size == 8 || value.size == 32) {
		add_address(buffer, chk_bytes_of(value.data, half));
		chk_buffer_text(buffer, "/");
		add_address(buffer, chk_bytes_of(value.data + half, half));
	} else {
		chk_buffer_text(buffer, "#");
		chk_text_hex(buffer, value, 0);
	}
}

/* SEQUENCE { type-id, [0] value } by its type; what is damaged, as bytes. */
static void add_other(struct chk_buffer *buffer, struct chk_bytes value)
{
	struct chk_der der = chk_der_begin(value, NULL);
	struct chk_tlv tlv;

	if (chk_der_expect(&der, CHK_DER_OID, "type-id", &tlv)) {
		chk_oid_dotted(buffer, tlv.value);
		return;
	}
	chk_buffer_text(buffer, "#");
	chk_text_hex(buffer, value, 0);
}

void chk_general_name_text(struct chk_buffer *buffer,
			   const struct chk_general_name *name)
{
	chk_buffer_text(buffer, PREFIXES[name->type]);
	switch (name->type) {
	case CHK_NAME_EMAIL:
	case CHK_NAME_DNS:
	case CHK_NAME_URI:
		chk_text_escape(buffer, name->value);
		break;
	case CHK_NAME_DIRECTORY:
		chk_dn_text(buffer, name->value);
		break;
	case CHK_NAME_IP:
		add_ip(buffer, name->value);
		break;
	case CHK_NAME_REGISTERED_ID:
		chk_oid_dotted(buffer, name->value);
		break;
	case CHK_NAME_OTHER:
		add_other(buffer, name->value);
		break;
	case CHK_NAME_X400:
	case CHK_NAME_EDI:
	case CHK_NAME_UNKNOWN:
		chk_buffer_text(buffer, "#");
		chk_text_hex(buffer, name->value, 0);
		break;
	}
}
