/* cli/target.h: from a host on the command line to what is connected to. */
#ifndef CLI_TARGET_H
#define CLI_TARGET_H

#include "host.h"
#include "options.h"

/* struct aim owns what its target borrows. */
struct aim {
	struct chk_target target;
	struct host host, instead;
	struct text_list addresses;
	const char **array;
};

/* False: the text is no host, and that has been said. Close it either way. */
bool aim_open(const struct options *options, const char *text,
	      struct aim *aim);
void aim_close(struct aim *aim);

/*
 * aims_open reads all operands before any of them is asked. NULL: one is no
 * host, and that has been said. Close them.
 */
struct aim *aims_open(const struct options *options);
void aims_close(struct aim *aims, size_t count);

#endif
