/* lib/audit/suffix.h: public suffixes, as publicsuffix.org lists them. */
#ifndef CHK_AUDIT_SUFFIX_H
#define CHK_AUDIT_SUFFIX_H

#include "base/bytes.h"

/*
 * Is this dNSName a wildcard for all of a public suffix, as "*.co.uk"? What is
 * no name, or was built without libpsl, is not.
 */
bool chk_suffix_is_wide(struct chk_bytes name);

#endif
