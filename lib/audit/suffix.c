/* lib/audit/suffix.c: public suffixes; libpsl has the list. */
#include "config.h"

#include "audit/suffix.h"

#include <stdio.h>

#ifdef HAVE_LIBPSL
#include <libpsl.h>

static bool is_suffix(const char *name)
{
	/* Of a name that no rule has, the last label is one: "*" is implied. */
	return psl_is_public_suffix2(psl_builtin(), name, PSL_TYPE_ANY) != 0;
}
#else
static bool is_suffix(const char *name)
{
	return false;
}
#endif

bool chk_suffix_is_wide(struct chk_bytes name)
{
	char text[256];

	if (!chk_bytes_begin_with(name, "*.") || name.size >= sizeof(text))
		return false;
	snprintf(text, sizeof(text), "%.*s", (int)(name.size - 2),
		 (const char *)name.data + 2);
	return *text && is_suffix(text);
}
