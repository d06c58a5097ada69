/*
 * lib/store/nss_trust.h: trust as NSS states it: in an object of its own, that
 * names the certificate by issuer and serial number, and its digest. Tokens,
 * databases of NSS and Mozilla's certdata.txt all have it so. PKCS#11 3.2 took
 * the idea over, with other numbers; NSS writes those since it knows them.
 */
#ifndef CHK_STORE_NSS_TRUST_H
#define CHK_STORE_NSS_TRUST_H

#include "base/arena.h"
#include "base/error.h"
#include "store/store.h"

#define CHK_NSS_PURPOSES 6
/* What a trust object can speak of. */
extern const enum chk_purpose CHK_NSS_PURPOSE[CHK_NSS_PURPOSES];

/* An attribute that a kind of object has not, a number that is not there. */
#define CHK_NSS_NONE UINT32_MAX

/* A kind of trust object by its numbers: class, attribute types, values. */
struct chk_nss_kind {
	uint32_t class;
	uint32_t digest; /* of the certificate: SHA-1, or SHA-256 */
	uint32_t trust[CHK_NSS_PURPOSES]; /* by CHK_NSS_PURPOSE */
	uint32_t peer, anchor, distrusted; /* values */
	uint32_t nothing[4]; /* values that say neither */
};
#define CHK_NSS_KINDS 2
extern const struct chk_nss_kind CHK_NSS_KIND[CHK_NSS_KINDS];

/* A trust object as it was read. */
struct chk_nss_object {
	const struct chk_nss_kind *kind;
	struct chk_bytes issuer, serial, digest; /* attributes; borrowed */
	uint32_t value[CHK_NSS_PURPOSES];
};

struct chk_nss_fact {
	const struct chk_nss_kind *kind;
	struct chk_bytes issuer;
	struct chk_bytes serial; /* INTEGER content */
	struct chk_bytes digest; /* empty: not said */
	enum chk_trust trust[CHK_NSS_PURPOSES];
	bool peer[CHK_NSS_PURPOSES];
	const char *where;
	bool used; /* its certificate is at hand */
};

/* Zero it. What facts point at lies in the arena. */
struct chk_nss_trust {
	struct chk_arena arena;
	struct chk_nss_fact *facts;
	size_t count, room;
	struct chk_map by_serial;
};

/*
 * chk_nss_names_certificate: are these, as attributes, an issuer and a serial
 * number to know a certificate by? `content` is the serial's.
 */
bool chk_nss_names_certificate(struct chk_bytes issuer, struct chk_bytes serial,
			       struct chk_bytes *content);
/* Copies it; what cannot be understood is noted. False: no memory. */
bool chk_nss_trust_add(struct chk_nss_trust *trusts, struct chk_store *store,
		       const struct chk_nss_object *object, const char *where);
/*
 * chk_nss_trust_state states in `anchor` what the objects say of `cert`; true
 * where there is one. A trusted peer is trusted as what it is (.peer), a
 * trusted delegator as an issuer. Where a certificate has objects of both
 * kinds, that of PKCS#11 3.2 is the later, and the older one can only distrust.
 */
bool chk_nss_trust_state(struct chk_nss_trust *trusts,
			 const struct chk_cert *cert,
			 struct chk_anchor *anchor);
/*
 * When all certificates were stated: distrust of one that is not there is a
 * block; trust in one is noted, where `complete` says that all were read.
 * False: no memory.
 */
bool chk_nss_trust_end(struct chk_nss_trust *trusts, struct chk_store *store,
		       bool complete);
void chk_nss_trust_clear(struct chk_nss_trust *trusts);

/*
 * chk_nss_date states a distrust-after date: the text of a UTCTime or a
 * GeneralizedTime; one byte or none is no date. One that cannot be read is
 * taken for one that is long past. False: no memory.
 */
bool chk_nss_date(struct chk_store *store, struct chk_anchor *anchor,
		  enum chk_purpose purpose, struct chk_bytes value,
		  const char *where);

#endif
