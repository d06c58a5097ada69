/*
 * lib/fetch/address.h: may what a stranger's URL leads to be contacted? The
 * address is asked, and not the name, which may mean another the next time.
 */
#ifndef CHK_FETCH_ADDRESS_H
#define CHK_FETCH_ADDRESS_H

#include <sys/socket.h>

#include <chaincheck/api.h>

/* A network, or one address. IPv4 is as ::ffff:0:0/96 has it. */
struct chk_network {
	uint8_t bytes[16];
	unsigned bits; /* of 128 */
};

/* "10.0.0.0/8", "127.0.0.1", "fd00::/8". False: it is none. */
bool chk_network_parse(const char *text, struct chk_network *network);
/*
 * Is it one of the Internet's at large? Not this machine, its networks and
 * its cloud, no documentation, no multicast (RFC 6890; IANA's registries of
 * special-purpose addresses); of an IPv6 address that means an IPv4 one, that
 * one is asked.
 */
bool chk_address_is_public(const struct sockaddr *address);
/* Does the network hold it? */
bool chk_network_has(const struct chk_network *network,
		     const struct sockaddr *address);

#endif
