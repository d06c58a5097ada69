/* lib/cert/key_id.h: how a key id was made of a key. */
#ifndef CHK_CERT_KEY_ID_H
#define CHK_CERT_KEY_ID_H

#include "cert/cert.h"

/*
 * chk_key_id_way says by which of the usual ways `id` was made of the key of
 * `cert` (RFC 5280 4.2.1.2, RFC 7093, and what CAs do besides), static; NULL:
 * by none of them, as where it was given by hand or is of another key.
 */
const char *chk_key_id_way(const struct chk_cert *cert, struct chk_bytes id);

#endif
