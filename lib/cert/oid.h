/*
 * lib/cert/oid.h: object identifiers that C must know by name; oid.def is the
 * list. An identifier is kept as the content bytes of its DER form.
 */
#ifndef CHK_CERT_OID_H
#define CHK_CERT_OID_H

#include "base/buffer.h"
#include "base/bytes.h"

enum chk_oid {
	CHK_OID_UNKNOWN = 0,
#define CHK_OID(name, dotted, text, bytes) CHK_OID_##name,
#include "cert/oid.def"
#undef CHK_OID
	CHK_OID_COUNT,
};

enum chk_oid chk_oid_find(struct chk_bytes oid);
/* "basicConstraints"; NULL for CHK_OID_UNKNOWN. */
const char *chk_oid_name(enum chk_oid oid);
/* "2.5.29.19"; NULL for CHK_OID_UNKNOWN. */
const char *chk_oid_text(enum chk_oid oid);
/* The content bytes. */
struct chk_bytes chk_oid_bytes(enum chk_oid oid);
/*
 * chk_oid_parse appends the content bytes of a dotted identifier. False: it is
 * none, or an arc is over 64 bits.
 */
bool chk_oid_parse(const char *dotted, struct chk_buffer *content);
/* Appends "1.2.840.113549.1.1.11"; of hostile bytes something printable. */
void chk_oid_dotted(struct chk_buffer *buffer, struct chk_bytes oid);

#endif
