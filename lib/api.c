/* lib/api.c: the public calls that belong to no room. */
#include "config.h"

#include <chaincheck.h>

const char *chk_version(void)
{
	return PACKAGE_VERSION;
}
