/* lib/fetch/offer.h: what a ClientHello offers, as far as GnuTLS says so. */
#ifndef CHK_FETCH_OFFER_H
#define CHK_FETCH_OFFER_H

#include <gnutls/gnutls.h>

#include "base/arena.h"

/*
 * chk_offer_text gives "TLS 1.3, TLS 1.2; 29 cipher suites; groups X25519,
 * SECP256R1" of these priorities, the preferred first. NULL: no memory.
 */
const char *chk_offer_text(gnutls_priority_t priorities,
			   struct chk_arena *arena);
/* "TLS 1.3" of GnuTLS's "TLS1.3"; NULL: no memory. */
const char *chk_offer_version(const char *name, struct chk_arena *arena);

#endif
