/* tests/support/keystore.c: the keystores of tests/store/keystores. */
#include "support/test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "support/keystore.h"

const char *keystore_path(const char *name)
{
	static char path[4096];

	snprintf(path, sizeof(path), "%s/tests/store/keystores/%s",
		 getenv("top_srcdir"), name);
	return path;
}

struct chk_bytes keystore_read(const char *name)
{
	struct chk_error error;
	uint8_t *data;
	size_t size;

	if (!chk_file_read(keystore_path(name), &data, &size, &error))
		fail_msg("%s: %s", error.where, error.what);
	return chk_bytes_of(data, size);
}
