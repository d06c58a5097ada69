/*
 * lib/path/signature.h: did this key sign these bytes. GnuTLS answers; each
 * (issuer key, signed bytes) is asked once, each key loaded once.
 */
#ifndef CHK_PATH_SIGNATURE_H
#define CHK_PATH_SIGNATURE_H

#include "base/map.h"
#include "cert/cert.h"

enum chk_signed {
	CHK_SIGNED_YES,
	CHK_SIGNED_NO,
	CHK_SIGNED_UNSUPPORTED, /* GnuTLS knows not the key or the algorithm */
};

/* Bytes and the signature on them, of a certificate or a CRL. Borrowed. */
struct chk_signed_bytes {
	struct chk_bytes tbs;
	struct chk_bytes signature_algorithm; /* AlgorithmIdentifier TLV */
	struct chk_bytes signature;           /* bits, whole bytes */
};

/* One thread's memory of signatures; zero it. */
struct chk_signatures {
	struct chk_signature_key *keys;
	size_t key_count, key_room;
	struct chk_map by_key;  /* hash of the SPKI */
	struct chk_signature_seen *seen;
	size_t seen_count, seen_room;
	struct chk_map by_pair; /* hash of key, and of the certificate */
	uint32_t checks; /* how often GnuTLS was asked */
};

static inline struct chk_signed_bytes
chk_signed_bytes_of(const struct chk_cert *cert)
{
	return (struct chk_signed_bytes){
		cert->tbs, cert->signature_algorithm, cert->signature,
	};
}

/*
 * chk_signatures_check tells whether the key of `issuer` made the signature of
 * `what`. Both are borrowed: their bytes must outlive the memory.
 * False: no memory.
 */
bool chk_signatures_check(struct chk_signatures *signatures,
			  const struct chk_signed_bytes *what,
			  const struct chk_cert *issuer,
			  enum chk_signed *result);
/* Whether the answer is known already, so that asking costs nothing. */
bool chk_signatures_knows(const struct chk_signatures *signatures,
			  const struct chk_signed_bytes *what,
			  const struct chk_cert *issuer);
void chk_signatures_clear(struct chk_signatures *signatures);

#endif
