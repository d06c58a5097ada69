/*
 * tests/support/peer.h: real peers on loopback: openssl s_server,
 * gnutls-serv, and small functions that talk on a socket.
 */
#ifndef CHK_PEER_H
#define CHK_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Zero it; peer_stop is fine for one that never started. */
struct peer {
	pid_t pid;
	uint16_t port;
};

/* Is there such a program in PATH? */
bool peer_has(const char *program);

/*
 * peer_openssl starts `openssl s_server` with `options` (NULL-ended) on a
 * free port of 127.0.0.1, or of ::1, and returns once it listens.
 */
bool peer_openssl(struct peer *peer, const char *const *options);
bool peer_openssl_ipv6(struct peer *peer, const char *const *options);
bool peer_gnutls(struct peer *peer, const char *const *options);

/*
 * peer_program starts `command`, which holds `port`: the text of a free port
 * is written there first.
 */
bool peer_program(struct peer *peer, const char *const *command, char *port,
		  size_t size);

/* peer_talk calls `talk` in a child for each connection to 127.0.0.1. */
bool peer_talk(struct peer *peer, void (*talk)(int fd));

/* A port of 127.0.0.1 where nothing listens. */
uint16_t peer_free_port(void);

void peer_stop(struct peer *peer);

/* Runs a program to its end without output; true: it ended with 0. */
bool peer_run(const char *const *command);

#endif
