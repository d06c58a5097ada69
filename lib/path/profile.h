/*
 * lib/path/profile.h: where verifiers differ, a row a way of judging. RFC 5280
 * section 6 holds in all of them; a profile says what else counts.
 */
#ifndef CHK_PATH_PROFILE_H
#define CHK_PATH_PROFILE_H

#include "path/strength.h"

struct chk_profile {
	const char *name;
	const char *strength; /* the level, unless another is asked for */
	unsigned forms; /* enum chk_forms: broken ones are defects */
	/*
	 * A leaf that is an anchor itself must have been issued by one all the
	 * same, as its path has no certificate otherwise (RFC 5280 6.1).
	 */
	bool issued_leaf;
	/*
	 * The key usages of which a server's certificate that names any has
	 * one, enum chk_key_usage_bit; 0: nobody looks.
	 */
	unsigned leaf_usages;
	/* The same where the key decrypts, in a key exchange of RSA. */
	unsigned decrypting_usages;
	bool no_ext_usage; /* nobody looks at extended key usages */
	/* The Common Name is a host's where no dNSName is there (RFC 6125). */
	bool common_name;
	bool must_staple; /* the TLS feature that wants a staple counts */
	bool dsa; /* DSA keys count for TLS; FIPS 186-5 ended them */
	/* Key ids that differ are a defect, and no mere hint. */
	bool key_ids;
};

/* The first one is the default. NULL: past the last. */
const struct chk_profile *chk_profile_get(size_t i);
/* NULL as `name` is the default; NULL as answer: there is none. */
const struct chk_profile *chk_profile_find(const char *name);

#endif
