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
	CHK_BUNDLE_UNKNOWN, /* nothing that is known here; with a finding */
	CHK_BUNDLE_SERVER,  /* a chain, with or without its key */
	CHK_BUNDLE_CA,      /* anchors for a client */
	CHK_BUNDLE_KEYSTORE,
	CHK_BUNDLE_CERTIFICATE, /* a lone one */
	CHK_BUNDLE_KEY,
	CHK_BUNDLE_CRL,
	CHK_BUNDLE_BASELINE, /* of chaincheck/baseline.h */
	CHK_BUNDLE_COUNT,
};

/* "server", "ca-bundle", "keystore", "certificate", ... Static. */
CHK_API const char *chk_bundle_name(enum chk_bundle bundle);
/*
 * chk_bundle_find knows the names that a file can be judged as, whatever it
 * looks like: "server", "ca-bundle", "keystore". False: none of them.
 */
CHK_API bool chk_bundle_find(const char *name, enum chk_bundle *bundle);

/* struct chk_audit_client is somebody who must accept a bundle. Borrowed. */
struct chk_audit_client {
	const char *name; /* as the caller calls it: "system", "file:ca.pem" */
	const struct chk_store *store; /* what it trusts */
	const char *profile;  /* of chk_profile_name; NULL: "web" */
	const char *strength; /* of chk_strength_name; NULL: the profile's */
};

/*
 * chk_audit_client_find fills in a TLS client by its id or alias, "android-7",
 * "java8" (chk_clients_write lists them): how it judges, and in `*trust` the
 * spec of its store (chk_store_open); NULL: no such store can be read. To open
 * it, or another in its place, is the caller's. What it gives is static.
 * False: no client, or a spec of chk_store_open ("java").
 */
CHK_API CHK_MUST_CHECK
bool chk_audit_client_find(const char *name, struct chk_audit_client *client,
			   const char **trust);

/* struct chk_audit_question: zero it and set what matters. Borrowed. */
struct chk_audit_question {
	enum chk_bundle as;   /* CHK_BUNDLE_UNKNOWN: find out */
	/*
	 * Who must accept it. Without any, what stands at the top of a chain
	 * is taken for trusted, and all else is judged: no store is read that
	 * nobody named.
	 */
	const struct chk_audit_client *clients;
	size_t client_count;
	/* Certificates at hand, which may complete a chain. NULL: none. */
	const struct chk_chain *untrusted;
	const char *key;      /* the file of the key, or a pkcs11: URI; NULL */
	const char *password; /* of keys and keystores; NULL: none */
	const char *module;   /* the PKCS#11 module of the URI; NULL: any */
	/* Files that are looked through for what fits; ends in NULL; NULL */
	const char *const *at_hand;
	const char *host;     /* the name that clients ask for; NULL: any */
	int64_t at;           /* seconds since 1970 UTC, if `at_set` */
	bool at_set;
	/* Days: a certificate that ends sooner is told; 0: not asked */
	int64_t warning_days, critical_days;
	const struct chk_known *known; /* public CAs; NULL: none is known */
	struct chk_memory *memory; /* of signatures; NULL: one for each call */
	bool mend; /* say what the file should be, chk_audited_mended */
};

/* struct chk_audit_finding is a finding and where in the file it is. */
struct chk_audit_finding {
	struct chk_finding finding;
	const char *path;     /* escaped */
	unsigned long line;   /* of its PEM block or text, from 1; 0: none */
	const char *alias;    /* in a keystore; NULL */
	bool accepted;        /* a baseline has it */
	const char *reason;   /* why, of the baseline; NULL */
	int64_t until;        /* the last second of that, if `accepted` */
};

/* struct chk_audited is what was found out about one file. */
struct chk_audited;

/*
 * chk_audit_file reads and judges one file; what cannot be read as anything
 * is a finding. Ownership: free `*audited` with chk_audited_free.
 * Errors: CHK_ERROR_NOT_FOUND, CHK_ERROR_READ, CHK_ERROR_TOO_LARGE,
 * CHK_ERROR_ARGUMENT (the host, a profile), CHK_ERROR_MEMORY; those of the
 * key of the question, where it cannot be had.
 */
CHK_API CHK_MUST_CHECK
bool chk_audit_file(const char *path,
		    const struct chk_audit_question *question,
		    struct chk_audited **audited, struct chk_error *error);
/*
 * chk_audit_bytes is chk_audit_file for bytes at hand, called `name`; nothing
 * is said of who may read them.
 */
CHK_API CHK_MUST_CHECK
bool chk_audit_bytes(struct chk_bytes bytes, const char *name,
		     const struct chk_audit_question *question,
		     struct chk_audited **audited, struct chk_error *error);
/* NULL is fine. */
CHK_API void chk_audited_free(struct chk_audited *audited);
/* The file, escaped. */
CHK_API const char *chk_audited_path(const struct chk_audited *audited);
/* What it was judged as. */
CHK_API enum chk_bundle chk_audited_bundle(const struct chk_audited *audited);
/* Certificates that could be read, each as often as it is there. */
CHK_API size_t chk_audited_cert_count(const struct chk_audited *audited);
/* Findings: errors first, then warnings, then notes. */
CHK_API size_t chk_audited_finding_count(const struct chk_audited *audited);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_audit_finding *
chk_audited_finding(const struct chk_audited *audited, size_t i);

