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
	{ "nss", "a database of NSS", chk_nss_is, chk_read_nss_file },
	{ "p11-kit", "objects of p11-kit", chk_p11kit_is,
	  chk_read_p11kit_file },
	{ "certdata", "a certdata.txt", chk_certdata_is, chk_read_certdata },
	{ "jks", "a JKS or JCEKS keystore", chk_jks_is, chk_read_jks },
	{ "pkcs12", "PKCS #12", chk_pkcs12_is, chk_read_pkcs12 },
	{ "pem", "PEM", chk_pem_is, chk_read_pem },
	{ "pkcs7", "PKCS #7", chk_pkcs7_is, chk_read_pkcs7 },
	{ "der", NULL, is_anything, chk_read_der },
};

static const struct chk_format *find(struct chk_bytes bytes)
{
	size_t i = 0;

	while (!FORMATS[i].is(bytes))
		i++;
	return &FORMATS[i];
}

/* NULL: there is none of that name. */
static const struct chk_format *find_named(const char *name)
{
	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++)
		if (strcmp(FORMATS[i].name, name) == 0)
			return &FORMATS[i];
	return NULL;
}

static bool is_another(struct chk_bytes bytes, const char *path,
		       const char *wanted, struct chk_error *error)
{
	const struct chk_format *named = find_named(wanted);
	const char *words = find(bytes)->words;

	return chk_error_set(error, CHK_ERROR_FORMAT, path, "not %s%s%s",
			     named ? named->words : wanted,
			     words ? " but " : "", words ? words : "");
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
	format = wanted ? find_named(wanted) : find(bytes);
	if (!format || !format->is(bytes))
		return is_another(bytes, path, wanted, error);
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
