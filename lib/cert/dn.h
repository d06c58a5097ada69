/* lib/cert/dn.h: distinguished names (RFC 5280 4.1.2.4, 7.1; RFC 4514). */
#ifndef CHK_CERT_DN_H
#define CHK_CERT_DN_H

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"
#include "cert/der.h"

/* All take a whole Name TLV that chk_dn_check has accepted. */

/* False and an error: not a Name. Bounded: at most 1,024 attributes. */
bool chk_dn_check(struct chk_bytes name, struct chk_error *error);
/*
 * chk_dn_read reads the next element as a Name, checked, and its chk_dn_hash
 * in the same walk. `what` names it in errors ("issuer").
 */
bool chk_dn_read(struct chk_der *der, const char *what, struct chk_bytes *name,
		 uint64_t *hash);
bool chk_dn_is_empty(struct chk_bytes name);
/*
 * chk_dn_match compares as RFC 5280 section 7.1 has it: equal bytes first,
 * then attribute by attribute, string types apart, case folded, white space
 * trimmed and runs of it one, Unicode in NFKC. Multi-valued RDNs are sets.
 */
bool chk_dn_match(struct chk_bytes a, struct chk_bytes b);
/*
 * Of two names that match and are not the same bytes: appends what the first
 * difference is, "CN is a PrintableString here and a UTF8String there", `a`
 * being here.
 */
void chk_dn_difference(struct chk_buffer *buffer, struct chk_bytes a,
		       struct chk_bytes b);
/* Names that match hash alike. */
uint64_t chk_dn_hash(struct chk_bytes name);
/*
 * chk_dn_is_within: true when `name` lies in the subtree of `base`, whose RDNs
 * are its first ones (RFC 5280 section 4.2.1.10, directoryName).
 */
bool chk_dn_is_within(struct chk_bytes name, struct chk_bytes base);
/* Appends RFC 4514 text, escaped for printing, most specific part first. */
void chk_dn_text(struct chk_buffer *buffer, struct chk_bytes name);
/*
 * chk_dn_parse appends the Name that RFC 4514 `text` stands for, its values as
 * UTF8String, but for those in hexadecimal. False: it is none, has attribute
 * types that oid.def has not, or more than 1,024 attributes; or no memory.
 */
bool chk_dn_parse(const char *text, struct chk_buffer *name);
/*
 * Appends the shortest name a person knows it by: the last CN, else the last
 * OU, else the last O, else the whole; escaped.
 */
void chk_dn_short(struct chk_buffer *buffer, struct chk_bytes name);
/*
 * chk_dn_find walks the values of one attribute type; set `*cursor` to 0
 * first. `value` is as encoded; `tag` its string type.
 */
bool chk_dn_find(struct chk_bytes name, struct chk_bytes type, size_t *cursor,
		 uint8_t *tag, struct chk_bytes *value);

#endif
