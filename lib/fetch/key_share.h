/* lib/fetch/key_share.h: shares of a key exchange that lead to no key. */
#ifndef CHK_FETCH_KEY_SHARE_H
#define CHK_FETCH_KEY_SHARE_H

#include <stdint.h>

#include "base/buffer.h"

/*
 * chk_key_share_write adds the key_exchange of a KeyShareEntry of `group`,
 * which every check of RFC 8446 section 4.2.8 takes for a public key.
 * False: it makes no share of this group, and nothing is added.
 */
bool chk_key_share_write(uint16_t group, struct chk_buffer *out);

#endif
