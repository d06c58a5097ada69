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

chk_store_reader chk_read_file;   /* read_pem.c: PEM or one DER */
chk_store_reader chk_read_dir;    /* read_dir.c */
chk_store_reader chk_read_pkcs11; /* read_pkcs11.c: a whole pkcs11: URI */
chk_store_reader chk_read_p11kit; /* read_p11kit.c: "" or a path */
/* system.c: "", or a list of trust paths, colons between them. */
chk_store_reader chk_read_system;

/*
 * chk_read_certificates adds every certificate of `bytes` as trusted for all
 * purposes, but for TRUSTED CERTIFICATE blocks, which say for what; `name` is
 * the file they are from. What is broken leaves a note.
 * Errors: CHK_ERROR_EMPTY, CHK_ERROR_FORMAT (neither PEM nor DER),
 * CHK_ERROR_MEMORY.
 */
bool chk_read_certificates(struct chk_store *store, struct chk_bytes bytes,
			   const char *name, struct chk_error *error);

#endif
