/* lib/cert/general_name.h: names in SAN and name constraints (4.2.1.6). */
#ifndef CHK_CERT_GENERAL_NAME_H
#define CHK_CERT_GENERAL_NAME_H

#include "base/buffer.h"
#include "cert/der.h"

enum chk_general_name_type {
	CHK_NAME_OTHER = 0, /* the context tag of RFC 5280 */
	CHK_NAME_EMAIL = 1,
	CHK_NAME_DNS = 2,
	CHK_NAME_X400 = 3,
	CHK_NAME_DIRECTORY = 4,
	CHK_NAME_EDI = 5,
	CHK_NAME_URI = 6,
	CHK_NAME_IP = 7,
	CHK_NAME_REGISTERED_ID = 8,
	CHK_NAME_UNKNOWN = 9, /* any other tag: RFC 5280 has no such form */
};

struct chk_general_name {
	enum chk_general_name_type type;
	struct chk_bytes value; /* directory: the Name TLV; else the content */
};

/* The next name of a GeneralNames content; it may be of an unknown form. */
bool chk_general_name_next(struct chk_der *names,
			   struct chk_general_name *name);
/*
 * Reads all of a GeneralNames content: one name at least, and each readable
 * and, where `known`, of a form that RFC 5280 has.
 */
bool chk_general_names_check(struct chk_der names, bool known);
/*
 * Is it a mailbox beyond ASCII (RFC 9598 section 3)? `*mailbox` is its UTF-8,
 * and empty where it cannot be read.
 */
bool chk_general_name_smtp_utf8(const struct chk_general_name *name,
				struct chk_bytes *mailbox);
/* Appends "DNS:www.example.test", "IP:192.0.2.1/24", "email:...", escaped. */
void chk_general_name_text(struct chk_buffer *buffer,
			   const struct chk_general_name *name);

#endif
