/* cli/main.c: the table of commands. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command.h"

static const struct {
	const char *name;
	int (*run)(const struct options *options);
	const char *usage;
} COMMANDS[] = {
	{ "check", command_check, "[check] [OPTION ...] HOST[:PORT] ..." },
	{ "verify", command_verify, "verify [OPTION ...] FILE ..." },
	{ "explain", command_explain, "explain [CODE]" },
};

int main(int argc, char **argv)
{
	struct options options = { 0 };
	size_t command = 0;
	int skip = 1;

	/* A reader that goes away is a failed write, told by the status. */
	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; argc > 1 && i < 3; i++) {
		if (strcmp(argv[1], COMMANDS[i].name) == 0) {
			command = i;
			skip = 2;
		}
	}
	if (!options_read(&options, argc - skip, argv + skip))
		return EXIT_USAGE;
	if (options.version) {
		printf("chaincheck %s\n", chk_version());
		return EXIT_TRUSTED;
	}
	if (options.help) {
		options_help(COMMANDS[command].usage);
		return EXIT_TRUSTED;
	}
	if (options.fail_on && strcmp(options.fail_on, "warning") != 0) {
		fprintf(stderr, "chaincheck: --fail-on knows warning alone\n");
		return EXIT_USAGE;
	}
	return COMMANDS[command].run(&options);
}
