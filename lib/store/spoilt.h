/* lib/store/spoilt.h: a PEM file that most programs take nothing from. */
#ifndef CHK_STORE_SPOILT_H
#define CHK_STORE_SPOILT_H

#include "base/bytes.h"

/* The block that does it. */
struct chk_spoilt {
	uint32_t line;    /* of BEGIN, from 1 */
	size_t offset;    /* of BEGIN, bytes */
	bool certificate; /* else another block, which GnuTLS passes over */
	char why[256];
};

/*
 * chk_pem_is_spoilt finds the first block for which OpenSSL
 * (X509_load_cert_crl_file), GnuTLS and Java refuse a whole file: bad base64,
 * no END, or a certificate that is none. Keys are not looked at.
 */
bool chk_pem_is_spoilt(struct chk_bytes bytes, struct chk_spoilt *spoilt);

#endif
