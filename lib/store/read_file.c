/* lib/store/read_file.c: a file, read as what its content says it is. */
#include "store/format.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "cert/pem.h"
#include "cert/pkcs7.h"
#include "store/pkcs12_file.h"
#include "store/root_path.h"

static bool is_anything(struct chk_bytes bytes)
{
	return bytes.data != NULL;
}

/* The first that fits reads it; the last takes what is left. */
static const struct chk_format FORMATS[] = {
	{ "nss", chk_nss_is, chk_read_nss_file },
	{ "p11-kit", chk_p11kit_is, chk_read_p11kit_file },
	{ "certdata", chk_certdata_is, chk_read_certdata },
	{ "jks", chk_jks_is, chk_read_jks },
	{ "pkcs12", chk_pkcs12_is, chk_read_pkcs12 },
	{ "pem", chk_pem_is, chk_read_pem },
	{ "pkcs7", chk_pkcs7_is, chk_read_pkcs7 },
	{ "der", is_anything, chk_read_der },
};

/* `wanted` is a format's name; NULL: whichever it is. */
static const struct chk_format *find(struct chk_bytes bytes,
				     const char *wanted)
{
	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++) {
		if (wanted && strcmp(FORMATS[i].name, wanted) != 0)
			continue;
		if (FORMATS[i].is(bytes))
			return &FORMATS[i];
	}
	return NULL;
}

bool chk_store_read_file(const struct chk_store *store, const char *path,
			 uint8_t **data, size_t *size, struct chk_error *error)
{
	return chk_root_read(store->root ? store->root : "", path, data, size,
			     error);
}

bool chk_read_format(struct chk_store *store, const char *path,
		     const char *wanted,
		     const struct chk_store_options *options,
		     struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	const struct chk_format *format;
	struct chk_bytes bytes;
	size_t size;

	if (!chk_store_read_file(store, path, &data, &size, error))
		return false;
	bytes = chk_bytes_of(data, size);
	if (size == 0)
		return chk_error_set(error, CHK_ERROR_EMPTY, path,
				     "the file is empty");
	format = find(bytes, wanted);
	if (!format)
		return chk_error_set(error, CHK_ERROR_FORMAT, path,
				     "the file is no %s", wanted);
	store->format = format->name;
	return format->read(store, bytes, path, options, error);
}

bool chk_read_file(struct chk_store *store, const char *path,
		   const struct chk_store_options *options,
		   struct chk_error *error)
{
	return chk_read_format(store, path, NULL, options, error);
}

bool chk_read_jks_file(struct chk_store *store, const char *path,
		       const struct chk_store_options *options,
		       struct chk_error *error)
{
	return chk_read_format(store, path, "jks", options, error);
}

bool chk_read_pkcs12_file(struct chk_store *store, const char *path,
			  const struct chk_store_options *options,
			  struct chk_error *error)
{
	return chk_read_format(store, path, "pkcs12", options, error);
}
