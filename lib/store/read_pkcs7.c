/* lib/store/read_pkcs7.c: what is in a PKCS #7 is trusted as a file's. */
#include "store/format.h"

#include "base/error.h"
#include "cert/pkcs7.h"

#define CERTIFICATES_MAX 10000

struct reading {
	struct chk_store *store;
	const char *name;
};

static bool read_one(void *context, struct chk_bytes der,
		     struct chk_error *error)
{
	const struct reading *reading = context;

	return chk_read_certificate(reading->store, der, CHK_TRUST_TRUSTED,
				    reading->name, error);
}

bool chk_read_pkcs7(struct chk_store *store, struct chk_bytes bytes,
		    const char *name, const struct chk_store_options *options,
		    struct chk_error *error)
{
	struct reading reading = { .store = store, .name = name };
	size_t notes = store->note_count, count;

	if (!chk_pkcs7_walk(bytes, name, CERTIFICATES_MAX, read_one, &reading,
			    &count, error))
		return false;
	if (count > CERTIFICATES_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, name,
				     "more than %d certificates",
				     CERTIFICATES_MAX);
	if (store->note_count - notes < count)
		return true;
	return chk_error_set(error, CHK_ERROR_EMPTY, name,
			     "no certificate is in the PKCS #7");
}
