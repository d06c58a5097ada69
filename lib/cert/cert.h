/*
 * lib/cert/cert.h: one certificate: immutable bytes and the offsets found in
 * them. Everything that a search needs is checked and found once, here.
 */
#ifndef CHK_CERT_CERT_H
#define CHK_CERT_CERT_H

#include <stdatomic.h>

#include <chaincheck/cert.h>

#include "base/bytes.h"
#include "base/notes.h"
#include "cert/key.h"

/* Bits of keyUsage as RFC 5280 4.2.1.3 numbers them. */
enum chk_key_usage_bit {
	CHK_USAGE_DIGITAL_SIGNATURE = 1 << 0,
	CHK_USAGE_NON_REPUDIATION = 1 << 1,
	CHK_USAGE_KEY_ENCIPHERMENT = 1 << 2,
	CHK_USAGE_DATA_ENCIPHERMENT = 1 << 3,
	CHK_USAGE_KEY_AGREEMENT = 1 << 4,
	CHK_USAGE_KEY_CERT_SIGN = 1 << 5,
	CHK_USAGE_CRL_SIGN = 1 << 6,
	CHK_USAGE_ENCIPHER_ONLY = 1 << 7,
	CHK_USAGE_DECIPHER_ONLY = 1 << 8,
};

struct chk_basic_constraints {
	bool present, critical, ca, has_path_len;
	uint32_t path_len;
};

struct chk_key_usage {
	bool present, critical;
	uint16_t bits; /* enum chk_key_usage_bit */
};

/* An extension that is kept as it stands; `value` is the extnValue content. */
struct chk_extension {
	bool present, critical;
	struct chk_bytes value;
};

struct chk_authority_key_id {
	bool present;
	struct chk_bytes key_id;  /* .data NULL: none */
	struct chk_bytes issuer;  /* GeneralNames content; .data NULL: none */
	struct chk_bytes serial;  /* INTEGER content; .data NULL: none */
};

struct chk_cert {
	atomic_uint references;
	struct chk_bytes der;      /* owned */
	struct chk_bytes tbs;      /* the TLV that is signed */
	uint8_t version;           /* 1, 2 or 3 */
	struct chk_bytes serial;   /* INTEGER content */
	struct chk_bytes issuer, subject; /* Name TLVs, chk_dn_check passed */
	uint64_t issuer_hash, subject_hash; /* chk_dn_hash */
	/* The two names match; kept, as long names are dear to compare */
	bool self_issued;
	int64_t not_before, not_after; /* both inclusive */
	bool early_generalized_time; /* one before 2050 is no UTCTime */
	struct chk_bytes spki;     /* TLV */
	struct chk_key key;
	struct chk_bytes signature_algorithm; /* AlgorithmIdentifier TLV */
	struct chk_bytes signature; /* bits, whole bytes */

	struct chk_bytes extensions; /* content of SEQUENCE OF; for walking */
	struct chk_bytes key_id;   /* subjectKeyIdentifier, .data NULL: none */
	struct chk_authority_key_id authority;
	struct chk_basic_constraints basic_constraints;
	struct chk_key_usage key_usage;
	struct chk_extension alt_names;        /* GeneralNames, checked */
	struct chk_extension ext_key_usage;    /* SEQUENCE OF OID, checked */
	struct chk_extension name_constraints; /* a SEQUENCE */
	struct chk_extension policies, policy_mappings, policy_constraints,
		inhibit_any_policy; /* for policy_graph, checked as TLV only */
	struct chk_extension authority_info; /* AIA */
	struct chk_extension tls_features; /* RFC 7633 */
	struct chk_extension crl_points;
	/* The first one's OID, or that of a policy qualifier; or NULL. */
	struct chk_bytes unknown_critical;
};

/* For a map of certificates by their bytes. */
uint64_t chk_cert_hash(const struct chk_cert *cert);
/* Subject and issuer names match; says nothing of the key. */
bool chk_cert_is_self_issued(const struct chk_cert *cert);
/*
 * Self-issued, and its key ids do not say that another key of its name signed
 * it, as a CA's new one by its old one. The signature is not looked at.
 */
bool chk_cert_is_root(const struct chk_cert *cert);
/* True when `issuer` could have issued by name, key id not looked at. */
bool chk_cert_names_match(const struct chk_cert *cert,
			  const struct chk_cert *issuer);
/* Does it allow this extended key usage? Absent allows all; anyEKU counts. */
bool chk_cert_allows_usage(const struct chk_cert *cert, struct chk_bytes oid,
			   bool any_counts);
/*
 * Has `cert` each TLS feature (RFC 7633) of `issuer`? No where those cannot be
 * read, or are more than there can be.
 */
bool chk_tls_features_hold(const struct chk_cert *issuer,
			   const struct chk_cert *cert);
/* Must a server send an OCSP response with it: TLS feature 5 (RFC 7633)? */
bool chk_cert_must_staple(const struct chk_cert *cert);
/* The `i`th caIssuers URL of AIA, as bytes of an IA5String; NULL: none. */
struct chk_bytes chk_cert_ca_issuers_at(const struct chk_cert *cert, size_t i);
/* The first of them. */
struct chk_bytes chk_cert_ca_issuers(const struct chk_cert *cert);

/* For CHK_CLEANUP (base/cleanup.h). */
static inline void chk_cleanup_cert(struct chk_cert **cert)
{
	chk_cert_unref(*cert);
}

/* chain.c: struct chk_chain, chk_chain_read. */
struct chk_chain_item {
	struct chk_cert *cert;
	char *where;
};
struct chk_chain {
	struct chk_chain_item *items;
	size_t count, room;
	struct chk_notes notes;
};

#endif
