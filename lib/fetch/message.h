/* lib/fetch/message.h: handshake messages, read where they come in. */
#ifndef CHK_FETCH_MESSAGE_H
#define CHK_FETCH_MESSAGE_H

#include "base/error.h"
#include "fetch/presented.h"

#define CHK_CERTIFICATES_MAX 4096 /* of one chain; the rest is a note */

/*
 * chk_message_certificates reads the body of a server's Certificate message
 * into the chain, in the order sent; a certificate that cannot be read is a
 * note of the chain.
 * Errors: CHK_ERROR_MEMORY alone.
 * See: RFC 5246 section 7.4.2, RFC 8446 section 4.4.2.
 */
bool chk_message_certificates(struct chk_presented *presented,
			      struct chk_bytes body, bool tls13,
			      struct chk_error *error);

#endif
