/* cli/command.h: the commands; a file each, a row each in main.c. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "exit_status.h"
#include "options.h"

struct command {
	const char *name;
	const char *operands; /* "HOST ..." for the usage line */
	const char *summary;
	unsigned applies; /* the options it takes, enum applies */
	const char *statuses; /* what its exit statuses say, lines */
	/* Runs with options that were read and hold together. */
	enum exit_status (*run)(const struct options *options);
};

enum exit_status command_audit(const struct options *options);
enum exit_status command_check(const struct options *options);
enum exit_status command_verify(const struct options *options);
enum exit_status command_explain(const struct options *options);
enum exit_status command_stores(const struct options *options);
enum exit_status command_diff(const struct options *options);
enum exit_status command_known(const struct options *options);
enum exit_status command_handshake(const struct options *options);
/* --client, of check and handshake: cli/simulate.c */
enum exit_status command_simulate(const struct options *options);
enum exit_status command_where(const struct options *options);

#endif
