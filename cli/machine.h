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

#endif
