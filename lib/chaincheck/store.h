/*
 * chaincheck/store.h: what is trusted, for what, since when, from where.
 *
 * Open a store by its spec, or make an empty one and add anchors. A store is
 * immutable once it is given to a search, and may then be shared between
 * threads. Exactly what is named is loaded, nothing ambient.
 */
#ifndef CHAINCHECK_STORE_H
#define CHAINCHECK_STORE_H

#include <chaincheck/cert.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_store;
struct chk_anchor;

/* enum chk_purpose is what a path is for (RFC 5280 section 4.2.1.12). */
enum chk_purpose {
	CHK_PURPOSE_TLS_SERVER,
	CHK_PURPOSE_TLS_CLIENT,
	CHK_PURPOSE_EMAIL,
	CHK_PURPOSE_CODE_SIGNING,
	CHK_PURPOSE_TIME_STAMPING,
	CHK_PURPOSE_OCSP_SIGNING,
	CHK_PURPOSE_ANY, /* no purpose is asked for */
	CHK_PURPOSE_COUNT,
};

/* enum chk_trust is what a store says of a certificate for one purpose. */
enum chk_trust {
	CHK_TRUST_NOT_STATED,
	CHK_TRUST_TRUSTED,
	CHK_TRUST_DISTRUSTED,
};

/*
 * chk_purpose_find knows our words ("tls-server"), those of the extended key
 * usage ("serverAuth") and its identifier ("1.3.6.1.5.5.7.3.1"). False: none.
 */
CHK_API bool chk_purpose_find(const char *name, enum chk_purpose *purpose);
/* "tls-server"; "unknown" for what is no purpose. Static. */
CHK_API const char *chk_purpose_name(enum chk_purpose purpose);

/*
 * struct chk_trap is why a store is not what it looks like to the programs
 * that load it; a place that could not be read is a note.
 */
struct chk_trap {
	const char *code;  /* of the finding: "store.java-empty" */
	const char *where; /* file, file:line, file and alias, token */
	const char *what;  /* a sentence without a full stop */
};

/*
 * struct chk_reason is one thing that was looked at to find out which store a
 * program uses, and what it means.
 */
struct chk_reason {
	const char *text; /* a sentence without a full stop, printable */
	const char *code; /* of the finding that it is; NULL: of none */
};

/* struct chk_store_options: zero it; zero is the default of every field. */
struct chk_store_options {
	const char *module; /* path of a PKCS#11 module to use for pkcs11: */
	const char *pin;    /* PIN or password; NULL: none is given */
};

/*
 * chk_store_open loads the store that `spec` names:
 *   system         what p11-kit calls the system's trust
 *   p11-kit[:PATH] the p11-kit trust module, of PATH (several with colons
 *                  between them) instead of the system's
 *   file:PATH      certificates in PEM (any number), DER or PKCS #7, or a
 *                  keystore, by its content
 *   dir:PATH       every file of a directory, not those below it
 *   jks:PATH       a keystore of Java, JKS or JCEKS
 *   p12:PATH       a PKCS #12 file
 *   java[:HOME]    what a JVM of that home trusts where nothing else is named:
 *                  jssecacerts or cacerts; Debian's default one without HOME
 *   pkcs11:...     the certificates a PKCS#11 URI (RFC 7512) matches
 *   pid:N[/NAME]   what the process N trusts (chaincheck/process.h)
 *   nss:DIR        the database cert9.db of NSS in DIR, and it alone
 *   nss-module:PATH  all tokens of a PKCS#11 module, which is loaded
 * A bare path is file:, nss: or dir: by what is there. A file is read as what
 * its content says: PEM, DER, PKCS #7, a keystore, a database of NSS, an object
 * file of p11-kit, or Mozilla's certdata.txt.
 *
 * A file or directory trusts all its certificates for every purpose, but for
 * TRUSTED CERTIFICATE blocks, which say for what. A token trusts what it marks
 * so; the rest of it is in the store and is not trusted. NSS and certdata.txt
 * trust for each purpose apart; what they trust as a peer is trusted as a leaf
 * alone, which chk_anchor_trust does not count. A keystore trusts, for every
 * purpose, what a JVM that has it as its trust store takes from it: what is
 * marked trusted, and of a key its own certificate.
 *
 * A PIN is tried once, on one token, and not at all where one wrong one more
 * would lock it; the spec of the store is without it. A password that is given
 * must be a keystore's; where none is, what most keystores have is tried.
 *
 * What could not be read in part is in the notes, and the rest is loaded.
 * Ownership: free `*store` with chk_store_free. `options` may be NULL.
 * Errors: CHK_ERROR_ARGUMENT (spec), CHK_ERROR_NOT_FOUND, CHK_ERROR_READ,
 * CHK_ERROR_EMPTY (no certificate at all), CHK_ERROR_FORMAT (the file is
 * none of these, or damaged), CHK_ERROR_TOO_LARGE, CHK_ERROR_PASSWORD,
 * CHK_ERROR_TOKEN, CHK_ERROR_UNSUPPORTED, CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_store_open(const char *spec, const struct chk_store_options *options,
		    struct chk_store **store, struct chk_error *error);

/* chk_store_new makes an empty store called `name`. NULL: no memory. */
CHK_API struct chk_store *chk_store_new(const char *name);
/* chk_store_free frees a store and its anchors. NULL is fine. */
CHK_API void chk_store_free(struct chk_store *store);

