/* lib/audit/at_hand.h: what lies beside a file and fits it. */
#ifndef CHK_AUDIT_AT_HAND_H
#define CHK_AUDIT_AT_HAND_H

#include "audit/private_key.h"

/* Paths, owned; NULL: there is none. */
struct chk_fit {
	char *key;  /* of the key that fits the certificate */
	char *cert; /* of a certificate that the key fits */
};

/*
 * chk_at_hand_find looks through the folder of `path`, 200 files of at most
 * 1 MiB, for the key of `cert` and for a certificate of `key`. Without memory
 * nothing is found. Clear it with chk_fit_clear.
 */
void chk_at_hand_find(struct chk_fit *fit, const char *path,
		      const struct chk_cert *cert,
		      const struct chk_private_key *key, const char *password);
void chk_fit_clear(struct chk_fit *fit);

#endif
