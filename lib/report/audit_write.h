/* lib/report/audit_write.h: the formats of audits, one document of many
 * files. */
#ifndef CHK_REPORT_AUDIT_WRITE_H
#define CHK_REPORT_AUDIT_WRITE_H

#include <chaincheck/audit.h>

#include "base/buffer.h"

struct chk_audit_writer {
	const struct chk_audit_format *format;
	struct chk_write_options options;
	struct chk_audit_sink sink;
	size_t files; /* that were written */
	struct chk_buffer buffer; /* goes to the sink after each call */
};

/* Each appends to `writer->buffer`; NULL: the format has no such part. */
struct chk_audit_format {
	const char *name;
	void (*begin)(struct chk_audit_writer *writer);
	void (*add)(struct chk_audit_writer *writer,
		    const struct chk_audited *audited);
	void (*end)(struct chk_audit_writer *writer);
};

extern const struct chk_audit_format chk_audit_text; /* audit_text.c */

#endif
