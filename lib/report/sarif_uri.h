/* lib/report/sarif_uri.h: a file's path as SARIF wants it (RFC 3986). */
#ifndef CHK_REPORT_SARIF_URI_H
#define CHK_REPORT_SARIF_URI_H

#include "base/buffer.h"

/*
 * chk_sarif_uri appends the path as a reference: what lies below `base` (NULL:
 * nothing does) or is no absolute path is relative, which is what it gives.
 */
bool chk_sarif_uri(struct chk_buffer *uri, const char *path, const char *base);

#endif
