/* lib/path/strength.h: keys and signatures too weak to count. */
#ifndef CHK_PATH_STRENGTH_H
#define CHK_PATH_STRENGTH_H

#include "path/defect.h"

/* Least bits; a row a level. */
struct chk_strength {
	const char *name;
	uint32_t rsa_bits, ec_bits, digest_bits;
};

/* By a name of chk_strength_name; NULL: it is none. */
const struct chk_strength *chk_strength_find(const char *name);
/* What a key of this kind must have; 0: any will do. */
uint32_t chk_strength_least_bits(const struct chk_key *key,
				 const struct chk_strength *strength);
/* Adds WEAK_KEY. An unknown key type is left to the signature check. */
void chk_strength_check_key(const struct chk_cert *cert,
			    const struct chk_strength *strength,
			    struct chk_defects *defects);
/*
 * Is the digest of this AlgorithmIdentifier TLV too short? One that is not
 * known is left to GnuTLS.
 */
bool chk_strength_is_weak(struct chk_bytes algorithm,
			  const struct chk_strength *strength);
/* Adds WEAK_SIGNATURE; not to be asked of an anchor. */
void chk_strength_check_signature(const struct chk_cert *cert,
				  const struct chk_strength *strength,
				  struct chk_defects *defects);

#endif
