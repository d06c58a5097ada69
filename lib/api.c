/* lib/api.c: the public calls that belong to no room. */
#include "config.h"

#include <chaincheck.h>

#include "base/when.h"

const char *chk_version(void)
{
	return PACKAGE_VERSION;
}

bool chk_time_parse(const char *text, int64_t now, int64_t *seconds)
{
	return chk_when_parse(text, now, seconds);
}
