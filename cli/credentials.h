/* cli/credentials.h: the client's certificates, of --cert, --key and --pass. */
#ifndef CLI_CREDENTIALS_H
#define CLI_CREDENTIALS_H

#include "exit_status.h"
#include "options.h"

/* struct credentials owns them. Zero it. */
struct credentials {
	struct chk_credential **items;
	size_t count;
};

/*
 * credentials_open opens all that the options name, with `pass` (NULL: none)
 * for each. Anything but STATUS_TRUSTED: one could not be, and it has been said
 * why. Close them either way.
 */
enum exit_status credentials_open(const struct options *options,
				  const char *pass,
				  struct credentials *credentials);
/* The target borrows them. */
void credentials_set(const struct credentials *credentials,
		     struct chk_target *target);
void credentials_close(struct credentials *credentials);

#endif
