/* cli/here.h: --client here: the TLS clients of this machine. */
#ifndef CLI_HERE_H
#define CLI_HERE_H

#include "exit_status.h"
#include "options.h"

/* Is one of the clients "here" or "here:NAME"? */
bool here_is_asked(const struct options *options);
/*
 * here_read reads those of the clients that are this machine's; NULL where
 * none is. Anything but STATUS_TRUSTED: it could not, and that has been said.
 */
enum exit_status here_read(const struct options *options,
			   struct chk_machine_clients **clients);
/* Without a host: what they would offer, and which setting decided it. */
enum exit_status here_list(const struct options *options);

#endif
