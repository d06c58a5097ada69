/*
 * lib/store/read_p11kit.c: p11-kit's trust module, on paths that are named.
 * It is loaded explicitly and told the paths, so that no configuration of
 * p11-kit takes part.
 */
#include "config.h"

#include "store/format.h"

#include <pthread.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "store/p11kit_check.h"
#include "store/p11kit_guard.h"
#include "store/token.h"

#define MODULE_PATH CHK_P11_MODULE_PATH "/p11-kit-trust.so"
#define TOKENS_MAX 64

/*
 * The module is one for the whole process: the first C_Initialize sets its
 * paths, later ones only count. Two threads that name different paths must
 * not meet in it, and nothing but a lock of the process can see to that. What
 * else in the process uses the module is not held by it: check_slots refuses
 * paths that are not ours.
 */
static pthread_mutex_t module_lock = PTHREAD_MUTEX_INITIALIZER;

static void cleanup_lock(pthread_mutex_t **lock)
{
	pthread_mutex_unlock(*lock);
}

/* The paths, as the module is to see them. */
struct paths {
	char *copy;
	char *items[TOKENS_MAX]; /* into `copy` */
	size_t count;
};

struct module {
	CK_FUNCTION_LIST *functions;
	bool started;
	bool was_in_use; /* somebody else's paths hold */
};

static void cleanup_paths(struct paths *paths)
{
	free(paths->copy);
}

static void cleanup_module(struct module *module)
{
	if (module->started)
		module->functions->C_Finalize(NULL);
	if (module->functions)
		p11_kit_module_release(module->functions);
}

/* A path that is not there is a note; p11-kit would say nothing. */
static bool add_path(struct chk_store *store, struct paths *paths, char *path,
		     struct chk_error *error)
{
	struct stat facts;

	if (!*path)
		return true;
	if (stat(path, &facts) < 0)
		return chk_store_note_add(store, path, "no such trust path") ||
		       chk_error_memory(error);
	if (!chk_p11kit_guard(path, error))
		return false;
	if (paths->count == TOKENS_MAX)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, path,
				     "more than %d trust paths", TOKENS_MAX);
	paths->items[paths->count++] = path;
	return true;
}

static bool split(struct chk_store *store, const char *list,
		  struct paths *paths, struct chk_error *error)
{
	char *next, *path;

	paths->copy = strdup(list);
	if (!paths->copy)
		return chk_error_memory(error);
	next = paths->copy;
	while ((path = strsep(&next, ":")))
		if (!add_path(store, paths, path, error))
			return false;
	if (paths->count)
		return true;
	return chk_error_set(error, CHK_ERROR_NOT_FOUND, list,
			     "no such trust path");
}

/*
 * "paths='/a:/b'". A backslash or both quotes in a path cannot be said to the
 * module; a leading ~ would be the home of whoever runs this.
 */
static bool write_argument(const struct paths *paths, const char *list,
			   struct chk_buffer *argument, struct chk_error *error)
{
	char quote = strchr(list, '\'') ? '"' : '\'';

	if (strchr(list, '\\') || strchr(list, quote))
		return chk_error_set(error, CHK_ERROR_UNSUPPORTED, list,
				     "p11-kit takes no path with a backslash "
				     "or with both kinds of quotes");
	chk_buffer_format(argument, "paths=%c", quote);
	for (size_t i = 0; i < paths->count; i++)
		chk_buffer_format(argument, "%s%s%s", i ? ":" : "",
				  paths->items[i][0] == '~' ? "./" : "",
				  paths->items[i]);
	chk_buffer_format(argument, "%c", quote);
	return !argument->failed || chk_error_memory(error);
}

static bool load(struct module *module, struct chk_error *error)
{
	struct stat facts;
	const char *why;

	if (stat(MODULE_PATH, &facts) < 0)
		return chk_error_set(error, CHK_ERROR_NOT_FOUND, MODULE_PATH,
				     "p11-kit's trust module is missing: "
				     "install the package p11-kit-modules");
	/* As it is: a managed one would be started without our paths. */
	module->functions = p11_kit_module_load(MODULE_PATH,
						P11_KIT_MODULE_UNMANAGED);
	if (module->functions)
		return true;
	why = p11_kit_message();
	return chk_error_set(error, CHK_ERROR_TOKEN, MODULE_PATH,
			     "p11-kit's trust module cannot be loaded: %s",
			     why ? why : "it does not say why");
}

static bool start(struct module *module, char *argument,
		  struct chk_error *error)
{
	CK_C_INITIALIZE_ARGS args = { .flags = CKF_OS_LOCKING_OK,
				      .pReserved = argument };
	CK_INFO info;
	CK_RV rv;

	module->was_in_use = module->functions->C_GetInfo(&info) !=
			     CKR_CRYPTOKI_NOT_INITIALIZED;
	rv = module->functions->C_Initialize(&args);
	module->started = rv == CKR_OK;
	return module->started ||
	       chk_token_failed(error, MODULE_PATH, rv,
				"p11-kit's trust module does not start");
}

