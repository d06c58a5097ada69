/* cli/host.c: the ways to write a host, and where to go instead. */
#include "config.h"

#include "host.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <chaincheck.h>

#include "number.h"

/* struct part borrows a piece of a text. */
struct part {
	const char *text;
	size_t size;
};

enum { HTTPS_PORT = 443, MAX_PARTS = 4 };

static bool part_is(struct part part, const char *text)
{
	return strlen(text) == part.size &&
		strncasecmp(part.text, text, part.size) == 0;
}

static bool port_read(struct part part, uint16_t *port)
{
	char digits[6];
	int64_t number;

	if (part.size >= sizeof(digits))
		return false;
	memcpy(digits, part.text, part.size);
	digits[part.size] = '\0';
	if (!whole_read(digits, 1, UINT16_MAX, &number))
		return false;
	*port = (uint16_t)number;
	return true;
}

static bool is_ipv6(struct part part)
{
	unsigned char address[16];
	char text[64];
	const char *zone = memchr(part.text, '%', part.size);
	size_t size = zone != NULL ? (size_t)(zone - part.text) : part.size;

	if (size >= sizeof(text))
		return false;
	memcpy(text, part.text, size);
	text[size] = '\0';
	return inet_pton(AF_INET6, text, address) == 1;
}

/* Takes "[v6]" or everything up to `stop` or the end from the front. */
static bool take_host(struct part *rest, char stop, struct part *host)
{
	const char *end;

	if (rest->size > 0 && rest->text[0] == '[') {
		end = memchr(rest->text, ']', rest->size);
		if (end == NULL)
			return false;
		*host = (struct part){ rest->text + 1,
				       (size_t)(end - rest->text) - 1 };
		if (!is_ipv6(*host))
			return false;
		end++;
	} else {
		end = memchr(rest->text, stop, rest->size);
		if (end == NULL)
			end = rest->text + rest->size;
		*host = (struct part){ rest->text,
				       (size_t)(end - rest->text) };
	}
	rest->size -= (size_t)(end - rest->text);
	rest->text = end;
	return true;
}

/* The scheme, where it is of a service with TLS; no port is the service's. */
static bool take_scheme(struct part scheme, struct host *host)
{
	struct chk_service service;

	if (scheme.size >= sizeof(host->scheme))
		return false;
	memcpy(host->scheme, scheme.text, scheme.size);
	host->scheme[scheme.size] = '\0';
	if (!chk_service_find(host->scheme, &service))
		return false;
	host->port = service.port;
	return true;
}

/* Takes off what an URL has before and behind its host and port. */
static bool take_authority(const char *text, struct part *rest,
			   struct host *host, const char **why)
{
	const char *scheme = strstr(text, "://");
	const char *at;

	*rest = (struct part){ text, strlen(text) };
	if (scheme == NULL) {
		if (strchr(text, '/') == NULL)
			return true;
		*why = "is no host; `chaincheck verify` takes files";
		return false;
	}
	if (!take_scheme((struct part){ text, (size_t)(scheme - text) },
			 host)) {
		*why = "is no https:// address, nor of another service with "
		       "TLS";
		return false;
	}
	rest->text = scheme + 3;
	rest->size = strcspn(rest->text, "/?#");
	at = memrchr(rest->text, '@', rest->size);
	if (at != NULL) {
		rest->size -= (size_t)(at + 1 - rest->text);
		rest->text = at + 1;
	}
	return true;
}

bool host_read(const char *text, struct host *host, const char **why)
{
	struct part rest, name;

	*host = (struct host){0};
	if (strncmp(text, "unix:/", 6) == 0) {
		host->name = text_copy(text, strlen(text));
		return true;
	}
	if (!take_authority(text, &rest, host, why))
		return false;
	*why = "is no HOST, HOST:PORT or [IPv6]:PORT";
	if (is_ipv6(rest)) {
		host->name = text_copy(rest.text, rest.size);
		return true;
	}
	if (!take_host(&rest, ':', &name) || name.size == 0)
		return false;
	if (rest.size > 0) {
		rest.text++;
		rest.size--;
		if (rest.text[-1] != ':')
			return false;
		*why = "has a port that is not 1 to 65535";
		if (!port_read(rest, &host->port))
			return false;
	}
	host->name = text_copy(name.text, name.size);
	return true;
}

