/* cli/stores.c: chaincheck stores: those of a machine, or what one trusts. */
#include "config.h"

#include "anchors.h"
#include "command.h"
#include "complain.h"
#include "machine.h"

enum exit_status command_stores(const struct options *options)
{
	if (options->operands.count == 0)
		return list_machine(options);
	if (options->operands.count > 1) {
		complain("stores", "name a store; one at a time");
		return STATUS_USAGE;
	}
	if (options->root != NULL || options->in != NULL) {
		complain("--root, --in", "find stores, and take none by name");
		return STATUS_USAGE;
	}
	return list_anchors(options, options->operands.items[0]);
}
