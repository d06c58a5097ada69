/* cli/known_table.c: which table of known CAs. */
#include "config.h"

#include "known_table.h"

#include <stdlib.h>

#include "complain.h"

enum exit_status known_table_open(const struct options *options,
				  struct chk_known **known)
{
	const char *path = options->known;
	struct chk_error error;

	if (path == NULL)
		path = getenv("CHAINCHECK_KNOWN");
	if (chk_known_open(path != NULL ? path : KNOWN_TABLE, known, &error))
		return STATUS_TRUSTED;
	if (path != NULL)
		return complain_error(path, &error);
	if (error.code != CHK_ERROR_NOT_FOUND && !options->quiet)
		complain(error.where, "%s; issuers that are not at hand are "
			 "not looked up", error.what);
	return STATUS_TRUSTED;
}
