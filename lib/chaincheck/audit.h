/*
 * chaincheck/audit.h: bundles before deployment. What a file is (server
 * chain, CA bundle, keystore, key, CRL) and what will break with it, before
 * anybody connects.
 */
#ifndef CHAINCHECK_AUDIT_H
#define CHAINCHECK_AUDIT_H

#include <chaincheck/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/* enum chk_bundle is what a file is, and is judged as. */
enum chk_bundle {
	CHK_BUNDLE_UNKNOWN, /* nothing that is known here; with a note */
	CHK_BUNDLE_SERVER,  /* a chain, with or without its key */
	CHK_BUNDLE_CA,      /* anchors for a client */
	CHK_BUNDLE_KEYSTORE,
	CHK_BUNDLE_CERTIFICATE, /* a lone one */
	CHK_BUNDLE_KEY,
	CHK_BUNDLE_CRL,
};

/* struct chk_audit_question: zero it and set what matters. Borrowed. */
struct chk_audit_question {
	enum chk_bundle as;   /* CHK_BUNDLE_UNKNOWN: find out */
	const char *const *accepting; /* --for: store specs and clients that
					 must accept it; NULL-ended, NULL */
	const char *const *untrusted; /* files with certificates at hand */
	const char *key;      /* file or pkcs11: URI; NULL */
	const char *password; /* of keys and keystores; NULL: none */
	const char *host;     /* --verify-hostname; NULL */
	int64_t at;           /* seconds since 1970 UTC, if `at_set` */
	bool at_set;
	int64_t warning_days, critical_days; /* 0: not asked */
};

/* struct chk_audit_finding is a finding and where in the file it is. */
struct chk_audit_finding {
	struct chk_finding finding;
	const char *path;     /* escaped */
	unsigned long line;   /* of its PEM block or text, from 1; 0: none */
	const char *alias;    /* in a keystore; NULL */
	bool accepted;        /* a baseline has it */
	const char *reason;   /* why, of the baseline; NULL */
};

/* struct chk_audited is what was found out about one file. */
struct chk_audited;

/*
 * chk_audit_file reads and judges one file; what cannot be read as anything
 * is a finding. Ownership: free `*audited` with chk_audited_free.
 * Errors: CHK_ERROR_IO (no such file, no permission), CHK_ERROR_ARGUMENT,
 * CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_audit_file(const char *path,
		    const struct chk_audit_question *question,
		    struct chk_audited **audited, struct chk_error *error);
CHK_API void chk_audited_free(struct chk_audited *audited);
CHK_API const char *chk_audited_path(const struct chk_audited *audited);
CHK_API enum chk_bundle chk_audited_bundle(const struct chk_audited *audited);
CHK_API size_t chk_audited_cert_count(const struct chk_audited *audited);
CHK_API size_t chk_audited_finding_count(const struct chk_audited *audited);
CHK_API const struct chk_audit_finding *
chk_audited_finding(const struct chk_audited *audited, size_t i);

/*
 * struct chk_audit_writer writes one document about many files, one after the
 * other, into `write`: "text", "json", "jsonl", "sarif" (2.1.0), "junit".
 * `write` gives false to stop; it owns nothing.
 */
struct chk_audit_writer;
typedef bool chk_audit_sink(void *self, const char *text, size_t size);
CHK_API CHK_MUST_CHECK
bool chk_audit_writer_new(const char *format,
			  const struct chk_write_options *options,
			  chk_audit_sink *sink, void *self,
			  struct chk_audit_writer **writer,
			  struct chk_error *error);
CHK_API CHK_MUST_CHECK
bool chk_audit_writer_add(struct chk_audit_writer *writer,
			  const struct chk_audited *audited,
			  struct chk_error *error);
/* Ends the document. */
CHK_API CHK_MUST_CHECK
bool chk_audit_writer_end(struct chk_audit_writer *writer,
			  struct chk_error *error);
CHK_API void chk_audit_writer_free(struct chk_audit_writer *writer);

#ifdef __cplusplus
}
#endif

#endif
