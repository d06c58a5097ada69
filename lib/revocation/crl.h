/*
 * lib/revocation/crl.h: one certificate revocation list (RFC 5280 section 5):
 * immutable bytes and the offsets found in them, its entries found by serial
 * number.
 */
#ifndef CHK_REVOCATION_CRL_H
#define CHK_REVOCATION_CRL_H

#include "cert/cert.h"
#include "revocation/point.h"

#define CHK_CRL_MAX (64u << 20) /* bytes; the largest in use have a quarter */

/* Why a certificate was revoked, as RFC 5280 5.3.1 numbers it. */
enum chk_crl_reason {
	CHK_CRL_UNSPECIFIED = 0,
	CHK_CRL_CERTIFICATE_HOLD = 6,
	CHK_CRL_REMOVE_FROM_CRL = 8,
};

/* One entry, for finding it. */
struct chk_crl_entry {
	const uint8_t *at;     /* its SEQUENCE */
	/*
	 * The GeneralNames that name the certificate's issuer, its own or those
	 * of an entry before it (5.3.3); NULL: it is the CRL's.
	 */
	const uint8_t *issuer;
};

struct chk_crl {
	struct chk_bytes der;     /* owned */
	struct chk_bytes tbs;     /* the TLV that is signed */
	uint8_t version;          /* 1 or 2 */
	struct chk_bytes issuer;  /* Name TLV, chk_dn_check passed */
	uint64_t issuer_hash;     /* chk_dn_hash */
	int64_t this_update, next_update; /* seconds, both inclusive */
	bool has_next_update;
	struct chk_bytes signature_algorithm; /* AlgorithmIdentifier TLV */
	struct chk_bytes signature; /* bits, whole bytes */
	size_t entry_count;

	struct chk_bytes number;  /* cRLNumber as INTEGER; .data NULL: none */
	struct chk_bytes base;    /* of a delta CRL; .data NULL: it is none */
	struct chk_authority_key_id authority;
	struct chk_issuing_point point;
	/*
	 * The OID of a critical extension of it, or of an entry, that is not
	 * known: the CRL must not be used (5.2, 5.3). .data NULL: none.
	 */
	struct chk_bytes unknown_critical;
	struct chk_crl_entry entries[]; /* by serial number */
};

/* What an entry says. */
struct chk_revocation {
	int64_t date;    /* of the revocation */
	uint32_t reason; /* enum chk_crl_reason; any other number, too */
	bool has_invalid_since;
	int64_t invalid_since; /* invalidityDate (5.3.2) */
};

/*
 * chk_crl_parse reads one DER CertificateList that fills `der` exactly, as
 * strictly as chk_cert_parse reads a certificate.
 * Ownership: `der` is copied; free() `*crl`.
 * Errors: CHK_ERROR_FORMAT, CHK_ERROR_TOO_LARGE (over 64 MiB),
 * CHK_ERROR_MEMORY.
 */
bool chk_crl_parse(struct chk_bytes der, struct chk_crl **crl,
		   struct chk_error *error);
/*
 * chk_crl_find looks a certificate up by its issuer, a Name TLV, and the
 * content of its serial number. Of several entries one that revokes for good is
 * given before a certificateHold, and that before one that takes it back.
 */
bool chk_crl_find(const struct chk_crl *crl, struct chk_bytes issuer,
		  struct chk_bytes serial, struct chk_revocation *found);

static inline bool chk_crl_is_delta(const struct chk_crl *crl)
{
	return crl->base.data != NULL;
}

#endif
