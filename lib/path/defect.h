/*
 * lib/path/defect.h: what is wrong with a path: one rule, the certificate and
 * both operands. defect.def is the table of rules and of their costs.
 */
#ifndef CHK_PATH_DEFECT_H
#define CHK_PATH_DEFECT_H

#include "base/arena.h"
#include "cert/cert.h"
#include "store/store.h"

enum chk_rule {
#define CHK_RULE(name, text, code, party, cost, source) CHK_RULE_##name,
#include "path/defect.def"
#undef CHK_RULE
	CHK_RULE_COUNT,
};

/* Who must act; the diagnosis turns it into the public enum. */
enum chk_actor {
	CHK_ACTOR_SERVER,
	CHK_ACTOR_CLIENT,
	CHK_ACTOR_CA,
	CHK_ACTOR_NETWORK,
};

struct chk_rule_facts {
	const char *name;   /* stable: "path-length" */
	const char *code;   /* of the finding */
	enum chk_actor actor;
	uint32_t cost;
	const char *source; /* RFC and section */
};

/*
 * struct chk_defect: which operands mean what depends on the rule:
 *   EXPIRED, NOT_YET_VALID  when = the bound, found_when = the time asked
 *   DISTRUST_AFTER          when = the date, found_when = leaf notBefore,
 *                           anchor = the one that has the date
 *   PATH_LENGTH, MAX_DEPTH  allowed, found (CAs below)
 *   WEAK_KEY                allowed, found (bits); flag = its kind is
 *                           refused
 *   NAME_CONSTRAINT         a = the subtree, b = the name (texts in the
 *                           arena), flag = it is an excluded one
 *   POLICY                  other = who demands one (NULL: the caller), cert
 *                           = that leaves none; or text = why they
 *                           cannot be worked through
 *   PURPOSE                 a = the usage that is wanted (OID content); flag =
 *                           alone and critical
 *   UNKNOWN_CRITICAL        a = OID content
 *   KEY_USAGE               allowed = bits that are there, found = wanted
 *   KEY_MISMATCH, SIGNATURE, ISSUER_UNFIT other = the issuer that was tried;
 *                           anchor = what a store says of it, if it is one
 *   ISSUER_ELSEWHERE        other = the issuer
 *   WRONG_PURPOSE_ANCHOR    anchor = what is not trusted for it
 *   WEAK_SIGNATURE          text = the algorithm's name
 *   HOST_NAME               text = the nearest name, or NULL
 *   MALFORMED, FORM         text = what is wrong
 *   REVOKED                 when = the date, found = the reason (5.3.1)
 *   REVOCATION_UNKNOWN      text = why; flag: the CRL's time is another,
 *                           when = its end or begin, found_when = asked
 *   SIGNATURE               flag = GnuTLS knows not the key or algorithm
 *   KEY_IDS                 other = the issuer
 */
struct chk_defect {
	enum chk_rule rule;
	const struct chk_cert *cert;
	const struct chk_cert *other;
	const struct chk_anchor *anchor;
	uint32_t allowed, found;
	int64_t when, found_when;
	struct chk_bytes a, b;
	const char *text;
	bool flag;
};

/* A list in an arena; newest first. */
struct chk_defect_node {
	struct chk_defect defect;
	const struct chk_defect_node *next;
};

/* Where a rule puts what it finds. */
struct chk_defects {
	struct chk_arena *arena;
	const struct chk_defect_node *first;
	uint32_t count;
	uint32_t cost;
};

/* Without memory the arena says so, and the search ends without trust. */
void chk_defects_add(struct chk_defects *defects, struct chk_defect defect);
const struct chk_rule_facts *chk_rule_facts(enum chk_rule rule);

#endif
