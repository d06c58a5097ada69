/*
 * lib/store/read_java.c: the trust store that a JVM has where nobody names
 * another one (JSSE Reference Guide, "Default Trust Store").
 */
#include "store/format.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"

/* Where Debian keeps the one of the command "java". */
#define DEFAULT_HOME "/usr/lib/jvm/default-java"

/* Below the home, in the order in which they count; jre/ is Java 8's. */
static const struct {
	const char *path;
	bool override;
} FILES[] = {
	{ "lib/security/jssecacerts", true },
	{ "jre/lib/security/jssecacerts", true },
	{ "lib/security/cacerts", false },
	{ "jre/lib/security/cacerts", false },
};

/* As the JVM asks. */
static bool is_readable(const char *path)
{
	struct stat facts;

	return stat(path, &facts) == 0 && S_ISREG(facts.st_mode) &&
	       access(path, R_OK) == 0;
}

/* JKS and PKCS #12 are told apart by content; it has no other by default. */
static bool read_file(struct chk_store *store, const char *path,
		      const struct chk_store_options *options,
		      struct chk_error *error)
{
	store->as_jvm = true;
	store->file = strdup(path);
	if (!store->file)
		return chk_error_memory(error);
	if (!chk_read_format(store, path, NULL, options, error))
		return false;
	if (strcmp(store->format, "jks") == 0 ||
	    strcmp(store->format, "pkcs12") == 0)
		return true;
	return chk_error_set(error, CHK_ERROR_FORMAT, path,
			     "a JVM reads JKS and PKCS #12 there, and not %s",
			     store->format);
}

static bool say_override(struct chk_store *store, const char *path,
			 struct chk_error *error)
{
	return chk_store_trap_add(store, "store.override", path,
				  "a JVM reads jssecacerts in place of cacerts,"
				  " and nothing of cacerts") ||
	       chk_error_memory(error);
}

bool chk_read_java(struct chk_store *store, const char *path,
		   const struct chk_store_options *options,
		   struct chk_error *error)
{
	const char *home = *path ? path : DEFAULT_HOME;

	for (size_t i = 0; i < CHK_COUNT(FILES); i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer file = { 0 };

		chk_buffer_format(&file, "%s/%s", home, FILES[i].path);
		if (file.failed)
			return chk_error_memory(error);
		if (!is_readable(file.data))
			continue;
		return read_file(store, file.data, options, error) &&
		       (!FILES[i].override ||
			say_override(store, file.data, error));
	}
	return chk_error_set(error, CHK_ERROR_NOT_FOUND, home,
			     "no lib/security/cacerts is there: name the home "
			     "of a JVM, as java:JAVA_HOME");
}
