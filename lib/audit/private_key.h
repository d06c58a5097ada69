/* lib/audit/private_key.h: whose a private key is, by its public half. */
#ifndef CHK_AUDIT_PRIVATE_KEY_H
#define CHK_AUDIT_PRIVATE_KEY_H

#include "base/bytes.h"
#include "cert/cert.h"

enum chk_private_key_state {
	CHK_PRIVATE_KEY_NONE,   /* no key was looked at */
	CHK_PRIVATE_KEY_READ,
	CHK_PRIVATE_KEY_LOCKED, /* encrypted, and no password is given */
	CHK_PRIVATE_KEY_WRONG,  /* encrypted, and the password does not fit */
	CHK_PRIVATE_KEY_BROKEN,
};

/* Zero it. */
struct chk_private_key {
	enum chk_private_key_state state;
	struct chk_bytes spki; /* owned; .data NULL unless it was read */
	bool encrypted;        /* where it lies */
};

/*
 * chk_private_key_read reads one key, a PEM block or DER: PKCS #8, encrypted
 * or not, PKCS #1, SEC 1. Only its public half is kept.
 */
void chk_private_key_read(struct chk_private_key *key, struct chk_bytes text,
			  const char *password);
/* The same of the key in a PKCS #12 file; NONE: there is none in it. */
void chk_private_key_read_pkcs12(struct chk_private_key *key,
				 struct chk_bytes file, const char *password);
bool chk_private_key_fits(const struct chk_private_key *key,
			  const struct chk_cert *cert);
void chk_private_key_clear(struct chk_private_key *key);

#endif
