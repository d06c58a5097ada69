/*
 * lib/supply/aia.h: issuers asked for where a certificate says that they are
 * to be had (RFC 5280 section 4.2.2.1). What comes is supply, and proves
 * nothing.
 */
#ifndef CHK_SUPPLY_AIA_H
#define CHK_SUPPLY_AIA_H

#include <chaincheck/aia.h>

#include "cert/cert.h"

/* For one question; CAs are seldom more than two apart from a root. */
#define CHK_AIA_MAX_ASKED 6
#define CHK_AIA_MAX_BYTES (1u << 20) /* of one answer */

/* One URL that was asked. */
struct chk_aia_asked {
	char *url;                   /* owned */
	const struct chk_cert *cert; /* that named it; borrowed */
	char *why;   /* owned; NULL: certificates came */
	uint8_t *answer; /* owned */
	size_t size;
	/* What of `fetched` came, and whether one has the name asked for. */
	size_t first, count;
	bool named;
};

/* Zero it and set `fetcher`; NULL: nothing is ever asked. */
struct chk_aia {
	const struct chk_fetcher *fetcher;
	struct chk_chain *fetched; /* NULL: nothing came; where: the URL */
	struct chk_aia_asked asked[CHK_AIA_MAX_ASKED];
	size_t count;
	struct chk_notes notes; /* URLs that gave nothing, or less */
};

/*
 * chk_aia_ask asks the URLs of `cert`, in their order and each once, until one
 * gives a certificate. False: nothing came, or (with `error`) no memory.
 */
bool chk_aia_ask(struct chk_aia *aia, const struct chk_cert *cert,
		 struct chk_error *error);
/* Hands back to the fetcher what `url` gave: it was of use. */
void chk_aia_keep(const struct chk_aia *aia, const char *url);
void chk_aia_clear(struct chk_aia *aia);

#endif
