/* lib/report/pem_text.h: certificates as PEM, and comments beside them. */
#ifndef CHK_REPORT_PEM_TEXT_H
#define CHK_REPORT_PEM_TEXT_H

#include "base/buffer.h"
#include "cert/cert.h"

/*
 * A line of its own, "# before text", of which no reader takes anything for
 * the beginning of a certificate. `before` is ours.
 */
void chk_pem_comment(struct chk_buffer *buffer, const char *before,
		     const char *text);
/* RFC 7468 section 5. */
void chk_pem_block(struct chk_buffer *buffer, const struct chk_cert *cert);

#endif
