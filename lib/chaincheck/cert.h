/*
 * chaincheck/cert.h: look at a certificate, and at a list of them.
 *
 * A certificate is immutable and counted: chk_cert_parse gives a reference,
 * chk_cert_ref another, chk_cert_unref returns one. It may be shared between
 * threads. A chain is an ordered list of certificates with the place each
 * came from.
 */
#ifndef CHAINCHECK_CERT_H
#define CHAINCHECK_CERT_H

#include <chaincheck/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_cert;
struct chk_chain;

/*
 * chk_cert_parse reads one DER certificate (RFC 5280 section 4.1) that fills
 * `der` exactly. Strict: DER and not BER, every length inside its parent.
 *
 * Ownership: `der` is copied. Give `*cert` back with chk_cert_unref.
 * Errors: CHK_ERROR_FORMAT (`offset` is the byte, `what` the rule),
 * CHK_ERROR_TOO_LARGE (over 1 MiB), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_cert_parse(struct chk_bytes der, struct chk_cert **cert,
		    struct chk_error *error);

/*
 * chk_cert_ref takes one more reference and gives the same certificate; NULL
 * gives NULL. Ownership: give it back with chk_cert_unref.
 */
CHK_API struct chk_cert *chk_cert_ref(const struct chk_cert *cert);
/* chk_cert_unref gives a reference back; the last one frees. NULL is fine. */
CHK_API void chk_cert_unref(struct chk_cert *cert);

/* The bytes as they were read. Borrowed, alive as long as the certificate. */
CHK_API struct chk_bytes chk_cert_der(const struct chk_cert *cert);
/* The content of the serial number's INTEGER (4.1.2.2). Borrowed likewise. */
CHK_API struct chk_bytes chk_cert_serial(const struct chk_cert *cert);
/* The subject key identifier (4.2.1.2). Borrowed; .data NULL: none. */
CHK_API struct chk_bytes chk_cert_key_id(const struct chk_cert *cert);

/* The first second of validity, since 1970-01-01T00:00:00Z (4.1.2.5). */
CHK_API int64_t chk_cert_not_before(const struct chk_cert *cert);
/* The last second of validity, which belongs to it (4.1.2.5). */
CHK_API int64_t chk_cert_not_after(const struct chk_cert *cert);

/*
 * chk_cert_subject writes the name as RFC 4514 has it, most significant part
 * last, control characters escaped, cut at 4 KiB.
 * Ownership: the text is the caller's, free() it. NULL: no memory.
 */
CHK_API char *chk_cert_subject(const struct chk_cert *cert);
/* chk_cert_issuer writes the issuer's name, as chk_cert_subject does. */
CHK_API char *chk_cert_issuer(const struct chk_cert *cert);

/* SHA-256 over the DER bytes: the fingerprint that tools print. */
CHK_API void chk_cert_sha256(const struct chk_cert *cert, uint8_t digest[32]);
/* SHA-256 over subjectPublicKeyInfo, for pins (RFC 7469 section 2.4). */
CHK_API void chk_cert_spki_sha256(const struct chk_cert *cert,
				  uint8_t digest[32]);

/* chk_chain_new makes an empty chain. NULL: no memory. */
CHK_API struct chk_chain *chk_chain_new(void);
/* chk_chain_free frees a chain and gives its certificates back. NULL: fine. */
CHK_API void chk_chain_free(struct chk_chain *chain);

/*
 * chk_chain_add appends `cert`. `where` says where it came from, for reports
 * ("server", "inter.pem:1"); NULL is "". A reference is taken, `where` copied.
 * Errors: CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_chain_add(struct chk_chain *chain, const struct chk_cert *cert,
		   const char *where, struct chk_error *error);

/*
 * chk_chain_read appends every certificate of a file, PEM (several, with
 * comments, LF or CRLF) or one DER. What is broken is passed over and kept as
 * a note, the rest is read.
 * Errors: CHK_ERROR_NOT_FOUND, CHK_ERROR_READ, CHK_ERROR_TOO_LARGE (over
 * 64 MiB, over 100,000 certificates), CHK_ERROR_EMPTY (no certificate could
 * be read), CHK_ERROR_FORMAT (DER that is no certificate; `offset` is the
 * byte), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_chain_read(struct chk_chain *chain, const char *path,
		    struct chk_error *error);

/* chk_chain_read_bytes is chk_chain_read for bytes at hand, called `name`. */
CHK_API CHK_MUST_CHECK
bool chk_chain_read_bytes(struct chk_chain *chain, struct chk_bytes bytes,
			  const char *name, struct chk_error *error);

/* Certificates, what could not be read not counted. */
CHK_API size_t chk_chain_count(const struct chk_chain *chain);
/* The `i`th certificate, from 0. Borrowed; NULL: `i` is past the last. */
CHK_API const struct chk_cert *chk_chain_get(const struct chk_chain *chain,
					     size_t i);
/* Where it came from, escaped. Borrowed; NULL: `i` is past the last. */
CHK_API const char *chk_chain_where(const struct chk_chain *chain, size_t i);
/* Places that could not be read and were passed over. */
CHK_API size_t chk_chain_note_count(const struct chk_chain *chain);
/* The `i`th of these, with the reason. Borrowed; NULL: past the last. */
CHK_API const struct chk_note *chk_chain_note(const struct chk_chain *chain,
					      size_t i);

#ifdef __cplusplus
}
#endif

#endif
