/*
 * chaincheck/fetch.h: ask a TLS server for its certificates.
 *
 * Fill a struct chk_target, call chk_fetch, look at what was presented. A
 * server that refuses, hangs up or speaks something else is an answer: it
 * stands in the presented, with the step at which it happened. A fetch judges
 * nothing; chk_check (chaincheck/verify.h) does both in one call.
 */
#ifndef CHAINCHECK_FETCH_H
#define CHAINCHECK_FETCH_H

#include <chaincheck/cert.h>

#ifdef __cplusplus
extern "C" {
#endif

/* enum chk_tls_version is a number from the wire (RFC 8446 section 4.1.2). */
enum chk_tls_version {
	CHK_TLS_ANY = 0,
	CHK_TLS_1_0 = 0x0301,
	CHK_TLS_1_1 = 0x0302,
	CHK_TLS_1_2 = 0x0303,
	CHK_TLS_1_3 = 0x0304,
};

/* enum chk_family says which addresses of a name are tried. */
enum chk_family { CHK_FAMILY_ANY, CHK_FAMILY_IPV4, CHK_FAMILY_IPV6 };

/*
 * struct chk_io is how a fetch reaches the world; NULL in the target is
 * sockets, the system's resolver and the real clock. Every call gets `self`.
 * Calls that take a deadline (milliseconds on the clock of `now`) give -1 and
 * errno ETIMEDOUT when it passes; other failures are -1 and errno.
 */
struct chk_io {
	void *self;
	/*
	 * Writes up to `max` addresses ("192.0.2.1", "2001:db8::1") and gives
	 * their number; -1: none, the reason is in `why` (`size` bytes).
	 */
	int (*resolve)(void *self, const char *host, enum chk_family family,
		       int64_t deadline, char (*addresses)[64], int max,
		       char *why, size_t size);
	/* Connects to an address and gives a handle, 0 or more. */
	int (*connect)(void *self, const char *address, uint16_t port,
		       int64_t deadline);
	/* Bytes read (0: the peer closed), or written. */
	long (*read)(void *self, int handle, void *data, size_t size,
		     int64_t deadline);
	long (*write)(void *self, int handle, const void *data, size_t size,
		      int64_t deadline);
	void (*close)(void *self, int handle);
	int64_t (*now)(void *self); /* milliseconds, never goes back */
};

/* struct chk_target: zero it and set what matters. Texts are borrowed. */
struct chk_target {
	const char *host;        /* DNS name or IP address; needed */
	uint16_t port;           /* 443 when 0 */
	const char *server_name; /* SNI; NULL: `host` unless an IP address */
	bool no_server_name;     /* send no SNI at all */
	const char *connect_host; /* connect there instead (--connect-to) */
	uint16_t connect_port;
	/* --resolve: addresses to use instead of asking, NULL-ended */
	const char *const *addresses;
	enum chk_family family;
	uint32_t resolve_timeout_ms;   /* 5,000 when 0 */
	uint32_t connect_timeout_ms;   /* 10,000 when 0; all addresses */
	uint32_t handshake_timeout_ms; /* 10,000 when 0 */
	uint32_t total_timeout_ms;     /* 30,000 when 0 */
	enum chk_tls_version tls_min, tls_max;
	const char *priority; /* GnuTLS priority string instead of the above */
	const struct chk_io *io;
	/*
	 * chk_check and chk_probes_ask put further ClientHellos to a server
	 * whose handshake failed, 36 at most, to tell why; not so here.
	 */
	bool no_probes;
};

/* enum chk_step is how far a fetch came. */
enum chk_step {
	CHK_STEP_RESOLVE,
	CHK_STEP_CONNECT,
	CHK_STEP_HELLO,       /* ClientHello sent, nothing of use came back */
	CHK_STEP_CERTIFICATE, /* the server's chain is here */
	CHK_STEP_FINISHED,    /* handshake complete */
};

/* enum chk_failure is why it did not come further. */
enum chk_failure {
	CHK_FAILURE_NONE,
	CHK_FAILURE_RESOLVE,  /* no address for the name */
	CHK_FAILURE_REFUSED,  /* nothing listens */
	CHK_FAILURE_UNREACHABLE,
	CHK_FAILURE_TIMEOUT,
	CHK_FAILURE_RESET,
	CHK_FAILURE_CLOSED,   /* the peer closed without a word */
	CHK_FAILURE_NOT_TLS,  /* the peer's first bytes are no TLS record */
	CHK_FAILURE_ALERT,    /* the peer sent a fatal alert */
	CHK_FAILURE_TLS,      /* GnuTLS refused what the peer sent */
};

struct chk_presented;

/*
 * chk_fetch resolves, connects (IPv6 and IPv4 in turn, RFC 8305 without the
 * race) and shakes hands; it verifies nothing. The chain is kept even when
 * the handshake fails after it.
 *
 * Ownership: free `*presented` with chk_presented_free.
 * Errors: CHK_ERROR_ARGUMENT (host, versions, priority), CHK_ERROR_MEMORY,
 * CHK_ERROR_CRYPTO. Whatever the network or the peer does is no error.
 */
CHK_API CHK_MUST_CHECK
bool chk_fetch(const struct chk_target *target,
	       struct chk_presented **presented, struct chk_error *error);
/* chk_presented_free frees what a fetch brought. NULL is fine. */
CHK_API void chk_presented_free(struct chk_presented *presented);

/* What the peer sent, in its order. Borrowed; empty where it sent nothing. */
CHK_API const struct chk_chain *
chk_presented_chain(const struct chk_presented *presented);
/* How far it went. */
CHK_API enum chk_step chk_presented_step(const struct chk_presented *presented);
/* What went wrong at that step, if anything. */
CHK_API enum chk_failure
chk_presented_failure(const struct chk_presented *presented);
/* One sentence on the failure, "" when there is none. Borrowed. */
CHK_API const char *chk_presented_why(const struct chk_presented *presented);

#ifdef __cplusplus
}
#endif

#endif
