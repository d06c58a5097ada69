/* lib/report/label.c: the words for values, the same in every format. */
#include "report/label.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cert/cert.h"
#include "cert/dn.h"

static const char *const VERDICTS[] = {
	[CHK_VERDICT_UNTRUSTED] = "untrusted",
	[CHK_VERDICT_TRUSTED] = "trusted",
	[CHK_VERDICT_UNDECIDED] = "undecided",
};

static const char *const SEVERITIES[] = {
	[CHK_SEVERITY_NOTE] = "note",
	[CHK_SEVERITY_WARNING] = "warning",
	[CHK_SEVERITY_ERROR] = "error",
};

static const char *const PARTIES[] = {
	[CHK_PARTY_NONE] = "none",
	[CHK_PARTY_SERVER] = "server",
	[CHK_PARTY_CLIENT] = "client",
	[CHK_PARTY_CA] = "ca",
	[CHK_PARTY_NETWORK] = "network",
};

static const char *const ROLES[] = {
	[CHK_ROLE_LEAF] = "leaf",
	[CHK_ROLE_INTERMEDIATE] = "intermediate",
	[CHK_ROLE_ANCHOR] = "anchor",
	[CHK_ROLE_TOP] = "top",
	[CHK_ROLE_MISSING] = "missing",
};

const char *chk_label_verdict(enum chk_verdict verdict)
{
	return VERDICTS[verdict];
}

const char *chk_label_severity(enum chk_severity severity)
{
	return SEVERITIES[severity];
}

const char *chk_label_party(enum chk_party party)
{
	return PARTIES[party];
}

const char *chk_label_role(enum chk_role role)
{
	return ROLES[role];
}

bool chk_label_is_subject(const struct chk_subject *subject)
{
	return subject->cert || subject->name;
}

struct chk_bytes chk_label_key_id(const struct chk_subject *subject)
{
	return subject->cert ? subject->cert->key_id : subject->key_id;
}

void chk_label_name(struct chk_buffer *buffer,
		    const struct chk_subject *subject)
{
	CHK_CLEANUP(chk_cleanup_free) char *name = NULL;

	if (!subject->cert) {
		if (subject->name)
			chk_buffer_text(buffer, subject->name);
		return;
	}
	name = chk_cert_subject(subject->cert);
	if (name)
		chk_buffer_text(buffer, name);
	else
		buffer->failed = true;
}

/* The size of one "type=value" of RFC 4514 text; '\' takes the next along. */
static size_t attribute_size(const char *text)
{
	size_t size = 0;

	while (text[size] && text[size] != ',' && text[size] != '+')
		size += text[size] == '\\' && text[size + 1] ? 2 : 1;
	return size;
}

/* The value of the first CN, else of the first attribute there is. */
static const char *find_attribute(const char *name, size_t *size)
{
	const char *found = name, *at = name;

	for (*size = attribute_size(name); *at;) {
		size_t length = attribute_size(at);

		if (length > 3 && strncmp(at, "CN=", 3) == 0) {
			found = at;
			*size = length;
			break;
		}
		at += length + (at[length] != '\0');
	}
	return found;
}

/* Without the '\' before what RFC 4514 section 2.4 escapes by itself. */
static void add_unescaped(struct chk_buffer *buffer, const char *value,
			  size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (value[i] == '\\' && i + 1 < size &&
		    strchr(" \"#+,;<=>\\", value[i + 1]))
			i++;
		chk_buffer_add(buffer, value + i, 1);
	}
}

static void add_short_of(struct chk_buffer *buffer, const char *name)
{
	size_t size;
	const char *attribute = find_attribute(name, &size);
	const char *equals = memchr(attribute, '=', size);

	if (!equals) {
		chk_buffer_text(buffer, name);
		return;
	}
	size -= (size_t)(equals + 1 - attribute);
	add_unescaped(buffer, equals + 1, size);
}

void chk_label_short(struct chk_buffer *buffer,
		     const struct chk_subject *subject)
{
	size_t before = buffer->size;

	if (subject->cert)
		chk_dn_short(buffer, subject->cert->subject);
	else if (subject->name)
		add_short_of(buffer, subject->name);
	if (buffer->size == before)
		chk_buffer_text(buffer, "(empty name)");
}
