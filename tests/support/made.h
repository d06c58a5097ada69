/*
 * tests/support/made.h: certificates made for one test, by GnuTLS. Names,
 * dates and extensions are what the recipe says; keys are P-256, made anew in
 * each run, and the key of one number is the same all through a program.
 */
#ifndef CHK_TEST_MADE_H
#define CHK_TEST_MADE_H

#include <stdbool.h>

#include "base/arena.h"
#include "cert/cert.h"

#define MADE_KEYS 32
/* A moment that lies in the validity of a recipe that says nothing of it. */
#define MADE_NOW INT64_C(1775001600) /* 2026-04-01T00:00:00Z */

struct recipe {
	const char *subject; /* the CN */
	int key;             /* 0 to MADE_KEYS - 1 */
	const char *issuer;  /* the CN; NULL: the subject */
	int issuer_key;
	bool ca;
	int path_len;        /* less one: 1 is pathLen 0; 0 is none */
	const char *dns;     /* one subjectAltName */
	const char *usage;   /* one extended key usage, dotted */
	unsigned int key_usage; /* GNUTLS_KEY_...; 0: none, or a CA's */
	int64_t not_before, not_after; /* 0: 2020 and 2040 */
	int named_key;       /* key id named as the issuer's, less one; 0: the
			      * issuer's own */
	const char *above;   /* CN in authorityCertIssuer; NULL: none */
	bool no_key_ids;
	const char *critical; /* an unknown critical extension, dotted */
	const char *issuers[8]; /* caIssuers URLs, up to the first NULL */
	struct chk_bytes crl_points; /* the extension's content, or NULL */
};

/* Fails the test when it cannot be made. Give it back: chk_cert_unref. */
struct chk_cert *make_cert(const struct recipe *recipe);
/* What the key of that number makes of `bytes` with ECDSA and SHA-256. */
struct chk_bytes made_signature(struct chk_arena *arena, int key,
				struct chk_bytes bytes);
/* SHA-1 of the key, which is its key id. */
struct chk_bytes made_key_id(struct chk_arena *arena, int key);
/* Frees the keys. */
void forget_keys(void);
/* The same as the teardown of a group. */
int forget_made(void **state);

#endif
