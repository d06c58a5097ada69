/*
 * lib/store/pkcs12_attributes.h: the bags of a PKCS #12 file (RFC 7292) with
 * their attributes. GnuTLS shows none but two of these, and of the bags the
 * first 32, where a keystore of Java has all its certificates in one row.
 */
#ifndef CHK_STORE_PKCS12_ATTRIBUTES_H
#define CHK_STORE_PKCS12_ATTRIBUTES_H

#include "cert/der.h"

enum chk_bag_kind {
	CHK_BAG_OTHER,
	CHK_BAG_CERTIFICATE, /* X.509 */
	CHK_BAG_KEY,         /* encrypted; Java passes over others */
	CHK_BAG_SECRET,      /* of a symmetric cipher, or a password */
};

/* Slices of what was walked. */
struct chk_bag {
	enum chk_bag_kind kind;
	struct chk_bytes certificate; /* DER */
	struct chk_bytes name;   /* friendlyName, UTF-16BE; .data NULL: none */
	struct chk_bytes key_id; /* localKeyID; .data NULL: none */
	bool java_trusted;       /* Java's trustedKeyUsage is there */
};

/* A cursor on the bags of `safe_contents`, a SEQUENCE OF SafeBag. */
bool chk_bags_begin(struct chk_der *der, struct chk_bytes safe_contents,
		    struct chk_error *error);
/* False: it is malformed. At the end, chk_der_at_end. */
bool chk_bags_next(struct chk_der *der, struct chk_bag *bag);

#endif
