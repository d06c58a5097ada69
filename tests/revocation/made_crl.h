/*
 * tests/revocation/made_crl.h: CRLs put together by hand and signed by
 * GnuTLS, with the keys of support/made.h. All lives in the arena.
 */
#ifndef CHK_TEST_MADE_CRL_H
#define CHK_TEST_MADE_CRL_H

#include "revocation/crl.h"
#include "support/made.h"

#define MADE_NEVER (-1)
#define DAY INT64_C(86400)

struct crl_recipe {
	const char *issuer; /* as made_dn has it, "CN=root" */
	int key;
	int64_t this_update; /* 0: a day before MADE_NOW */
	int64_t next_update; /* 0: 30 days after; MADE_NEVER: none */
	bool version_1;
	struct chk_bytes entries;    /* of crl_entry, joined; or NULL */
	struct chk_bytes extensions; /* of extension_part, joined; or NULL */
	struct chk_bytes version;    /* written as it is; or NULL */
};

struct chk_bytes made_crl_der(struct chk_arena *arena,
			      const struct crl_recipe *recipe);
/* Fails the test where it cannot be read; free() it. */
struct chk_crl *made_crl(struct chk_arena *arena,
			 const struct crl_recipe *recipe);
/* An entry; `extensions` as above. */
struct chk_bytes crl_entry(struct chk_arena *arena, struct chk_bytes serial,
			   struct chk_bytes extensions);
/* The same of a serial number of one byte, and a reason code; -1: none. */
struct chk_bytes crl_entry_of(struct chk_arena *arena, uint8_t serial,
			      int reason);
/* certificateIssuer of one such DN. */
struct chk_bytes crl_issuer_part(struct chk_arena *arena, const char *dn);
/* cRLNumber, and deltaCRLIndicator. */
struct chk_bytes crl_number_part(struct chk_arena *arena, uint8_t number);
struct chk_bytes crl_delta_part(struct chk_arena *arena, uint8_t base);
/* issuingDistributionPoint of what stands in its SEQUENCE. */
struct chk_bytes crl_point_part(struct chk_arena *arena,
				struct chk_bytes content);
/* [0] distributionPoint of a fullName, as made_alt_names has it. */
struct chk_bytes full_name(struct chk_arena *arena, const char *names);
/* ... of a nameRelativeToCRLIssuer; one attribute, "CN=a". */
struct chk_bytes relative_name(struct chk_arena *arena, const char *rdn);
/* [2] cRLIssuer of one such DN. */
struct chk_bytes crl_issuer_name(struct chk_arena *arena, const char *dn);
/* A SEQUENCE of DistributionPoints of one each; NULL ends the list. */
struct chk_bytes crl_points(struct chk_arena *arena,
			    const struct chk_bytes *contents);

#endif
