/*
 * lib/path/forms.h: what a CA must not issue and clients take all the same:
 * the demands of RFC 5280 section 4 on the form of a certificate that its
 * section 6 does not check, and those of the CA/Browser Forum on top of it.
 * Whether they are held against a path is the profile's to say.
 */
#ifndef CHK_PATH_FORMS_H
#define CHK_PATH_FORMS_H

#include "path/defect.h"

/* Whose demands, as bits. */
enum chk_forms {
	CHK_FORMS_RFC5280 = 1,
	CHK_FORMS_BASELINE = 2, /* TLS Baseline Requirements, version 2 */
	CHK_FORMS_ALWAYS = 4,   /* of RFC 5280, held whatever is asked for */
	CHK_FORMS_OPENSSL = 8,  /* of RFC 5280, X509_V_FLAG_X509_STRICT's */
};

/* What a certificate is on its path, as bits. */
enum chk_form_role {
	CHK_FORM_LEAF = 1,
	CHK_FORM_INTERMEDIATE = 2,
	CHK_FORM_ANCHOR = 4,
};

/*
 * Adds FORM for each demand of `forms`, and of those always held, that `cert`
 * in `role` breaks.
 */
void chk_forms_check(const struct chk_cert *cert, enum chk_form_role role,
		     unsigned forms, struct chk_defects *defects);

#endif
