/* lib/path/strength.c: keys and signatures too weak to count. */
#include "path/strength.h"

#include <chaincheck/verify.h>

/*
 * NIST SP 800-131A revision 2, table 2: 112 bits of security are RSA 2048, EC
 * 224 and SHA-224, and 128 bits are RSA 3072, EC 256 and SHA-256; RFC 6194
 * ends SHA-1. "legacy" is what clients took before; "low" what many take still,
 * "java" what jdk.certpath.disabledAlgorithms leaves below a private root.
 */
static const struct chk_strength LEVELS[] = {
	{ .name = "legacy", .rsa_bits = 1024, .ec_bits = 160,
	  .digest_bits = 160 },
	{ .name = "java", .rsa_bits = 1024, .ec_bits = 224,
	  .digest_bits = 160 },
	{ .name = "low", .rsa_bits = 1024, .ec_bits = 160,
	  .digest_bits = 224 },
	{ .name = "medium", .rsa_bits = 2048, .ec_bits = 224,
	  .digest_bits = 224 },
	{ .name = "high", .rsa_bits = 3072, .ec_bits = 256,
	  .digest_bits = 256 },
};

const struct chk_strength *chk_strength_find(const char *name)
{
	for (size_t i = 0; name && i < CHK_COUNT(LEVELS); i++) {
		if (strcmp(LEVELS[i].name, name) == 0)
			return &LEVELS[i];
	}
	return NULL;
}

const char *chk_strength_name(size_t i)
{
	return i < CHK_COUNT(LEVELS) ? LEVELS[i].name : NULL;
}

/* Ed25519 and Ed448 come in one size each. */
uint32_t chk_strength_least_bits(const struct chk_key *key,
				 const struct chk_strength *strength)
{
	switch (key->type) {
	case CHK_KEY_RSA:
	case CHK_KEY_RSA_PSS:
	case CHK_KEY_DSA:
		return strength->rsa_bits;
	case CHK_KEY_EC:
		return strength->ec_bits;
	default:
		return 0;
	}
}

void chk_strength_check_key(const struct chk_cert *cert,
			    const struct chk_strength *strength,
			    struct chk_defects *defects)
{
	uint32_t least = chk_strength_least_bits(&cert->key, strength);

	if (cert->key.bits >= least)
		return;
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_WEAK_KEY,
		.cert = cert,
		.allowed = least,
		.found = cert->key.bits,
	});
}

bool chk_strength_is_weak(struct chk_bytes algorithm,
			  const struct chk_strength *strength)
{
	uint32_t bits = chk_signature_algorithm_find(algorithm).digest_bits;

	return bits && bits < strength->digest_bits;
}

void chk_strength_check_signature(const struct chk_cert *cert,
				  const struct chk_strength *strength,
				  struct chk_defects *defects)
{
	struct chk_signature_algorithm algorithm;

	if (!chk_strength_is_weak(cert->signature_algorithm, strength))
		return;
	algorithm = chk_signature_algorithm_find(cert->signature_algorithm);
	chk_defects_add(defects, (struct chk_defect){
		.rule = CHK_RULE_WEAK_SIGNATURE,
		.cert = cert,
		.text = algorithm.name,
		.allowed = strength->digest_bits,
		.found = algorithm.digest_bits,
	});
}
