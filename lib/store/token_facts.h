/*
 * lib/store/token_facts.h: what a token says of certificates in objects of
 * their own: trust objects (the way of NSS, which p11-kit gives too) and
 * extensions stapled to a public key (p11-kit's alone).
 */
#ifndef CHK_STORE_TOKEN_FACTS_H
#define CHK_STORE_TOKEN_FACTS_H

#include "store/nss_trust.h"
#include "store/token.h"

/* `oid` has .data NULL where the extension cannot be read. */
struct chk_stapled_fact {
	struct chk_bytes key; /* SubjectPublicKeyInfo TLV */
	struct chk_bytes oid, value;
	bool critical;
};

/* Zero it. The bytes of `stapled` point into the arena. */
struct chk_token_facts {
	struct chk_arena arena;
	struct chk_nss_trust trusts;
	struct chk_stapled_fact *stapled;
	size_t stapled_count, stapled_room;
	struct chk_map stapled_by_key;
};

/* What cannot be understood leaves a note in `store`. */
bool chk_token_facts_load(struct chk_token_facts *facts,
			  struct chk_store *store,
			  const struct chk_token *token,
			  struct chk_error *error);
void chk_token_facts_clear(struct chk_token_facts *facts);
const struct chk_stapled_fact *
chk_token_facts_stapled(const struct chk_token_facts *facts,
			struct chk_bytes key, size_t *cursor);

#endif
