/* lib/path/subtree.c: when a name lies in a subtree of name constraints. */
#include "path/subtree.h"

#include "base/ascii.h"
#include "base/dns_name.h"
#include "cert/dn.h"

/* "host.test" or ".domain.test"; nothing at all is everything. */
static bool is_domain_base(struct chk_bytes base)
{
	if (chk_bytes_begin_with(base, "."))
		base = chk_bytes_skip(base, 1);
	else if (base.size == 0)
		return true;
	return chk_dns_name_is_sound(base);
}

/* ".domain.test": at least one label more; "host.test": that host alone. */
static bool is_host_within(struct chk_bytes host, struct chk_bytes base)
{
	if (base.size == 0)
		return true;
	if (chk_bytes_begin_with(base, "."))
		return host.size > base.size && chk_ascii_ends_with(host, base);
	return chk_ascii_equal(host, base);
}

static bool is_dns_name(struct chk_bytes name)
{
	if (chk_bytes_begin_with(name, "*."))
		name = chk_bytes_skip(name, 2);
	return chk_dns_name_is_sound(name);
}

/*
 * "*.rest" stands for one label before the rest: all of them are within a
 * base when the rest is. One of them is, too, when the base is itself one
 * label before the rest.
 */
static bool is_wildcard_within(struct chk_bytes rest, struct chk_bytes base,
			       bool excluded)
{
	const uint8_t *dot = memchr(base.data, '.', base.size);

	if (chk_dns_name_is_within(rest, base))
		return true;
	return excluded && dot &&
	       chk_ascii_equal(chk_bytes_skip(base, (size_t)(dot + 1 -
							     base.data)),
			       rest);
}

/*
 * A name and all below it. The RFC has no leading dot here; certificates do,
 * and mean (as OpenSSL and Go read it) what is below alone. That is the
 * narrow reading of a permitted subtree. Of an excluded one the wide reading
 * is the safe one, so that it covers the domain itself.
 */
static bool is_dns_within(struct chk_bytes name, struct chk_bytes base,
			  bool excluded)
{
	bool below = chk_bytes_begin_with(base, ".");

	if (base.size == 0)
		return true;
	if (below)
		base = chk_bytes_skip(base, 1);
	if (chk_bytes_begin_with(name, "*."))
		return is_wildcard_within(chk_bytes_skip(name, 2), base,
					  excluded);
	return chk_dns_name_is_within(name, base) &&
	       (!below || excluded || name.size > base.size);
}

/* Where the host of a mailbox begins; 0: there is none. */
static size_t host_of_mailbox(struct chk_bytes mailbox)
{
	size_t at = mailbox.size;

	while (at > 0 && mailbox.data[at - 1] != '@')
		at--;
	return at;
}

/*
 * The next character that a local part stands for, at `*at`; 0 at the end. A
 * quoted one says the same name in several ways (RFC 5321 section 4.1.2), of
 * which a subtree names one. -1: it is none.
 */
static int next_character(struct chk_bytes local, size_t *at)
{
	bool quoted = local.data[0] == '"', escaped;
	size_t end = local.size - quoted;
	uint8_t c;

	if (quoted && (local.size < 3 || local.data[end] != '"'))
		return -1;
	*at += quoted && *at == 0;
	if (*at == end)
		return 0;
	escaped = quoted && local.data[*at] == '\\' && *at + 1 < end;
	*at += escaped;
	c = local.data[(*at)++];
	if (c < ' ' || c >= 0x7f || (!quoted && (c == '@' || c == ' ')) ||
	    (!escaped && (c == '"' || c == '\\')))
		return -1;
	return c;
}

static bool is_local_part(struct chk_bytes local)
{
	size_t at = 0;
	int c;

	if (local.size == 0)
		return false;
	do {
		c = next_character(local, &at);
	} while (c > 0);
	return c == 0;
}

/* The local part is the host's own, so that its letters count (7.5). */
static bool is_local_part_equal(struct chk_bytes a, struct chk_bytes b)
{
	size_t at_a = 0, at_b = 0;
	int c;

	do {
		c = next_character(a, &at_a);
		if (c != next_character(b, &at_b))
			return false;
	} while (c > 0);
	return c == 0;
}

static bool is_mailbox(struct chk_bytes name)
{
	size_t host = host_of_mailbox(name);

	return host > 0 && is_local_part(chk_bytes_of(name.data, host - 1)) &&
	       chk_dns_name_is_sound(chk_bytes_skip(name, host));
}

