/* lib/report/audit_write.h: the formats of audits, one document of many
 * files. */
#ifndef CHK_REPORT_AUDIT_WRITE_H
#define CHK_REPORT_AUDIT_WRITE_H

#include <chaincheck/audit.h>

#include "base/buffer.h"
#include "diagnosis/finding.h"
#include "report/json.h"

/* The rules of a document, in the order in which they were met. */
struct chk_rules {
	enum chk_finding_id ids[CHK_FINDING_COUNT];
	size_t count;
};

/* What was written so far. */
struct chk_audit_sums {
	size_t files, certs;
	size_t findings[CHK_SEVERITY_ERROR + 1]; /* without accepted ones */
	size_t accepted;
};

struct chk_audit_writer {
	const struct chk_audit_format *format;
	struct chk_write_options options;
	struct chk_audit_sink sink;
	struct chk_audit_sums sums;
	struct chk_buffer buffer; /* goes to the sink after each call */
	struct chk_json json;     /* of formats that are JSON; into `buffer` */
	struct chk_rules rules;   /* sarif: those that were met */
};

/* Each appends to `writer->buffer`; NULL: the format has no such part. */
struct chk_audit_format {
	const char *name;
	void (*begin)(struct chk_audit_writer *writer);
	void (*add)(struct chk_audit_writer *writer,
		    const struct chk_audited *audited);
	void (*add_report)(struct chk_audit_writer *writer,
			   const struct chk_report *report);
	void (*end)(struct chk_audit_writer *writer);
};

extern const struct chk_audit_format chk_audit_text;  /* audit_text.c */
extern const struct chk_audit_format chk_audit_json;  /* audit_json.c */
extern const struct chk_audit_format chk_audit_jsonl;
extern const struct chk_audit_format chk_audit_sarif; /* audit_sarif.c */
extern const struct chk_audit_format chk_audit_junit; /* audit_junit.c */

void chk_audit_sum(struct chk_audit_sums *sums,
		   const struct chk_audited *audited);
/* A whole document about one report. */
void chk_audit_write_report(const struct chk_audit_format *format,
			    const struct chk_report *report,
			    const struct chk_write_options *options,
			    struct chk_buffer *buffer);

/*
 * struct chk_result is a finding and where it is, whatever it was found in.
 * Borrowed.
 */
struct chk_result {
	const struct chk_finding *finding;
	const char *path;    /* of a file; NULL: it is in none */
	unsigned long line;  /* 0: not known */
	const char *alias;   /* in a keystore; NULL */
	const char *target;  /* that was asked, "www.example.test:443"; NULL */
	bool accepted;
	const char *reason;  /* why it was; NULL */
};
/* `room` is for the path of a report's result. */
struct chk_result chk_result_of(const struct chk_audit_finding *found);
struct chk_result chk_result_of_report(const struct chk_report *report,
				       const struct chk_finding *finding,
				       struct chk_buffer *room);

#endif
