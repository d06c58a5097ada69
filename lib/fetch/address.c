/* lib/fetch/address.c: which addresses are the Internet's at large. */
#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

#include "base/bytes.h"

#define MAPPED "\0\0\0\0\0\0\0\0\0\0\xff\xff"

/* Special IPv4 addresses (IANA), as "::ffff:" has them; bits of 128. */
#define V4(a, b, c, d, bits) \
	{ { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d }, 96 + bits }

static const struct chk_network SPECIAL[] = {
	V4(0, 0, 0, 0, 8),	 /* this host, this network */
	V4(10, 0, 0, 0, 8),	 /* private */
	V4(100, 64, 0, 0, 10),	 /* shared; metadata of Alibaba */
	V4(127, 0, 0, 0, 8),	 /* loopback */
	V4(168, 63, 129, 16, 32), /* the host of an Azure machine */
	V4(169, 254, 0, 0, 16),	 /* link-local; metadata of most clouds */
	V4(172, 16, 0, 0, 12),	 /* private */
	V4(192, 0, 0, 0, 24),	 /* IETF; metadata of Oracle */
	V4(192, 0, 2, 0, 24),	 /* documentation */
	V4(192, 88, 99, 0, 24),	 /* relays of 6to4, gone */
	V4(192, 168, 0, 0, 16),	 /* private */
	V4(198, 18, 0, 0, 15),	 /* benchmarks */
	V4(198, 51, 100, 0, 24), /* documentation */
	V4(203, 0, 113, 0, 24),	 /* documentation */
	V4(224, 0, 0, 0, 4),	 /* multicast */
	V4(240, 0, 0, 0, 4),	 /* reserved, broadcast */
	{ { 0x20, 0x01 }, 23 },	 /* IETF; Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
	{ { 0x20, 0x02 }, 16 },	 /* 6to4: an IPv4 address, and gone */
	{ { 0x3f, 0xff }, 20 },	 /* documentation */
};

/* All that is given out for the Internet (RFC 4291 section 2.4), and IPv4. */
static const struct chk_network GLOBAL[] = {
	V4(0, 0, 0, 0, 0),
	{ { 0x20 }, 3 },
};

/* RFC 6052 section 2.1: an IPv4 address behind a translator. */
static const uint8_t TRANSLATED[12] = { 0x00, 0x64, 0xff, 0x9b };

static bool holds(const struct chk_network *network, const uint8_t bytes[16])
{
	unsigned whole = network->bits / 8, rest = network->bits % 8;

	if (memcmp(network->bytes, bytes, whole) != 0)
		return false;
	return rest == 0 ||
	       ((network->bytes[whole] ^ bytes[whole]) >> (8 - rest)) == 0;
}

static bool holds_any(const struct chk_network *networks, size_t count,
		      const uint8_t bytes[16])
{
	for (size_t i = 0; i < count; i++) {
		if (holds(&networks[i], bytes))
			return true;
	}
	return false;
}

/* False: it is of neither family. */
static bool bytes_of(const struct sockaddr *address, uint8_t bytes[16])
{
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	if (address->sa_family == AF_INET) {
		memcpy(&v4, address, sizeof(v4));
		memcpy(bytes, MAPPED, 12);
		memcpy(bytes + 12, &v4.sin_addr, 4);
		return true;
	}
	if (address->sa_family != AF_INET6)
		return false;
	memcpy(&v6, address, sizeof(v6));
	memcpy(bytes, &v6.sin6_addr, 16);
	if (memcmp(bytes, TRANSLATED, sizeof(TRANSLATED)) == 0)
		memcpy(bytes, MAPPED, 12);
	return true;
}

bool chk_address_is_public(const struct sockaddr *address)
{
	uint8_t bytes[16];

	return bytes_of(address, bytes) &&
	       holds_any(GLOBAL, CHK_COUNT(GLOBAL), bytes) &&
	       !holds_any(SPECIAL, CHK_COUNT(SPECIAL), bytes);
}

bool chk_network_has(const struct chk_network *network,
		     const struct sockaddr *address)
{
	uint8_t bytes[16];

	return bytes_of(address, bytes) && holds(network, bytes);
}

/* The number behind the slash, `most` where there is none. */
static bool read_bits(const char *slash, unsigned most, unsigned *bits)
{
	size_t digits = slash ? strspn(slash + 1, "0123456789") : 0;

	*bits = most;
	if (!slash)
		return true;
	if (digits == 0 || digits > 3 || slash[1 + digits] != '\0')
		return false;
	*bits = (unsigned)atoi(slash + 1);
	return *bits <= most;
}

bool chk_network_parse(const char *text, struct chk_network *network)
{
	const char *slash = strchr(text, '/');
	size_t size = slash ? (size_t)(slash - text) : strlen(text);
	char address[INET6_ADDRSTRLEN];

	if (size >= sizeof(address))
		return false;
	memcpy(address, text, size);
	address[size] = '\0';
	if (inet_pton(AF_INET, address, network->bytes + 12) == 1) {
		memcpy(network->bytes, MAPPED, 12);
		if (!read_bits(slash, 32, &network->bits))
			return false;
		network->bits += 96;
		return true;
	}
	return inet_pton(AF_INET6, address, network->bytes) == 1 &&
	       read_bits(slash, 128, &network->bits);
}
