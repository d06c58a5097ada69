/*
 * lib/store/token_facts.h: what a token says of certificates in objects of
 * their own: trust objects (the way of NSS, which p11-kit gives too) and
 * extensions stapled to a public key (p11-kit's alone).
 */
#ifndef CHK_STORE_TOKEN_FACTS_H
#define CHK_STORE_TOKEN_FACTS_H

#include "store/token.h"

#define CHK_TRUST_FACTS 5
/* What a trust object can speak of. */
extern const enum chk_purpose CHK_TRUST_FACT_PURPOSES[CHK_TRUST_FACTS];

struct chk_trust_fact {
	struct chk_bytes issuer;
	struct chk_bytes serial; /* INTEGER content */
	struct chk_bytes sha1;   /* empty: not said */
	enum chk_trust trust[CHK_TRUST_FACTS];
	bool used; /* its certificate is on the token */
};

/* `oid` has .data NULL where the extension cannot be read. */
struct chk_stapled_fact {
	struct chk_bytes key; /* SubjectPublicKeyInfo TLV */
	struct chk_bytes oid, value;
	bool critical;
};

/* Zero it. All bytes point into the arena. */
struct chk_token_facts {
	struct chk_arena arena;
	struct chk_trust_fact *trusts;
	size_t trust_count, trust_room;
	struct chk_map trusts_by_serial;
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
/* Walks what is said of `cert`; `*cursor` is 0 first. NULL: no more. */
struct chk_trust_fact *chk_token_facts_trust(struct chk_token_facts *facts,
					     const struct chk_cert *cert,
					     size_t *cursor);
const struct chk_stapled_fact *
chk_token_facts_stapled(const struct chk_token_facts *facts,
			struct chk_bytes key, size_t *cursor);
/*
 * chk_token_names_certificate: are these, as attributes, an issuer and a
 * serial number to know a certificate by? `content` is the serial's.
 */
bool chk_token_names_certificate(struct chk_bytes issuer,
				 struct chk_bytes serial,
				 struct chk_bytes *content);

#endif
