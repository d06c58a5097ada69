/* cli/pid.c: which trust store a running program uses, said step by step. */
#include "config.h"

#include "pid.h"

#include "complain.h"

static void write_steps(const struct chk_process *process, FILE *out)
{
	for (size_t i = 0; i < chk_process_step_count(process); i++) {
		struct chk_reason step = chk_process_step(process, i);

		fprintf(out, "  - %s", step.text);
		if (step.code != NULL)
			fprintf(out, " (%s)", step.code);
		putc('\n', out);
	}
}

static void write_loads(const struct chk_process *process, FILE *out)
{
	size_t count = chk_process_load_count(process);

	fputs(count > 0 ? "It loads:\n" : "It loads nothing.\n", out);
	for (size_t i = 0; i < count; i++) {
		struct chk_load load = chk_process_load(process, i);

		fprintf(out, "  - %s\n",
			load.spec != NULL ? load.spec : load.path);
	}
}

enum exit_status explain_pid(const struct options *options,
			     const char *name, FILE *out)
{
	struct chk_process *process;
	struct chk_error error;

	if (!chk_process_read(name, &process, &error))
		return complain_error(name, &error);
	if (!options->quiet)
		write_steps(process, out);
	write_loads(process, out);
	chk_process_free(process);
	return STATUS_TRUSTED;
}
