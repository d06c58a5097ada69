/* cli/stores.c: chaincheck stores SPEC: what a store trusts. */
#include "config.h"

#include "anchors.h"
#include "command.h"
#include "complain.h"

enum exit_status command_stores(const struct options *options)
{
	if (options->operands.count != 1) {
		complain("stores", "name a store; one at a time");
		return STATUS_USAGE;
	}
	return list_anchors(options, options->operands.items[0]);
}
