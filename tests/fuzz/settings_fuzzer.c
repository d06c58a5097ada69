/*
 * tests/fuzz/settings_fuzzer.c: any bytes as a file of settings, in each
 * syntax. What is given comes from the file, and is no longer than it; what a
 * TLS client of this machine makes of it is no more than its tables hold.
 */
#include <stdlib.h>
#include <string.h>

#include "client/here.h"
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

/* The bytes are every file that it reads, and included by themselves. */
static void read_client(const char *name, struct chk_bytes text)
{
	const char *const facts[] = { "home=/jdk" };
	const char *const arguments[] = {
		"java", "-Djava.security.properties=extra",
	};
	const struct chk_surroundings around = {
		.root = "", .directory = "/", .facts = facts, .fact_count = 1,
		.arguments = arguments, .argument_count = 2,
	};
	struct chk_here *here = calloc(1, sizeof(*here));

	if (!here)
		abort();
	here->given = text;
	if (!chk_client_here(name, &around, here, NULL))
		abort();
	for (size_t i = 0; i < CHK_HERE_WHATS; i++) {
		if (here->lists[i].count > CHK_HERE_ITEMS)
			abort();
	}
	chk_here_clear(here);
	free(here);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *name;

	for (size_t i = 0; size && (name = chk_here_name(i)); i++)
		read_client(name, chk_bytes_of(data, size));
	for (int syntax = CHK_SETTINGS_CURLRC; syntax <= CHK_SETTINGS_PHP;
	     syntax++)
		if (!chk_settings_read(chk_bytes_of(data, size),
				       (enum chk_settings_syntax)syntax, look,
				       &size))
			abort();
	return 0;
}
