/* lib/audit/contents.h: what stands in a file, piece by piece. */
#ifndef CHK_AUDIT_CONTENTS_H
#define CHK_AUDIT_CONTENTS_H

#include "cert/cert.h"

enum chk_item_kind {
	CHK_ITEM_CERT,
	CHK_ITEM_KEY,        /* a private one, encrypted or not */
	CHK_ITEM_CRL,
	CHK_ITEM_REQUEST,    /* PKCS #10 */
	CHK_ITEM_PARAMETERS, /* of DH or of a curve */
	CHK_ITEM_PKCS7,
	CHK_ITEM_OTHER,
	CHK_ITEM_KINDS,
};

struct chk_item {
	enum chk_item_kind kind;
	uint32_t line;         /* of BEGIN, from 1; 0: it is no PEM */
	struct chk_bytes text; /* of the block, BEGIN to END; or all of it */
	struct chk_bytes above; /* what stands between it and the one before */
	struct chk_cert *cert; /* owned; NULL: none, or it is broken */
	char *alias;           /* in a keystore, escaped, owned; NULL */
	bool trusted_label;    /* a TRUSTED CERTIFICATE */
	bool again;            /* the same certificate stands before it */
	char *fault;           /* why it cannot be read, owned; NULL: it can */
	uint32_t fault_line;
};

/* Zero it. */
struct chk_contents {
	uint8_t *data; /* the file, owned; a NUL stands behind it */
	size_t size;
	bool pem;
	struct chk_item *items;
	size_t count, room;
	size_t kinds[CHK_ITEM_KINDS]; /* how many of each */
	size_t certs; /* that could be read */
};

/*
 * chk_contents_read finds the pieces of `contents->data`: PEM, or one piece of
 * DER. What is none has no item. False: no memory.
 */
bool chk_contents_read(struct chk_contents *contents, struct chk_error *error);
/* Adds a certificate of a keystore; `alias` may be NULL. */
bool chk_contents_add(struct chk_contents *contents,
		      const struct chk_cert *cert, const char *alias,
		      struct chk_error *error);
/* The last item of this certificate, by its bytes; NULL: it is not there. */
const struct chk_item *chk_contents_find(const struct chk_contents *contents,
					 const struct chk_cert *cert);
/* The text of the first private key, or all of it where it is no PEM. */
struct chk_bytes chk_contents_key(const struct chk_contents *contents);
void chk_contents_clear(struct chk_contents *contents);

#endif
