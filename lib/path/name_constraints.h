/* lib/path/name_constraints.h: RFC 5280 section 4.2.1.10 and 6.1.3 (b), (c). */
#ifndef CHK_PATH_NAME_CONSTRAINTS_H
#define CHK_PATH_NAME_CONSTRAINTS_H

#include "path/defect.h"

/*
 * chk_name_constraints_check holds the names of `cert` (subject, and every
 * subjectAltName; e-mail addresses in the subject where there is no rfc822
 * name) against the constraints `constraints` (extnValue content) of
 * `issuer`: excluded before permitted, a permitted form that is not listed is
 * free. DNS, IP, e-mail, directory names and URIs; a constraint of another
 * form on a name of that form is a defect (4.2.1.10: process or reject).
 * Each comparison takes one of `*budget`, and so does each 256 bytes of names
 * and constraints; where there is too little a defect is added and it ends.
 */
void chk_name_constraints_check(struct chk_bytes constraints,
				const struct chk_cert *issuer,
				const struct chk_cert *cert, uint32_t *budget,
				struct chk_defects *defects);

#endif