/* Cuts a rule at its colons; the last part keeps any that are left. */
static bool rule_cut(const char *rule, struct part parts[MAX_PARTS],
		     int count)
{
	struct part rest = { rule, strlen(rule) };

	for (int i = 0; i < count - 1; i++) {
		if (!take_host(&rest, ':', &parts[i]) || rest.size == 0 ||
		    *rest.text != ':')
			return false;
		rest.text++;
		rest.size--;
	}
	parts[count - 1] = rest;
	return true;
}

/* Takes the next address of a list with commas, brackets off. */
static bool take_address(struct part *list, struct part *address)
{
	unsigned char bytes[4];
	char text[16];

	if (!take_host(list, ',', address) || address->size == 0)
		return false;
	if (list->size > 0) {
		if (*list->text != ',' || list->size == 1)
			return false;
		list->text++;
		list->size--;
	}
	if (is_ipv6(*address))
		return true;
	if (address->size >= sizeof(text))
		return false;
	memcpy(text, address->text, address->size);
	text[address->size] = '\0';
	return inet_pton(AF_INET, text, bytes) == 1;
}

bool host_rule_check(const char *rule, bool resolve)
{
	struct part parts[MAX_PARTS], address;
	uint16_t port;

	if (!rule_cut(rule, parts, resolve ? 3 : 4))
		return false;
	if (parts[1].size > 0 && !port_read(parts[1], &port))
		return false;
	if (!resolve)
		return parts[3].size == 0 || port_read(parts[3], &port);
	if (parts[0].size == 0 || parts[1].size == 0 || parts[2].size == 0)
		return false;
	while (parts[2].size > 0) {
		if (!take_address(&parts[2], &address))
			return false;
	}
	return true;
}

static bool rule_meets(const struct part parts[MAX_PARTS],
		       const struct host *host)
{
	uint16_t port = host->port != 0 ? host->port : HTTPS_PORT;
	uint16_t wanted;

	if (parts[0].size > 0 && !part_is(parts[0], "*") &&
	    !part_is(parts[0], host->name))
		return false;
	return parts[1].size == 0 ||
		(port_read(parts[1], &wanted) && wanted == port);
}

bool host_connect_to(const struct text_list *rules, const struct host *host,
		     struct host *instead)
{
	struct part parts[MAX_PARTS];

	for (size_t i = 0; i < rules->count; i++) {
		if (!rule_cut(rules->items[i], parts, 4) ||
		    !rule_meets(parts, host))
			continue;
		*instead = (struct host){ .port = host->port };
		if (parts[2].size == 0)
			instead->name = text_copy(host->name,
						  strlen(host->name));
		else
			instead->name = text_copy(parts[2].text,
						  parts[2].size);
		if (parts[3].size > 0 && !port_read(parts[3], &instead->port))
			instead->port = host->port;
		if (instead->port == 0)
			instead->port = HTTPS_PORT;
		return true;
	}
	return false;
}

void host_resolve(const struct text_list *rules, const struct host *host,
		  struct text_list *addresses)
{
	struct part parts[MAX_PARTS], address;

	for (size_t i = 0; i < rules->count; i++) {
		if (!rule_cut(rules->items[i], parts, 3) ||
		    !rule_meets(parts, host))
			continue;
		while (parts[2].size > 0 && take_address(&parts[2], &address)) {
			char *text = text_copy(address.text, address.size);

			text_list_add(addresses, "", text);
			free(text);
		}
		return;
	}
}
