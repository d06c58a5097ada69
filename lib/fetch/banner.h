/* lib/fetch/banner.h: what a peer that speaks no TLS speaks instead. */
#ifndef CHK_FETCH_BANNER_H
#define CHK_FETCH_BANNER_H

#include "base/bytes.h"

/* chk_banner_protocol guesses from the first bytes: "HTTP"; NULL: no idea. */
const char *chk_banner_protocol(struct chk_bytes first);

#endif
