/* lib/fetch/presented.h: what a server presented, and how far it came. */
#ifndef CHK_FETCH_PRESENTED_H
#define CHK_FETCH_PRESENTED_H

#include <chaincheck/fetch.h>

#include "base/arena.h"
#include "cert/cert.h"
#include "fetch/request.h"
#include "fetch/starttls.h"

/*
 * One address that was tried: "192.0.2.1", "2001:db8::1", "unix:/path", or the
 * name that a proxy was to connect to.
 */
#define CHK_ADDRESS_SIZE 256
struct chk_attempt {
	char address[CHK_ADDRESS_SIZE];
	uint16_t port;
	enum chk_failure failure;
	int cause;         /* errno */
	enum chk_proxy_fault proxy_fault;
	const char *proxy_why; /* in words, escaped; NULL */
	int64_t micros;    /* it took */
};

/* A certificate of the client, held against what the server asked for. */
struct chk_at_hand {
	const char *where;     /* "client.pem:1", escaped */
	struct chk_cert *leaf; /* a reference */
	struct chk_cert *last; /* of the chain with it; a reference */
	size_t count;          /* certificates in that chain */
	unsigned misfits;      /* enum chk_misfit (fetch/fit.h); 0: it fits */
	bool sent;
};

struct chk_presented {
	struct chk_arena arena;  /* owns the texts below */
	struct chk_chain *chain; /* as sent; broken ones are notes */
	enum chk_step step;
	enum chk_failure failure;
	const char *why;         /* "" when nothing failed */
	int cause;               /* errno or GnuTLS code */
	int alert;               /* number of the peer's alert, -1: none */
	const char *alert_name;  /* "handshake_failure" */
	int sent_alert;          /* by which this side ended it */
	const char *sent_alert_name; /* NULL: it sent none */
	struct chk_attempt *attempts;
	size_t attempt_count;
	const char *proxy;       /* "127.0.0.1:3128", escaped; NULL: none */
	const char *address;     /* the one that was connected; NULL: none */
	uint16_t port;
	struct chk_spoken spoken; /* before TLS */
	/* Spoken by the port that was asked for TLS; NULL: not found out. */
	const struct chk_protocol *needs;
	const char *server_name; /* sent as SNI; NULL: none */
	const char *offered;     /* in the ClientHello, for a person; NULL */
	const char *version;     /* "TLS1.3"; NULL: not agreed */
	const char *cipher;      /* "AES-256-GCM" */
	const char *group;       /* "X25519"; NULL: not known */
	const char *signature;   /* of the handshake; NULL: not known */
	bool key_decrypts; /* the leaf's: the key exchange is RSA's own */
	bool client_certificate_wanted;
	struct chk_bytes hello;  /* body of the ClientHello that was sent */
	unsigned dh_bits;        /* of the prime; 0: no such exchange */
	bool lacks_renegotiation_info; /* the server, RFC 5746 */
	struct chk_request request;  /* where it is */
	/* Of the target, in its order, once one was asked for. */
	struct chk_at_hand *at_hand;
	size_t at_hand_count;
	size_t credentials_given;    /* asked for or not */
	bool agreed13; /* EncryptedExtensions of TLS 1.3 came */
	bool stapled; /* an OCSP response came with the leaf; not looked at */
	struct chk_bytes first_bytes; /* of a peer that speaks no TLS, <= 64 */
	const char *speaks;      /* "HTTP", "SMTP", "SSH": guess; NULL */
	int64_t end;             /* of the fetch, on the clock of its io */
	int64_t resolve_micros, connect_micros, handshake_micros;
};

/* The certificate that was sent; NULL: none was. */
const struct chk_at_hand *
chk_presented_sent(const struct chk_presented *presented);

/* NULL: no memory. */
struct chk_presented *chk_presented_new(void);
/*
 * chk_presented_fail says what kept the fetch from its end. The first one
 * stands: who finds a failure knows most of it. What a peer wrote must be
 * escaped already.
 */
void chk_presented_fail(struct chk_presented *presented,
			enum chk_failure failure, int cause,
			const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Words for the sentences; "" when there is no memory. */
/* "127.0.0.1:443", "[::1]:443" */
const char *chk_peer_text(struct chk_arena *arena, const char *address,
			  uint16_t port);
/* "10 seconds", "1 second", "250 milliseconds" */
const char *chk_millis_text(struct chk_arena *arena, int64_t millis);

#endif
