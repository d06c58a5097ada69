/*
 * lib/store/format.h: the readers. Each fills a store from one kind of place;
 * system.c and spec.c choose. A reader adds what it can, leaves a note for
 * what it cannot, and fails only when the place as a whole is of no use.
 */
#ifndef CHK_STORE_FORMAT_H
#define CHK_STORE_FORMAT_H

#include "store/store.h"

/* `path` is what stands behind the scheme of the spec. */
typedef bool chk_store_reader(struct chk_store *store, const char *path,
			      const struct chk_store_options *options,
			      struct chk_error *error);

chk_store_reader chk_read_file;   /* read_file.c: by its content */
chk_store_reader chk_read_dir;    /* read_dir.c */
chk_store_reader chk_read_pkcs11; /* read_pkcs11.c: a whole pkcs11: URI */
chk_store_reader chk_read_p11kit; /* read_p11kit.c: "" or a path */
chk_store_reader chk_read_process; /* read_process.c: "N", "N/RUNTIME" */
/* read_pkcs11.c: the path of a module; all its tokens. */
chk_store_reader chk_read_nss_module;
chk_store_reader chk_read_nss; /* read_nss.c: a directory, or its cert9.db */
/* Is there a database of NSS in this directory? */
bool chk_nss_is_dir(const char *path);
chk_store_reader chk_read_jks_file; /* read_file.c: JKS or JCEKS alone */
chk_store_reader chk_read_pkcs12_file; /* read_file.c */
chk_store_reader chk_read_java; /* read_java.c: "" or the home of a JVM */
/* system.c: "", or a list of trust paths, colons between them. */
chk_store_reader chk_read_system;

/* How the files of a directory are read. */
struct chk_dir_how {
	bool hashed;      /* those alone that have the name of a hash */
	bool pem;         /* PEM alone */
};

/* Errors as chk_read_dir, but for CHK_ERROR_EMPTY. */
bool chk_read_dir_as(struct chk_store *store, const char *path,
		     const struct chk_dir_how *how, struct chk_error *error);

/* The content of a file; `name` is the file, for notes and places. */
typedef bool chk_bytes_reader(struct chk_store *store, struct chk_bytes bytes,
			      const char *name,
			      const struct chk_store_options *options,
			      struct chk_error *error);

chk_bytes_reader chk_read_pem; /* read_pem.c: any number of blocks */
chk_bytes_reader chk_read_der; /* read_pem.c: one certificate */
chk_bytes_reader chk_read_jks; /* read_jks.c: JKS or JCEKS */
chk_bytes_reader chk_read_pkcs12; /* read_pkcs12.c */
chk_bytes_reader chk_read_pkcs7;  /* read_pkcs7.c: trusted as a file's */

/* What each is told by. */
bool chk_jks_is(struct chk_bytes bytes);

chk_bytes_reader chk_read_certdata; /* read_certdata.c */
bool chk_certdata_is(struct chk_bytes bytes);
/*
 * These are read by their path, once their bytes have told what they are.
 * read_nss.c: a database file; read_p11kit.c: objects of p11-kit.
 */
chk_bytes_reader chk_read_nss_file, chk_read_p11kit_file;
bool chk_nss_is(struct chk_bytes bytes);
bool chk_p11kit_is(struct chk_bytes bytes);

/* A kind of file: what tells it from others, and who reads it. */
struct chk_format {
	const char *name;  /* of chk_store_format */
	const char *words; /* for people; NULL: nothing is known of it */
	bool (*is)(struct chk_bytes bytes);
	chk_bytes_reader *read;
};

/*
 * chk_read_format reads the file at `path` as the format called `wanted`, or,
 * where that is NULL, as what its content says. Errors: those of
 * chk_file_read and the reader; CHK_ERROR_EMPTY, CHK_ERROR_FORMAT.
 */
bool chk_read_format(struct chk_store *store, const char *path,
		     const char *wanted,
		     const struct chk_store_options *options,
		     struct chk_error *error);

/*
 * chk_read_certificates adds every certificate of `bytes` as trusted for all
 * purposes, but for TRUSTED CERTIFICATE blocks, which say for what; `name` is
 * the file they are from. What is broken leaves a note, and so does PKCS #7,
 * which OpenSSL and GnuTLS do not take from a bundle.
 * Errors: CHK_ERROR_EMPTY, CHK_ERROR_FORMAT (neither PEM nor DER),
 * CHK_ERROR_MEMORY.
 */
bool chk_read_certificates(struct chk_store *store, struct chk_bytes bytes,
			   const char *name, struct chk_error *error);

/*
 * chk_read_certificate adds one certificate with the same trust for every
 * purpose; what is none leaves a note. Errors: CHK_ERROR_MEMORY.
 */
bool chk_read_certificate(struct chk_store *store, struct chk_bytes der,
			  enum chk_trust trust, const char *where,
			  struct chk_error *error);
/*
 * chk_read_java_certificate does so for a keystore, as Java has it: bytes
 * behind the certificate are passed over, and what is none makes Java refuse
 * the whole keystore, and this fail. Only what Java may read all the same, a
 * rule broken within an extension, leaves a note.
 * Errors: CHK_ERROR_FORMAT, CHK_ERROR_MEMORY.
 */
bool chk_read_java_certificate(struct chk_store *store, struct chk_bytes der,
			       enum chk_trust trust, const char *where,
			       struct chk_error *error);

#endif