bool chk_subtree_is_utf8_mailbox(struct chk_bytes mailbox)
{
	size_t host = host_of_mailbox(mailbox);

	return host > 1 && chk_dns_name_is_sound(chk_bytes_skip(mailbox, host));
}

static bool is_email_base(struct chk_bytes base)
{
	return host_of_mailbox(base) ? is_mailbox(base) : is_domain_base(base);
}

static bool is_email_within(struct chk_bytes name, struct chk_bytes base,
			    bool excluded)
{
	size_t host = host_of_mailbox(name), base_host = host_of_mailbox(base);

	if (base_host == 0)
		return is_host_within(chk_bytes_skip(name, host), base);
	return chk_ascii_equal(chk_bytes_skip(name, host),
			       chk_bytes_skip(base, base_host)) &&
	       is_local_part_equal(chk_bytes_of(name.data, host - 1),
				   chk_bytes_of(base.data, base_host - 1));
}

/* Address and mask; a mask with holes is no CIDR block (RFC 4632). */
static bool is_ip_base(struct chk_bytes base)
{
	size_t half = base.size / 2;
	bool ended = false;

	if (base.size != 8 && base.size != 32)
		return false;
	for (size_t bit = 0; bit < 8 * half; bit++) {
		bool set = base.data[half + bit / 8] & (0x80u >> bit % 8);

		if (set && ended)
			return false;
		ended = !set;
	}
	return true;
}

static bool is_ip_name(struct chk_bytes name)
{
	return name.size == 4 || name.size == 16;
}

static bool is_ip_within(struct chk_bytes name, struct chk_bytes base,
			 bool excluded)
{
	if (2 * name.size != base.size)
		return false;
	for (size_t i = 0; i < name.size; i++) {
		if ((name.data[i] ^ base.data[i]) & base.data[name.size + i])
			return false;
	}
	return true;
}

static bool is_directory_name(struct chk_bytes name)
{
	return chk_dn_check(name, NULL);
}

static bool is_directory_within(struct chk_bytes name, struct chk_bytes base,
				bool excluded)
{
	return chk_dn_is_within(name, base);
}

static size_t until(struct chk_bytes text, const char *ends)
{
	size_t at = 0;

	while (at < text.size && !memchr(ends, text.data[at], strlen(ends)))
		at++;
	return at;
}

/*
 * RFC 3986 section 3.2.2: what stands between "//", "user@" and ":port". A
 * backslash, which is not allowed there, is a slash to browsers.
 */
static struct chk_bytes host_of_uri(struct chk_bytes uri)
{
	size_t scheme = until(uri, ":"), user;
	struct chk_bytes rest = chk_bytes_skip(uri, scheme);

	if (scheme == 0 || !chk_bytes_begin_with(rest, "://"))
		return (struct chk_bytes){ 0 };
	rest = chk_bytes_skip(rest, 3);
	rest.size = until(rest, "/?#");
	if (until(rest, "\\") < rest.size)
		return (struct chk_bytes){ 0 };
	user = host_of_mailbox(rest);
	rest = chk_bytes_skip(rest, user);
	rest.size = until(rest, ":");
	return rest;
}

/* An address or no host at all must be refused, says the RFC. */
static bool is_uri(struct chk_bytes name)
{
	struct chk_bytes host = host_of_uri(name);

	return chk_dns_name_is_sound(host) &&
	       !chk_dns_name_ends_in_number(host);
}

static bool is_uri_within(struct chk_bytes name, struct chk_bytes base,
			  bool excluded)
{
	return is_host_within(host_of_uri(name), base);
}

static const struct chk_subtree_form FORMS[] = {
	[CHK_NAME_EMAIL] = { is_email_base, is_mailbox, is_email_within },
	[CHK_NAME_DNS] = { is_domain_base, is_dns_name, is_dns_within },
	[CHK_NAME_DIRECTORY] = { is_directory_name, is_directory_name,
				 is_directory_within },
	[CHK_NAME_URI] = { is_domain_base, is_uri, is_uri_within },
	[CHK_NAME_IP] = { is_ip_base, is_ip_name, is_ip_within },
};

const struct chk_subtree_form *chk_subtree_form(enum chk_general_name_type type)
{
	return (size_t)type < CHK_COUNT(FORMS) && FORMS[type].is_within ?
		       &FORMS[type] : NULL;
}
