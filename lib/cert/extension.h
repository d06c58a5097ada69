/*
 * lib/cert/extension.h: RFC 5280 section 4.2, one parser each, driven by a
 * table in extension.c.
 */
#ifndef CHK_CERT_EXTENSION_H
#define CHK_CERT_EXTENSION_H

#include "cert/cert.h"
#include "cert/der.h"

/*
 * chk_extensions_parse reads the SEQUENCE OF Extension under `der` into
 * `cert`. Fails on what RFC 5280 forbids in any certificate: an extension
 * twice (4.2), one whose content is not what it should be, more than 1,000.
 */
bool chk_extensions_parse(struct chk_der *der, struct chk_cert *cert);
/*
 * chk_authority_key_id_read reads the content of the extension of that name
 * (4.2.1.1), which certificates and CRLs have.
 */
bool chk_authority_key_id_read(struct chk_der *der,
			       struct chk_authority_key_id *authority);
/* One extension of that content into `cert`, as chk_extensions_parse does. */
bool chk_extension_read(struct chk_bytes oid, bool critical,
			struct chk_bytes content, struct chk_cert *cert);
/* The next extension. */
bool chk_extension_next(struct chk_der *der, struct chk_bytes *oid,
			bool *critical, struct chk_bytes *value);

#endif
