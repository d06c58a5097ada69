/*
 * lib/cert/key.h: subjectPublicKeyInfo and signature algorithms, as far as a
 * search must know them (RFC 3279, 4055, 5480, 8410).
 */
#ifndef CHK_CERT_KEY_H
#define CHK_CERT_KEY_H

#include "base/bytes.h"
#include "base/error.h"
#include "cert/der.h"

enum chk_key_type {
	CHK_KEY_UNKNOWN,
	CHK_KEY_RSA,
	CHK_KEY_RSA_PSS,
	CHK_KEY_DSA,
	CHK_KEY_EC,
	CHK_KEY_ED25519,
	CHK_KEY_ED448,
};

struct chk_key {
	enum chk_key_type type;
	/* Of the modulus, prime or curve, at most; 0: unknown, or no key */
	uint32_t bits;
	struct chk_bytes point;  /* the subjectPublicKey bits */
};

/* What a signature algorithm says (sigAlgs by name and digest). */
struct chk_signature_algorithm {
	enum chk_key_type type;  /* of the key that made it */
	uint32_t digest_bits;    /* 128 (MD5), 160 (SHA-1), 224 ... 512 */
	const char *name;        /* "sha256WithRSAEncryption"; NULL unknown */
};

/* `spki` is the whole TLV. An unknown algorithm is no failure. */
bool chk_key_parse(struct chk_bytes spki, struct chk_key *key,
		   struct chk_error *error);
/* The same of the next element, called `what` in errors. */
bool chk_key_read(struct chk_der *der, const char *what, struct chk_bytes *spki,
		  struct chk_key *key);
/* `algorithm` is a whole AlgorithmIdentifier TLV. */
struct chk_signature_algorithm
chk_signature_algorithm_find(struct chk_bytes algorithm);

#endif
