/*
 * lib/diagnosis/public_ca.h: what is publicly known of an issuer that is not
 * at hand. It is named by it, and nothing is trusted for it.
 */
#ifndef CHK_DIAGNOSIS_PUBLIC_CA_H
#define CHK_DIAGNOSIS_PUBLIC_CA_H

#include "diagnosis/finding.h"

/*
 * chk_public_issuer gives, of all known certificates of the name and key id
 * that `cert` asks for, the one that helps most: one that leads to a root of
 * this client, that is valid, a root, that was valid when `cert` was issued.
 * It lives in the report's arena. NULL: there is no table, or nothing in it.
 */
const struct chk_known_cert *chk_public_issuer(struct chk_inquiry *inquiry,
					       const struct chk_cert *cert);
/* What the table says of `cert` itself; likewise. */
const struct chk_known_cert *chk_public_self(struct chk_inquiry *inquiry,
					     const struct chk_cert *cert);
/*
 * A valid root that the table has of the name and key of `cert`, which is an
 * intermediate on a path: a store that had it would need no path above it.
 * False: there is none, or a store of the question has it.
 */
bool chk_public_root_of(struct chk_inquiry *inquiry,
			const struct chk_cert *cert,
			struct chk_known_cert *root);
/* A root that `known` leads to and a store of the question trusts. */
bool chk_public_held_root(struct chk_inquiry *inquiry,
			  const struct chk_known_cert *known,
			  struct chk_known_cert *root);
/*
 * chk_public_clause says of what is known, behind a name: "; it is the public
 * root ..., in Mozilla since 2016-08-05, ...", or, where a table is there and
 * has no such name, that no public CA has it; "" without a table. `cert` asks
 * for what is known, or is it and names itself as its issuer.
 */
const char *chk_public_clause(struct chk_inquiry *inquiry,
			      const struct chk_cert *cert,
			      const struct chk_known_cert *known);
/* Everything that is known, and what else `cert` (or NULL) could ask for. */
void chk_public_evidence(struct chk_inquiry *inquiry,
			 struct chk_finding_node *node,
			 const struct chk_cert *cert,
			 const struct chk_known_cert *known);

#endif
