/* lib/cert/dn_walk.h: the parts of a Name, for the files dn*.c. */
#ifndef CHK_CERT_DN_WALK_H
#define CHK_CERT_DN_WALK_H

#include "cert/der.h"

/* Attributes of a Name: more than any real one has. */
#define CHK_DN_MAX 1024

struct chk_attribute {
	struct chk_bytes type; /* OID content */
	uint8_t tag;           /* of the value */
	struct chk_bytes value;
	struct chk_bytes whole; /* the value as TLV */
};

/* All take a Name that chk_dn_check has accepted. */
struct chk_der chk_dn_begin(struct chk_bytes name);
bool chk_dn_next_rdn(struct chk_der *name, struct chk_der *rdn);
bool chk_dn_next_attribute(struct chk_der *rdn,
			   struct chk_attribute *attribute);

#endif
