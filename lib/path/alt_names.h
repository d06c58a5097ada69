/* lib/path/alt_names.h: a walk over the subjectAltName (RFC 5280 4.2.1.6). */
#ifndef CHK_PATH_ALT_NAMES_H
#define CHK_PATH_ALT_NAMES_H

#include "base/buffer.h"
#include "cert/cert.h"
#include "cert/general_name.h"

/*
 * A cursor for chk_general_name_next; at its end where there is no such
 * extension. What is left when the walk ends could not be read: a parsed
 * certificate has no such rest.
 */
struct chk_der chk_alt_names_begin(const struct chk_cert *cert);
bool chk_alt_names_has(const struct chk_cert *cert,
		       enum chk_general_name_type type);

/* chk_general_name_text, cut where a name is too long to be told whole. */
void chk_alt_name_text(struct chk_buffer *buffer,
		       const struct chk_general_name *name);

/*
 * chk_subject_next gives the next value of an attribute of the subject, as
 * UTF-8, in `*buffer` (emptied first; the caller's, chk_buffer_clear). Set
 * `*cursor` to 0 first. A value that has no text is given as empty.
 */
bool chk_subject_next(const struct chk_cert *cert, struct chk_bytes type,
		      size_t *cursor, struct chk_buffer *buffer);

#endif
