/* lib/store/pkcs12_outcome.h: why Java takes less than is there. */
#ifndef CHK_STORE_PKCS12_OUTCOME_H
#define CHK_STORE_PKCS12_OUTCOME_H

#include "store/store.h"

/* Certificates that were read. */
struct chk_pkcs12_outcome {
	size_t certificates; /* whose marks are known */
	size_t taken;        /* as a JVM takes them */
	size_t encrypted;    /* of these, which it needs the password for */
	size_t replaced;     /* marked, and another entry has their alias */
	size_t untold;       /* besides: of which it is not known */
	bool password;       /* was given by the caller */
};

/* Traps of the store at `name`. False: no memory. */
bool chk_pkcs12_outcome_say(const struct chk_pkcs12_outcome *outcome,
			    struct chk_store *store, const char *name);

#endif
