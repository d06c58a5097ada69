/* lib/fetch/banner.h: what a peer that speaks no TLS speaks instead. */
#ifndef CHK_FETCH_BANNER_H
#define CHK_FETCH_BANNER_H

#include "base/arena.h"

/* chk_banner_protocol guesses from the first bytes: "HTTP"; NULL: no idea. */
const char *chk_banner_protocol(struct chk_bytes first);

/*
 * chk_banner_told is a clause on it: "the server does not speak TLS but SSH:
 * its first bytes are "SSH-2.0-x"". "" when there is no memory.
 */
const char *chk_banner_told(struct chk_arena *arena, struct chk_bytes first);

#endif
