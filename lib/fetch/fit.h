/*
 * lib/fetch/fit.h: a certificate of the client against what the server asked
 * for. What a server says is what it lists; what it will do is its own affair.
 */
#ifndef CHK_FETCH_FIT_H
#define CHK_FETCH_FIT_H

#include "fetch/credential.h"
#include "fetch/presented.h"

/* Why a server would not take it, as bits; the first one is told first. */
enum chk_misfit {
	CHK_MISFIT_KEY = 1 << 0,       /* it has another key than was given */
	CHK_MISFIT_TYPE = 1 << 1,      /* ClientCertificateType */
	CHK_MISFIT_SIGNATURE = 1 << 2, /* its key signs in no wanted way */
	CHK_MISFIT_EXPIRED = 1 << 3,
	CHK_MISFIT_EARLY = 1 << 4,     /* not yet valid */
	CHK_MISFIT_EKU = 1 << 5,       /* without clientAuth */
	CHK_MISFIT_USAGE = 1 << 6,     /* keyUsage without digitalSignature */
	CHK_MISFIT_ISSUER = 1 << 7,    /* leads to none of the listed CAs */
	/* With it: there is nothing above the leaf, which might lead there. */
	CHK_MISFIT_ALONE = 1 << 8,
	/* A certificate of the chain is signed in no wanted way. */
	CHK_MISFIT_CERT_SIGNATURE = 1 << 9,
};

/* With one of these the handshake cannot be gone on with at all. */
#define CHK_MISFIT_UNUSABLE \
	(CHK_MISFIT_KEY | CHK_MISFIT_TYPE | CHK_MISFIT_SIGNATURE)

/* The misfits of a credential at `now`, seconds since 1970 UTC. */
unsigned chk_fit(const struct chk_request *request,
		 const struct chk_credential *credential, int64_t now);
/*
 * chk_fit_all fills `presented->at_hand`, and `sent` of the one to send: the
 * first that fits, else the first that can be used. False: no memory.
 */
bool chk_fit_all(struct chk_presented *presented,
		 const struct chk_credential *const *credentials,
		 size_t count, int64_t now);

#endif