/* enum chk_mended_part is what of a mended bundle is wanted. */
enum chk_mended_part {
	CHK_MENDED_WHOLE, /* certificates, and the keys that were among them */
	CHK_MENDED_LEAF,  /* the server's own certificate */
	CHK_MENDED_CHAIN, /* what stands behind it: its issuer first, no root */
};

/*
 * chk_audited_mended gives the file as it should be, as PEM: in order, whole
 * as far as the certificates were at hand, without surplus, and written so
 * that every program reads it. Of a server bundle and of a CA bundle alone,
 * and where the question had `mend`. Of anchors only what was there plainly is
 * kept: nothing is trusted that was not.
 * Ownership: free() `*text`; it ends in NUL. `*secret`: there is a private key
 * in it.
 * Errors: CHK_ERROR_UNSUPPORTED (of such a file none is made),
 * CHK_ERROR_EMPTY (nothing would be in it), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_audited_mended(const struct chk_audited *audited,
			enum chk_mended_part part, char **text, bool *secret,
			struct chk_error *error);
/* What is other in it than in the file, sentences. 0: nothing. */
CHK_API size_t chk_audited_change_count(const struct chk_audited *audited);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const char *chk_audited_change(const struct chk_audited *audited,
				       size_t i);

/* struct chk_least_host is a host and what it presents. Borrowed. */
struct chk_least_host {
	const struct chk_chain *chain; /* empty: nothing is known of it */
	const char *host; /* the name that its certificate must have; NULL */
};

/*
 * struct chk_least is which anchors of a store some hosts need: each of them
 * is needed by one at least, whom no other of them serves.
 */
struct chk_least;
/*
 * chk_least_new asks each host with all anchors of the store, then without
 * each that was used. Of the question the time alone counts.
 * Ownership: chk_least_free; it needs nothing of what it was made from.
 * Errors: CHK_ERROR_ARGUMENT (a name that is none), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_least_new(const struct chk_store *store,
		   const struct chk_least_host *hosts, size_t count,
		   const struct chk_audit_question *question,
		   struct chk_least **least, struct chk_error *error);
/* NULL is fine. */
CHK_API void chk_least_free(struct chk_least *least);
/* How many anchors are needed. */
CHK_API size_t chk_least_count(const struct chk_least *least);
/* The `i`th of them, from 0. Borrowed; NULL: past the last. */
CHK_API const struct chk_cert *chk_least_anchor(const struct chk_least *least,
						size_t i);
/* Does it serve the host, by its place in the list? Each has one at most. */
CHK_API bool chk_least_serves(const struct chk_least *least, size_t i,
			      size_t host);
/*
 * chk_least_write gives them as PEM, each with a comment that names it.
 * Ownership: free() `*text`. Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_least_write(const struct chk_least *least, char **text,
		     struct chk_error *error);

/*
 * struct chk_audit_writer writes one document about many files, one after the
 * other: "text", "json", "jsonl", "sarif" (2.1.0), "junit". What is made goes
 * into the sink at once.
 */
struct chk_audit_writer;
/* struct chk_audit_sink takes what is written; false: no more. Borrowed. */
struct chk_audit_sink {
	bool (*write)(void *self, const char *text, size_t size);
	void *self;
};
/*
 * chk_audit_writer_new begins a document. `options` (NULL: none) and `sink` are
 * copied; the sink's `self` is borrowed until the writer is freed.
 * Ownership: free `*writer` with chk_audit_writer_free.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY, CHK_ERROR_WRITE (the
 * sink took no more).
 */
CHK_API CHK_MUST_CHECK
bool chk_audit_writer_new(const char *format,
			  const struct chk_write_options *options,
			  const struct chk_audit_sink *sink,
			  struct chk_audit_writer **writer,
			  struct chk_error *error);
/*
 * chk_audit_writer_add writes what was found out about one file; `audited` is
 * not kept. Errors: CHK_ERROR_MEMORY, CHK_ERROR_WRITE.
 */
CHK_API CHK_MUST_CHECK
bool chk_audit_writer_add(struct chk_audit_writer *writer,
			  const struct chk_audited *audited,
			  struct chk_error *error);
/*
 * chk_audit_writer_add_report adds what was said of a chain in files or of a
 * server. Errors: CHK_ERROR_ARGUMENT, where the format is not "sarif" or
 * "junit".
 */
CHK_API CHK_MUST_CHECK
bool chk_audit_writer_add_report(struct chk_audit_writer *writer,
				 const struct chk_report *report,
				 struct chk_error *error);
/* chk_audit_writer_end ends the document. Errors: as of the calls before. */
CHK_API CHK_MUST_CHECK
bool chk_audit_writer_end(struct chk_audit_writer *writer,
			  struct chk_error *error);
/* chk_audit_writer_free frees a writer, ended or not. NULL is fine. */
CHK_API void chk_audit_writer_free(struct chk_audit_writer *writer);

#ifdef __cplusplus
}
#endif

#endif
