/*
 * tests/fuzz/jks_fuzzer.c: any bytes as a keystore of Java, with no password
 * and with one. What is given must fit the hash; and either there is a
 * certificate or an error that says where.
 */
#include <stdlib.h>

#include "store/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read_with(struct chk_bytes bytes, const char *pin)
{
	const struct chk_store_options options = { .pin = pin };
	struct chk_store *store = chk_store_new("jks:input");
	struct chk_error error = { 0 };
	bool read = chk_read_jks(store, bytes, "input", &options, &error);

	if (read != (error.what[0] == '\0') ||
	    (read && (chk_store_count(store) == 0 || !chk_store_end(store))))
		abort();
	for (size_t i = 0; i < chk_store_count(store); i++)
		if (!chk_anchor_where(chk_store_get(store, i), 0))
			abort();
	chk_store_free(store);
	return read;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_bytes bytes = chk_bytes_of(data, size);

	/* What a password opens is open without one, too. */
	if (read_with(bytes, "changeit") && !read_with(bytes, NULL))
		abort();
	read_with(bytes, NULL);
	return 0;
}
