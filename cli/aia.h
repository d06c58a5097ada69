/* cli/aia.h: the fetcher of missing issuers that the options mean. */
#ifndef CLI_AIA_H
#define CLI_AIA_H

#include "exit_status.h"
#include "options.h"

/*
 * aia_open makes the fetcher of --aia, good for `total_ms` from now on, or for
 * ever where that is 0; `*fetcher` is NULL where nobody asked for one. A cache
 * that cannot be used is said, and done without. Anything but STATUS_TRUSTED:
 * there can be no fetcher, and it has been said why.
 */
enum exit_status aia_open(const struct options *options, uint32_t total_ms,
			  struct chk_fetcher **fetcher);

#endif
