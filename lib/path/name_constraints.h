/* lib/path/name_constraints.h: RFC 5280 section 4.2.1.10 and 6.1.3 (b), (c). */
#ifndef CHK_PATH_NAME_CONSTRAINTS_H
#define CHK_PATH_NAME_CONSTRAINTS_H

#include "path/defect.h"

/*
 * chk_name_constraints_check holds the names of `cert` (the subject, the
 * e-mail addresses in it, every subjectAltName; of a leaf without a dNSName a
 * Common Name that looks like a host) against `constraints` (extnValue content)
 * of `issuer`, excluded subtrees before permitted ones. A form of which none is
 * permitted is free. DNS, IP, e-mail, directory names and URIs are compared; a
 * name of another form that is constrained is a defect (4.2.1.10: process or
 * reject). Each comparison takes one of `*budget`, and so does each 256 bytes
 * of names and constraints; when it is spent a defect is added.
 */
void chk_name_constraints_check(struct chk_bytes constraints,
				const struct chk_cert *issuer,
				const struct chk_cert *cert, uint32_t *budget,
				struct chk_defects *defects);

#endif
