/* cli/main.c: the table of commands. */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "complain.h"
#include "output.h"

#define TRUST_STATUSES \
	"0 trusted, 1 errors, 2 usage, 3 undecided, 4 warnings (--fail-on)."

/* The first is the one that is meant where none is named. */
static const struct command commands[] = {
	{ "check", "HOST[:PORT] ...",
	  "ask a server, judge and explain its certificates",
	  APPLIES_CHECK, TRUST_STATUSES, command_check },
	{ "verify", "FILE ...",
	  "judge and explain certificates in files, leaf first",
	  APPLIES_VERIFY, TRUST_STATUSES, command_verify },
	{ "audit", "FILE|DIR ...",
	  "what will break with a bundle, before it is deployed",
	  APPLIES_AUDIT, "0 nothing, 1 errors, 2 usage, 3 not read,\n"
	  "4 warnings (--fail-on).", command_audit },
	{ "where", "HOST[:PORT] ...",
	  "which stores of this machine trust a server",
	  APPLIES_WHERE, "0 all of them trust it, 1 not all, 2 usage,\n"
	  "3 undecided.", command_where },
	{ "handshake", "HOST[:PORT] ...",
	  "what was agreed on, and which address differs",
	  APPLIES_HANDSHAKE, "0 all addresses shake hands alike, 1 not so,\n"
	  "2 usage, 3 undecided; with --client that of check.",
	  command_handshake },
	{ "stores", "[SPEC]",
	  "the stores of this machine, or what one trusts",
	  APPLIES_STORES, "0 listed, 2 usage, 3 not read or not written.",
	  command_stores },
	{ "diff", "SPEC SPEC",
	  "what the second trusts or refuses, and the first not",
	  APPLIES_DIFF, "0 equal, 1 different, 2 usage,\n"
	  "3 not read, or not all of it and the rest is equal.",
	  command_diff },
	{ "explain", "[CODE|TEXT ...]",
	  "what a finding means, or an error message",
	  APPLIES_EXPLAIN, "0 explained, 2 usage, 3 not known or not written;\n"
	  "with HOST that of check.",
	  command_explain },
	{ "known", "[TEXT ...]",
	  "public CAs by name, SHA-256, key id; or import FILE",
	  APPLIES_KNOWN, "0 found, 1 not found, 2 usage, 3 no table.",
	  command_known },
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	}
	return NULL;
}

static void help(FILE *out, const struct command *command, bool all)
{
	fprintf(out, "Usage: chaincheck %s [OPTION ...] %s\nDoes: %s.\n\n"
		"Options:\n", command->name, command->operands,
		command->summary);
	options_help(out, command->applies, all);
	fprintf(out, "\nExit status: %s\n", command->statuses);
}

static void help_whole(FILE *out, bool all)
{
	fputs("Usage: chaincheck [COMMAND] [OPTION ...] ...\n\n"
	      "Commands, `check` where none is named; COMMAND --help says "
	      "more:\n", out);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  %-9s %-15s %s\n", commands[i].name,
			commands[i].operands, commands[i].summary);
	fprintf(out, "\nOptions%s:\n", all ? "" : " of `check`");
	options_help(out, all ? APPLIES_ALL : commands[0].applies, all);
	fprintf(out, "\nExit status: %s\n", commands[0].statuses);
}

static enum exit_status run(const struct command *command, bool named,
			    const struct options *options)
{
	struct output output = { .file = stdout, .name = "standard output" };

	if (options->help) {
		if (named)
			help(stdout, command, options->verbose > 0);
		else
			help_whole(stdout, options->verbose > 0);
		return output_close(&output, STATUS_TRUSTED);
	}
	if (options->version) {
		printf("chaincheck %s\n", chk_version());
		return output_close(&output, STATUS_TRUSTED);
	}
	if (options->operands.count == 0 && !options->batch &&
	    !options_list_clients(options) &&
	    command->operands[0] != '[') {
		complain(command->name, "needs %s; see chaincheck %s --help",
			 command->operands, command->name);
		return STATUS_USAGE;
	}
	return command->run(options);
}

int main(int argc, char **argv)
{
	const struct command *command = NULL;
	struct options options;
	enum exit_status status = STATUS_USAGE;
	bool named;

	/* A file past the limit is an error to be told, not our end. */
	signal(SIGXFSZ, SIG_IGN);
	if (argc > 1)
		command = find_command(argv[1]);
	named = command != NULL;
	if (!named)
		command = &commands[0];
	if (argc < 2) {
		help_whole(stderr, false);
		return STATUS_USAGE;
	}
	if (options_read(argc - 1 - named, argv + 1 + named, command->applies,
			 &options))
		status = run(command, named, &options);
	options_free(&options);
	return (int)status;
}
