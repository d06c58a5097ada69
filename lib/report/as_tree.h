/* lib/report/as_tree.h: a path drawn from the leaf up to its anchor. */
#ifndef CHK_REPORT_AS_TREE_H
#define CHK_REPORT_AS_TREE_H

#include "diagnosis/report.h"
#include "report/page.h"

/*
 * chk_write_tree draws the path, each certificate with where it came from,
 * what is missing in its place and what is wrong beneath it. Lines are drawn
 * in UTF-8 whatever the locale: names are UTF-8 all the same.
 */
void chk_write_tree(struct chk_page *page, const struct chk_report *report,
		    const struct chk_path_view *path);
/* "sent by the server", or where else the certificate came from; appended. */
void chk_write_origin(struct chk_buffer *buffer,
		      const struct chk_report *report,
		      const struct chk_subject *subject);

#endif
