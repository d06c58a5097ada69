/* lib/report/label.h: the words for values, the same in every format. */
#ifndef CHK_REPORT_LABEL_H
#define CHK_REPORT_LABEL_H

#include <chaincheck/report.h>

#include "base/buffer.h"

/* "untrusted"; stable, they stand in the JSON report. */
const char *chk_label_verdict(enum chk_verdict verdict);
const char *chk_label_severity(enum chk_severity severity);
const char *chk_label_party(enum chk_party party);
const char *chk_label_role(enum chk_role role);

/* Is it about a certificate at all, at hand or known by name? */
bool chk_label_is_subject(const struct chk_subject *subject);
/* Its key id: the certificate's own, or what is known of a missing one. */
struct chk_bytes chk_label_key_id(const struct chk_subject *subject);
/* Appends the whole name as RFC 4514 has it. */
void chk_label_name(struct chk_buffer *buffer,
		    const struct chk_subject *subject);
/*
 * Appends the name that a person knows it by: the Common Name, or the most
 * specific other part.
 */
void chk_label_short(struct chk_buffer *buffer,
		     const struct chk_subject *subject);

#endif
