/* tests/bench/peer.c: those that were there when this was built. */
#include "config.h"

#include "bench/peer.h"

#include <stdio.h>

static const struct {
	const struct bench_peer *peer;
	const char *package; /* that brings it, on Debian */
} PEERS[BENCH_PEERS] = {
	[BENCH_RAW] = { .peer = &BENCH_PEER_RAW },
	[BENCH_SEARCH] = { .peer = &BENCH_PEER_SEARCH },
	[BENCH_REPORT] = { .peer = &BENCH_PEER_REPORT },
	[BENCH_GNUTLS] = { .peer = &BENCH_PEER_GNUTLS },
	[BENCH_OPENSSL] = {
#ifdef HAVE_LIBCRYPTO
		.peer = &BENCH_PEER_OPENSSL,
#endif
		.package = "libssl-dev" },
	[BENCH_MBEDTLS] = {
#ifdef HAVE_MBEDTLS
		.peer = &BENCH_PEER_MBEDTLS,
#endif
		.package = "libmbedtls-dev" },
};

const struct bench_peer *bench_peer(enum bench_peer_name name)
{
	return PEERS[name].peer;
}

void bench_tell_absent(void)
{
	for (size_t i = 0; i < BENCH_PEERS; i++) {
		if (!PEERS[i].peer)
			printf("skipped, for it is not installed: %s\n",
			       PEERS[i].package);
	}
}
