/* cli/anchors.c: the anchors of one store. */
#include "config.h"

#include "anchors.h"

enum exit_status list_anchors(const struct options *options, const char *spec)
{
	return STATUS_USAGE;
}
