/* cli/machine.h: every trust store of a machine. */
#ifndef CLI_MACHINE_H
#define CLI_MACHINE_H

#include "exit_status.h"
#include "options.h"

/*
 * list_machine finds the stores of the machine, of --root or below --in, and
 * lists them with what is alike among them. STATUS_UNDECIDED: nothing could be
 * looked at, or not all be written.
 */
enum exit_status list_machine(const struct options *options);

/* machine_find finds the stores that the options mean, with signs of life. */
bool machine_find(const struct options *options, struct chk_places **places,
		  struct chk_error *error);
/*
 * machine_ask asks the question of each of them. Anything but STATUS_TRUSTED:
 * it could not, and that has been said.
 */
enum exit_status machine_ask(const struct options *options,
			     const struct chk_target *target,
			     const struct chk_presented *presented,
			     const struct chk_question *question,
			     const struct chk_places *places,
			     struct chk_where **where);

#endif
