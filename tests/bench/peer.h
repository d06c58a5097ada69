/*
 * tests/bench/peer.h: those that validate side by side, and what they are
 * given.
 *
 * Each goes from DER to the verdict every time: it reads what was sent, finds
 * the path, checks every signature of it anew, the validity now, the host name
 * and that it is for a TLS server. What is trusted was read before; nothing
 * else is kept from one time to the next.
 */
#ifndef CHK_BENCH_PEER_H
#define CHK_BENCH_PEER_H

#include "base/bytes.h"

/* DER, all of it. */
struct bench_input {
	struct chk_bytes *sent; /* the leaf first */
	size_t sent_count;
	struct chk_bytes *trusted;
	size_t trusted_count;
};

struct bench_peer {
	const char *name;
	/* Reads what is trusted, and keeps the input. */
	void *(*prepare)(const struct bench_input *input);
	/* Is it trusted? Any thread may ask. */
	bool (*verify)(const void *prepared);
	void (*clear)(void *prepared);
};

enum bench_peer_name {
	BENCH_RAW,     /* the signatures alone, which nobody can do without */
	BENCH_SEARCH,  /* ours */
	BENCH_REPORT,  /* ours, by its public call, which makes a report */
	BENCH_GNUTLS,
	BENCH_OPENSSL, /* this and the next only where they are installed */
	BENCH_MBEDTLS,
	BENCH_PEERS,
};

/* NULL: it was not there when this was built. */
const struct bench_peer *bench_peer(enum bench_peer_name name);
/* Says which are not there. */
void bench_tell_absent(void);

extern const struct bench_peer BENCH_PEER_RAW, BENCH_PEER_SEARCH,
	BENCH_PEER_REPORT, BENCH_PEER_GNUTLS, BENCH_PEER_OPENSSL,
	BENCH_PEER_MBEDTLS;

#endif
