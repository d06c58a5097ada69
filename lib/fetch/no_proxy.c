/* lib/fetch/no_proxy.c: which hosts are asked without the proxy. */
#include "fetch/no_proxy.h"

#include "base/dns_name.h"

#define BETWEEN ", \t"

/* A name ends as well with a dot, and may begin with one in a list. */
static struct chk_bytes trim(struct chk_bytes name)
{
	if (name.size > 0 && name.data[name.size - 1] == '.')
		name.size--;
	return chk_bytes_begin_with(name, ".") ? chk_bytes_skip(name, 1) : name;
}

static bool has_address(struct chk_bytes entry, const struct sockaddr *address)
{
	struct chk_network network;
	char text[64];

	if (chk_bytes_begin_with(entry, "["))
		entry = chk_bytes_of(entry.data + 1, entry.size - 1);
	if (entry.size > 0 && entry.data[entry.size - 1] == ']')
		entry.size--;
	if (entry.size >= sizeof(text))
		return false;
	memcpy(text, entry.data, entry.size);
	text[entry.size] = '\0';
	return chk_network_parse(text, &network) &&
	       chk_network_has(&network, address);
}

static bool meets(struct chk_bytes entry, struct chk_bytes host,
		  const struct sockaddr *address)
{
	if (entry.size == 1 && *entry.data == '*')
		return true;
	if (address)
		return has_address(entry, address);
	entry = trim(entry);
	return entry.size > 0 && chk_dns_name_is_within(host, entry);
}

bool chk_no_proxy_has(const char *list, const char *host,
		      const struct sockaddr *address)
{
	struct chk_bytes name = trim(chk_bytes_of(host, strlen(host)));

	for (list += strspn(list, BETWEEN); *list;
	     list += strspn(list, BETWEEN)) {
		size_t size = strcspn(list, BETWEEN);

		if (meets(chk_bytes_of(list, size), name, address))
			return true;
		list += size;
	}
	return false;
}
