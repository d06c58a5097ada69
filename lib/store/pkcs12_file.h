/* lib/store/pkcs12_file.h: the parts of a PKCS #12 file (RFC 7292), in DER. */
#ifndef CHK_STORE_PKCS12_FILE_H
#define CHK_STORE_PKCS12_FILE_H

#include "cert/der.h"

/* Slices of the file. */
struct chk_pkcs12_part {
	bool encrypted;
	struct chk_bytes algorithm; /* AlgorithmIdentifier TLV, if encrypted */
	struct chk_bytes content;   /* SafeContents, encrypted or not */
};

/* PFX, in DER or BER, by its first bytes. */
bool chk_pkcs12_is(struct chk_bytes bytes);
/*
 * A cursor on the parts of a file. False, here and from chk_pkcs12_next: it is
 * not DER throughout, or is protected by public keys, or is malformed.
 */
bool chk_pkcs12_begin(struct chk_der *der, struct chk_bytes bytes);
bool chk_pkcs12_next(struct chk_der *der, struct chk_pkcs12_part *part);

#endif