/*
 * chk_store_add makes `cert` an anchor, trusted (or distrusted) for `purpose`;
 * CHK_PURPOSE_ANY is every purpose. `where` says where it came from. A
 * certificate that is there already gets the trust and the place added;
 * distrust wins over trust.
 * Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_store_add(struct chk_store *store, const struct chk_cert *cert,
		   enum chk_purpose purpose, enum chk_trust trust,
		   const char *where, struct chk_error *error);

/*
 * chk_store_read adds the certificates of `bytes`, PEM (any number) or DER, as
 * a file's: trusted for every purpose, but for what OpenSSL's TRUSTED
 * CERTIFICATE says. What cannot be read is in the notes, at `where`.
 * Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_store_read(struct chk_store *store, struct chk_bytes bytes,
		    const char *where, struct chk_error *error);

/* The spec it was opened by, without a PIN, or its name. Borrowed. */
CHK_API const char *chk_store_spec(const struct chk_store *store);
/* Entries, trusted or not. */
CHK_API size_t chk_store_count(const struct chk_store *store);
/* The `i`th, in the order they were read. Borrowed; NULL: past the last. */
CHK_API const struct chk_anchor *chk_store_get(const struct chk_store *store,
					       size_t i);
/* Places that could not be read and were passed over. */
CHK_API size_t chk_store_note_count(const struct chk_store *store);
/* The `i`th of these, with the reason. Borrowed; NULL: past the last. */
CHK_API const struct chk_note *chk_store_note(const struct chk_store *store,
					      size_t i);

/* Reasons why the store is not what it looks like to those who load it. */
CHK_API size_t chk_store_trap_count(const struct chk_store *store);
/* The `i`th of these. Borrowed; NULL: past the last. */
CHK_API const struct chk_trap *chk_store_trap(const struct chk_store *store,
					      size_t i);
/*
 * The format it was read from: "pem", "der", "pkcs7", "jks", "jceks", "pkcs12",
 * "directory", "pkcs11", "p11-kit", "system", "nss", "nss-module",
 * "certdata", "process"; "made" for what chk_store_new made. Static.
 */
CHK_API const char *chk_store_format(const struct chk_store *store);

/* enum chk_carry is whether a format can say a thing. */
enum chk_carry {
	CHK_CARRIES_NO,
	CHK_CARRIES_SOME, /* at times: `how` says when */
	CHK_CARRIES_YES,
};

/*
 * struct chk_carries is what a format can say of an anchor beside its bytes.
 * What it cannot say is lost where a store is copied into it.
 */
struct chk_carries {
	const char *format; /* of chk_store_format */
	enum chk_carry purposes;
	enum chk_carry distrust;
	enum chk_carry distrust_after;
	enum chk_carry constraints; /* stapled extensions */
	const char *how; /* a clause about the format; NULL: no more to say */
};

/* What a format can say. Static; NULL: nothing is known of the format. */
CHK_API const struct chk_carries *chk_format_carries(const char *format);

/* The anchor's certificate. Borrowed from the store. */
CHK_API const struct chk_cert *chk_anchor_cert(const struct chk_anchor *anchor);
/*
 * chk_anchor_trust gives what the store says of it for `purpose`. For
 * CHK_PURPOSE_ANY an anchor is trusted if it is so for one purpose at least,
 * and distrusted if it is so for one and trusted for none.
 */
CHK_API enum chk_trust chk_anchor_trust(const struct chk_anchor *anchor,
					enum chk_purpose purpose);
/*
 * chk_anchor_distrust_after gives the last second of a leaf's notBefore for
 * which the anchor is trusted; INT64_MAX: no such date.
 */
CHK_API int64_t chk_anchor_distrust_after(const struct chk_anchor *anchor,
					  enum chk_purpose purpose);
/* Its `i`th place, "file:line" or "token: label". NULL: past the last. */
CHK_API const char *chk_anchor_where(const struct chk_anchor *anchor, size_t i);

/*
 * struct chk_constraint is an extension that the store staples to the anchor,
 * as if it stood in its certificate (p11-kit).
 */
struct chk_constraint {
	struct chk_bytes oid; /* content of the identifier */
	bool critical;
	struct chk_bytes value; /* extnValue, its content */
};

/* All that is stapled, usages too, which chk_anchor_trust has taken in. */
CHK_API size_t chk_anchor_constraint_count(const struct chk_anchor *anchor);
/* The `i`th of these, borrowed from the store. False: past the last. */
CHK_API bool chk_anchor_constraint(const struct chk_anchor *anchor, size_t i,
				   struct chk_constraint *constraint);

#ifdef __cplusplus
}
#endif

#endif
