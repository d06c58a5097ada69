/*
 * tests/path/made_names.h: names, constraints and certificates made by hand,
 * as far as the rules about names look at them.
 */
#ifndef CHK_TESTS_PATH_MADE_NAMES_H
#define CHK_TESTS_PATH_MADE_NAMES_H

#include "base/arena.h"
#include "cert/cert.h"

/* One TLV around `content`; any size, any tag. */
struct chk_bytes made_tlv(struct chk_arena *arena, uint8_t tag,
			  struct chk_bytes content);
struct chk_bytes made_joined(struct chk_arena *arena, struct chk_bytes a,
			     struct chk_bytes b);
/* A Name of "O=Acme,CN=www": O, OU, CN and E, one attribute an RDN. */
struct chk_bytes made_dn(struct chk_arena *arena, const char *text);
/*
 * One GeneralName: "DNS:www.test", "IP:192.0.2.1", "IP:10.0.0.0/255.0.0.0",
 * "email:a@b.test", "URI:https://b.test/", "dir:O=Acme", "RID:", "other:",
 * "smtp:ä@b.test" (SmtpUTF8Mailbox, RFC 9598 section 3).
 */
struct chk_bytes made_name(struct chk_arena *arena, const char *text);
/* The extnValue content of "DNS:a.test DNS:b.test". */
struct chk_bytes made_alt_names(struct chk_arena *arena, const char *list);
/* Name constraints of two such lists; NULL: no such field. */
struct chk_bytes made_constraints(struct chk_arena *arena,
				  const char *permitted, const char *excluded);
/* `names` may be NULL: no subjectAltName. */
struct chk_cert made_cert(struct chk_arena *arena, const char *subject,
			  const char *names);

#endif
