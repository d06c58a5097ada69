/*
 * lib/fetch/tls_names.h: cipher suites, groups and signature schemes of TLS by
 * number, with the names that IANA, Java, OpenSSL and GnuTLS have for them.
 */
#ifndef CHK_FETCH_TLS_NAMES_H
#define CHK_FETCH_TLS_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Rows of lib/data/suites.tsv, groups.tsv and signatures.tsv, sorted by number.
 * A name is NULL where there is none; versions are 0x0300 .. 0x0304, the
 * first and last that the row is of use in.
 */
struct chk_suite {
	uint16_t number;
	const char *name;    /* "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" */
	const char *java;    /* "SSL_RSA_WITH_DES_CBC_SHA" */
	const char *openssl; /* "ECDHE-RSA-AES128-GCM-SHA256" */
	const char *gnutls;  /* "TLS_ECDHE_RSA_AES_128_GCM_SHA256" */
	const char *kx;      /* "ECDHE"; "any": TLS 1.3; "none": no suite */
	const char *auth;    /* "RSA", "ECDSA", "DSS", "anon", "PSK", "any" */
	const char *cipher;  /* "AES_128_GCM" */
	const char *mac;     /* "SHA", "AEAD" */
	const char *hash;    /* of the PRF: "SHA256" */
	uint16_t min, max;
	bool is_usual;       /* clients of today offer it unasked */
};

struct chk_group {
	uint16_t number;
	const char *name;    /* "secp256r1" */
	const char *java;
	const char *openssl; /* "P-256" */
	const char *also;    /* of OpenSSL too: "prime256v1" */
	const char *gnutls;  /* "SECP256R1", behind GROUP- */
	const char *kind;    /* "ec", "xdh", "ffdh", "kem", "hybrid" */
	unsigned bits;
	uint16_t min, max;
	bool is_usual;       /* clients of today offer it unasked */
};

struct chk_signature_scheme {
	uint16_t number;
	const char *name;    /* "rsa_pkcs1_sha256" */
	const char *java;    /* "SHA256withRSA" */
	const char *openssl; /* "RSA+SHA256" */
	const char *gnutls;  /* "RSA-SHA256", behind SIGN- */
	const char *also;    /* of GnuTLS too: "ECDSA-SECP256R1-SHA256" */
	const char *key;     /* "rsa", "rsa-pss", "ecdsa", "ed25519" */
	const char *hash;    /* "SHA256", "none" */
	const char *curve;   /* in TLS 1.3; NULL: any */
	uint16_t max;
	bool is_usual;
};

/* The tables, row by row. NULL: past the last. */
const struct chk_suite *chk_suite_at(size_t i);
const struct chk_group *chk_group_at(size_t i);
const struct chk_signature_scheme *chk_signature_scheme_at(size_t i);

/* By number. NULL: none that is known here. */
const struct chk_suite *chk_suite_of(uint16_t number);
const struct chk_group *chk_group_of(uint16_t number);
const struct chk_signature_scheme *chk_signature_scheme_of(uint16_t number);

/*
 * By any of the names in the row, letters in any case; a group of GnuTLS with
 * GROUP- or CURVE- before it, a signature with SIGN-. NULL: no such name.
 */
const struct chk_suite *chk_suite_named(const char *name);
const struct chk_group *chk_group_named(const char *name);
const struct chk_signature_scheme *chk_signature_scheme_named(const char *name);

/* "TLS 1.2" of 0x0303, "SSL 3.0" of 0x0300, "unknown" of others. */
const char *chk_version_name(uint16_t version);

#endif
