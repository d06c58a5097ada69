/* lib/store/spec.c: which reader a spec names. */
#include <errno.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "store/format.h"

/* What stands behind the scheme. */
enum rest {
	REST_NONE,     /* "system" */
	REST_OPTIONAL, /* "p11-kit", "p11-kit:PATH" */
	REST_PATH,     /* "file:PATH" */
	REST_NUMBER,   /* "pid:N" */
	REST_WHOLE,    /* the reader takes the spec as it stands */
};

/* No reader: the word is taken, and read by a later version. */
static const struct scheme {
	const char *name;
	enum rest rest;
	chk_store_reader *read;
	const char *format; /* unless the reader finds out */
} SCHEMES[] = {
	{ "system", REST_NONE, chk_read_system, "system" },
	{ "p11-kit", REST_OPTIONAL, chk_read_p11kit, "p11-kit" },
	{ "file", REST_PATH, chk_read_file, NULL },
	{ "dir", REST_PATH, chk_read_dir, "directory" },
	{ "pkcs11", REST_WHOLE, chk_read_pkcs11, "pkcs11" },
	{ "jks", REST_PATH, chk_read_jks_file, NULL },
	{ "p12", REST_PATH, chk_read_pkcs12_file, NULL },
	{ "nss", REST_PATH, chk_read_nss, "nss" },
	{ "nss-module", REST_PATH, chk_read_nss_module, "nss-module" },
	{ "java", REST_OPTIONAL, chk_read_java, NULL },
	{ "rootfs", REST_PATH, NULL, NULL },
	{ "pid", REST_NUMBER, chk_read_process, "process" },
	{ "known", REST_PATH, NULL, NULL },
};

static const struct scheme FILE_SCHEME = { "file", REST_PATH, chk_read_file,
					   NULL };
static const struct scheme DIR_SCHEME = { "dir", REST_PATH, chk_read_dir,
					  "directory" };
static const struct scheme NSS_SCHEME = { "nss", REST_PATH, chk_read_nss,
					  "nss" };

/* Where the word before the colon, or the whole spec, is a scheme's. */
static const struct scheme *find_scheme(const char *spec, const char **rest)
{
	size_t size = strcspn(spec, ":");

	*rest = spec[size] ? spec + size + 1 : NULL;
	for (size_t i = 0; i < CHK_COUNT(SCHEMES); i++) {
		const struct scheme *scheme = &SCHEMES[i];
		bool alone = scheme->rest == REST_NONE ||
			     scheme->rest == REST_OPTIONAL;

		if (strlen(scheme->name) != size ||
		    memcmp(scheme->name, spec, size) != 0)
			continue;
		/* "file" without a colon is the name of a file. */
		return *rest || alone ? scheme : NULL;
	}
	return NULL;
}

/* Letters, digits and hyphens before a colon: meant as a scheme. */
static bool has_scheme_form(const char *spec)
{
	size_t size = strspn(spec, "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

	return size && spec[size] == ':';
}

/* What the list of schemes shows behind the name. */
static const char *behind(enum rest rest)
{
	return rest == REST_PATH ? ":PATH" : rest == REST_NUMBER ? ":N" : "";
}

static bool unknown(const char *spec, struct chk_error *error)
{
	struct chk_buffer names = { 0 };

	for (size_t i = 0; i < CHK_COUNT(SCHEMES); i++)
		if (SCHEMES[i].read)
			chk_buffer_format(&names, "%s%s%s", i ? ", " : "",
					  SCHEMES[i].name,
					  behind(SCHEMES[i].rest));
	chk_error_set(error, CHK_ERROR_ARGUMENT, spec,
		      "no such kind of trust store; there are %s, or a path",
		      names.data ? names.data : "others");
	chk_buffer_clear(&names);
	return false;
}

/* A bare path: what is there decides. NULL: the error is filled. */
static const struct scheme *recognise(const char *spec,
				      struct chk_error *error)
{
	struct stat facts;

	if (stat(spec, &facts) == 0) {
		if (!S_ISDIR(facts.st_mode))
			return &FILE_SCHEME;
		return chk_nss_is_dir(spec) ? &NSS_SCHEME : &DIR_SCHEME;
	}
	if (has_scheme_form(spec))
		unknown(spec, error);
	else
		chk_error_errno(error, errno == ENOENT || errno == ENOTDIR ?
				CHK_ERROR_NOT_FOUND : CHK_ERROR_READ, errno,
				spec, "cannot be opened");
	return NULL;
}

/* What the reader of `scheme` is given; NULL: the error is filled. */
static const char *reader_path(const struct scheme *scheme, const char *spec,
			       const char *rest, struct chk_error *error)
{
	if (scheme->rest == REST_WHOLE)
		return spec;
	if (scheme->rest == REST_NONE && rest) {
		chk_error_set(error, CHK_ERROR_ARGUMENT, spec,
			      "nothing may stand behind \"%s\"", scheme->name);
		return NULL;
	}
	if (rest && !*rest) {
		chk_error_set(error, CHK_ERROR_ARGUMENT, spec,
			      "no path stands behind \"%s:\"", scheme->name);
		return NULL;
	}
	return rest ? rest : "";
}

static bool load(struct chk_store *store, const struct scheme *scheme,
		 const char *path, const struct chk_store_options *options,
		 struct chk_error *error)
{
	static const struct chk_store_options NONE = { 0 };

	store->format = scheme->format;
	if (!scheme->read(store, path, options ? options : &NONE, error))
		return false;
	store->root = NULL;
	return chk_store_end(store) || chk_error_memory(error);
}

bool chk_store_open(const char *spec, const struct chk_store_options *options,
		    struct chk_store **store, struct chk_error *error)
{
	return chk_store_open_below("", spec, options, store, error);
}

bool chk_store_open_below(const char *root, const char *spec,
			  const struct chk_store_options *options,
			  struct chk_store **out, struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *store = NULL;
	const struct scheme *scheme;
	const char *rest, *path;

	*out = NULL;
	if (!spec || !*spec)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, NULL,
				     "no trust store is named");
	scheme = find_scheme(spec, &rest);
	if (!scheme) {
		scheme = recognise(spec, error);
		rest = spec;
	}
	if (!scheme)
		return false;
	if (!scheme->read)
		return chk_error_set(error, CHK_ERROR_UNSUPPORTED, spec,
				     "not read yet by this version");
	path = reader_path(scheme, spec, rest, error);
	if (!path)
		return false;
	store = chk_store_new(spec);
	if (!store)
		return chk_error_memory(error);
	store->root = root;
	if (!load(store, scheme, path, options, error))
		return false;
	*out = chk_steal(&store);
	return true;
}
