/*
 * tests/fuzz/settings_fuzzer.c: any bytes as a file of settings, in each
 * syntax. What is given comes from the file, and is no longer than it.
 */
#include <stdlib.h>
#include <string.h>

#include "store/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool look(void *context, const char *key, const char *value)
{
	size_t size = *(const size_t *)context;

	/* "true" is what git has for a key alone. */
	if (strlen(key) > size || strlen(value) > size + strlen("true"))
		abort();
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (int syntax = CHK_SETTINGS_CURLRC; syntax <= CHK_SETTINGS_PHP;
	     syntax++)
		if (!chk_settings_read(chk_bytes_of(data, size),
				       (enum chk_settings_syntax)syntax, look,
				       &size))
			abort();
	return 0;
}
