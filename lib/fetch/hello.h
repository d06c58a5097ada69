/* lib/fetch/hello.h: a ClientHello, written as asked; no cryptography. */
#ifndef CHK_FETCH_HELLO_H
#define CHK_FETCH_HELLO_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/bytes.h"

/* Numbers of the IANA registries for TLS, borrowed, in the order sent. */
struct chk_ids {
	const uint16_t *items;
	size_t count;
};

/*
 * struct chk_hello is what a ClientHello offers. Lists that are empty send no
 * extension. Everything is borrowed.
 *
 * `extensions` are sent in their order, with what else has something to say
 * behind them. So nothing that is offered is lost, and an order may name what
 * this hello has no use for. Those without a field (status_request,
 * session_ticket, ech ...) hold what clients put there. None listed: the
 * writer's own order, and extended_master_secret beside what was asked for.
 * padding among them without a `size`: from 256 bytes up to 512.
 */
struct chk_hello {
	uint16_t version;       /* legacy_version: 0x0300 (SSL 3.0) .. 0x0303;
				   0x0002 in sslv2_form: SSL 2.0 itself */
	uint16_t record_version; /* 0: 0x0301, 0x0300 for SSL 3.0 */
	bool sslv2_form;        /* RFC 5246 appendix E.2; no extensions then */
	struct chk_ids versions;   /* supported_versions */
	struct chk_ids suites;     /* with 0x00ff and 0x5600 where wanted */
	struct chk_ids groups;
	struct chk_ids signatures;
	struct chk_ids signatures_cert;
	struct chk_ids key_shares; /* groups; none with TLS 1.3: a retry is
				      asked for, which costs no key */
	struct chk_ids extensions; /* their order, see below */
	const char *server_name;   /* NULL: no SNI */
	const char *const *alpn;   /* NULL-ended; NULL: none */
	bool grease;               /* RFC 8701 */
	size_t size;  /* bytes of the message, padded (RFC 7685); 0: as it is */
	size_t split; /* bytes of it in one record; 0: all in one */
};

/*
 * chk_hello_write adds the record or records of `hello` to `out`. What the
 * randoms and key shares hold is made up and leads to no key: the handshake
 * goes on to the server's first flight and no further.
 * Groups that no share can be made of have none (fetch/key_share.h).
 * Errors: no memory, or a list too long for its length: `out->failed`.
 * See: RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2, RFC 6101.
 */
void chk_hello_write(const struct chk_hello *hello, struct chk_buffer *out);

#endif