/*
 * Does the slot read this path? Its description is the path, cut at 64 bytes
 * and padded with blanks.
 */
static bool is_slot_of(const struct module *module, CK_SLOT_ID slot,
		       const char *path)
{
	CK_SLOT_INFO info;
	size_t size = strlen(path), room = sizeof(info.slotDescription);

	if (module->functions->C_GetSlotInfo(slot, &info) != CKR_OK)
		return false;
	/* Of a long path only the start is told: enough where it is ours. */
	if (size >= room)
		return !module->was_in_use &&
		       memcmp(info.slotDescription, path, room) == 0;
	return memcmp(info.slotDescription, path, size) == 0 &&
	       p11_kit_space_strlen(info.slotDescription, room) <= size;
}

/* Where another part of the process had it started, with paths of its own. */
static bool check_slots(const struct module *module, const CK_SLOT_ID *slots,
			CK_ULONG count, const struct paths *paths)
{
	if (count != paths->count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *path = paths->items[i];

		/* See write_argument. */
		if (path[0] != '~' && !is_slot_of(module, slots[i], path))
			return false;
	}
	return true;
}

static bool read_slot(struct chk_store *store, const struct module *module,
		      CK_SLOT_ID slot, const char *path,
		      struct chk_error *error)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	struct chk_token token = { .module = module->functions };
	CK_RV rv;
	bool ok;

	chk_text_escape(&name, chk_bytes_text(path));
	token.name = name.data;
	if (!token.name)
		return chk_error_memory(error);
	rv = token.module->C_OpenSession(slot, CKF_SERIAL_SESSION, NULL, NULL,
					 &token.session);
	if (rv != CKR_OK)
		return chk_token_failed(error, path, rv,
					"the trust path cannot be opened");
	ok = chk_token_load(store, &token, NULL, 0, error);
	token.module->C_CloseSession(token.session);
	return ok;
}

static bool read_slots(struct chk_store *store, const struct module *module,
		       const struct paths *paths, struct chk_error *error)
{
	CK_SLOT_ID slots[TOKENS_MAX];
	CK_ULONG count = TOKENS_MAX;
	CK_RV rv = module->functions->C_GetSlotList(CK_TRUE, slots, &count);

	if (rv != CKR_OK || !check_slots(module, slots, count, paths))
		return chk_error_set(error, CHK_ERROR_TOKEN, MODULE_PATH,
				     "p11-kit's trust module is in use in this "
				     "process, with other paths");
	for (size_t i = 0; i < count; i++) {
		if (!read_slot(store, module, slots[i], paths->items[i],
			       error))
			return false;
		if (!chk_p11kit_check(store, paths->items[i]))
			return chk_error_memory(error);
	}
	return true;
}

bool chk_read_p11kit(struct chk_store *store, const char *path,
		     const struct chk_store_options *options,
		     struct chk_error *error)
{
	const char *list = *path ? path : CHK_TRUST_PATHS;
	CHK_CLEANUP(cleanup_paths) struct paths paths = { .count = 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer argument = { 0 };
	CHK_CLEANUP(cleanup_lock) pthread_mutex_t *lock = &module_lock;
	CHK_CLEANUP(cleanup_module) struct module module = {
		.functions = NULL };

	pthread_mutex_lock(lock);
	if (!split(store, list, &paths, error) ||
	    !write_argument(&paths, list, &argument, error) ||
	    !load(&module, error) || !start(&module, argument.data, error) ||
	    !read_slots(store, &module, &paths, error))
		return false;
	if (store->count || store->blocked_count)
		return true;
	return chk_error_set(error, CHK_ERROR_EMPTY, list,
			     "p11-kit finds no certificate there");
}

/* Behind empty lines and comments. */
bool chk_p11kit_is(struct chk_bytes bytes)
{
	static const char HEAD[] = "[p11-kit-object-v1]";
	size_t at = 0;

	while (at < bytes.size && memchr("# \t\r\n", bytes.data[at], 5)) {
		const uint8_t *end = memchr(bytes.data + at, '\n',
					    bytes.size - at);

		if (bytes.data[at] != '#')
			at++;
		else if (end)
			at = (size_t)(end - bytes.data) + 1;
		else
			return false;
	}
	return bytes.size - at >= sizeof(HEAD) - 1 &&
	       memcmp(bytes.data + at, HEAD, sizeof(HEAD) - 1) == 0;
}

/* A colon would be taken for the end of the path. */
bool chk_read_p11kit_file(struct chk_store *store, struct chk_bytes bytes,
			  const char *name,
			  const struct chk_store_options *options,
			  struct chk_error *error)
{
	if (strchr(name, ':'))
		return chk_error_set(error, CHK_ERROR_UNSUPPORTED, name,
				     "p11-kit takes no path with a colon");
	return chk_read_p11kit(store, name, options, error);
}
