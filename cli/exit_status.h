/* cli/exit_status.h: what the command's exit status says; a contract. */
#ifndef CLI_EXIT_STATUS_H
#define CLI_EXIT_STATUS_H

enum {
	EXIT_TRUSTED = 0,
	EXIT_FINDINGS = 1,  /* findings of error severity */
	EXIT_USAGE = 2,
	EXIT_UNDECIDED = 3, /* could not resolve, connect, read */
	EXIT_WARNINGS = 4,  /* warnings alone, with --fail-on warning */
};

#endif
