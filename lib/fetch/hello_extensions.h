/* lib/fetch/hello_extensions.h: the extensions of a ClientHello. */
#ifndef CHK_FETCH_HELLO_EXTENSIONS_H
#define CHK_FETCH_HELLO_EXTENSIONS_H

#include "fetch/hello.h"

#define CHK_HELLO_PADDING 21 /* the extension of RFC 7685 */

/* TLS 1.3 is among the versions that are offered. */
bool chk_hello_offers_tls13(const struct chk_hello *hello);
/* A number that RFC 8701 keeps free; `which` of them, any number. */
uint16_t chk_hello_grease(unsigned which);
/*
 * chk_hello_write_extensions adds them all, each with its number and length;
 * `padding` is how many zeros that of RFC 7685 holds, negative: it is not sent.
 */
void chk_hello_write_extensions(const struct chk_hello *hello, long padding,
				struct chk_buffer *out);

#endif
