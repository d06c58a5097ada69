/* lib/fetch/message.h: handshake messages, read where they come in. */
#ifndef CHK_FETCH_MESSAGE_H
#define CHK_FETCH_MESSAGE_H

#include "base/error.h"
#include "fetch/presented.h"

#define CHK_CERTIFICATES_MAX 4096 /* of one chain; the rest is a note */

/*
 * chk_message_certificates reads the body of a server's Certificate message
 * into the chain, in the order sent; a certificate that cannot be read is a
 * note of the chain. Staple and SCTs of TLS 1.3 are kept too.
 * Errors: CHK_ERROR_MEMORY alone.
 * See: RFC 5246 section 7.4.2, RFC 8446 section 4.4.2.
 */
bool chk_message_certificates(struct chk_presented *presented,
			      struct chk_bytes body, bool tls13,
			      struct chk_error *error);
/*
 * chk_message_status keeps the OCSP response of a CertificateStatus message.
 * See: RFC 6066 section 8.
 */
bool chk_message_status(struct chk_presented *presented, struct chk_bytes body,
			struct chk_error *error);

#endif
