/*
 * lib/revocation/crl_extension.h: the extensions of a CRL (RFC 5280 section
 * 5.2) and of its entries (5.3), a parser each, driven by tables.
 */
#ifndef CHK_REVOCATION_CRL_EXTENSION_H
#define CHK_REVOCATION_CRL_EXTENSION_H

#include "revocation/crl.h"

/* What an entry's extensions say beside the revocation itself. */
struct chk_entry_extensions {
	const uint8_t *issuer; /* GeneralNames TLV; NULL: none is named */
	struct chk_bytes unknown_critical; /* OID; .data NULL: none */
};

/*
 * Both read a SEQUENCE OF Extension under `der`. False: a known extension
 * stands there twice or is not what it should be.
 */
bool chk_crl_extensions_read(struct chk_der *der, struct chk_crl *crl);
bool chk_entry_extensions_read(struct chk_der *der,
			       struct chk_revocation *revocation,
			       struct chk_entry_extensions *extensions);

#endif
