/*
 * tests/fuzz/certdata_fuzzer.c: any bytes as Mozilla's certdata.txt. It ends,
 * and nothing is trusted that the text does not call so.
 */
#include <stdlib.h>

#include "base/error.h"
#include "store/format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Is the word in the text? */
static bool says(const uint8_t *data, size_t size, const char *word)
{
	size_t length = strlen(word);

	for (size_t i = 0; i + length <= size; i++)
		if (memcmp(data + i, word, length) == 0)
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct chk_store_options NONE = { 0 };
	struct chk_store *store = chk_store_new("input");
	struct chk_error error = { .code = CHK_OK };
	bool read;

	if (!store)
		return 0;
	chk_certdata_is(chk_bytes_of(data, size));
	read = chk_read_certdata(store, chk_bytes_of(data, size), "input",
				 &NONE, &error);
	if (read == (error.code != CHK_OK) || !chk_store_end(store))
		abort();
	for (size_t i = 0; i < store->count; i++)
		if (!chk_anchor_where(store->anchors[i], 0) ||
		    (chk_anchor_trust(store->anchors[i], CHK_PURPOSE_ANY) ==
			     CHK_TRUST_TRUSTED &&
		     !says(data, size, "TRUST")))
			abort();
	chk_store_free(store);
	return 0;
}
