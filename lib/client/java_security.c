/* lib/client/java_security.c: the security properties of a JDK. */
#include "config.h"

#include "client/java_security.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/error.h"
#include "client/here_files.h"
#include "client/narrow.h"
#include "client/properties.h"

#define DEPTH_MAX 8       /* of files that include files */
#define FILES_MAX 64      /* of one that includes others again and again */
#define SETTINGS_MAX 4096 /* properties; java.security has about 100 */

/* Where the file lies: JDK 9 and later, a JRE in a JDK 8, a JRE 8. */
static const char *const FILES[] = {
	"conf/security/java.security",
	"jre/lib/security/java.security",
	"lib/security/java.security",
};

static const char PATHS[] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:"
			    "/usr/bin:/sbin:/bin";

/* One file being read. */
struct reading {
	struct chk_here *here;
	struct chk_java_settings *settings;
	const struct chk_here_file *file;
	unsigned depth;
};

static bool load(struct chk_here *here, struct chk_java_settings *settings,
		 const char *path, unsigned depth);

/* ${java.home} alone: others are the machine's that Java runs on. */
static const char *expanded(struct chk_here *here,
			    const struct chk_java_settings *settings,
			    const char *path)
{
	static const char HOME[] = "${java.home}";

	if (strncmp(path, HOME, sizeof(HOME) - 1) != 0)
		return path;
	return chk_arena_format(&here->arena, "%s%s", settings->home,
				path + sizeof(HOME) - 1);
}

/* A path in an included file begins in that file's directory. */
static bool include(struct reading *reading, const char *value)
{
	const char *path = expanded(reading->here, reading->settings, value);
	const char *slash = strrchr(reading->file->path, '/');

	if (path && *path != '/' && slash)
		path = chk_arena_format(&reading->here->arena, "%.*s/%s",
					(int)(slash - reading->file->path),
					reading->file->path, path);
	if (!path)
		return false;
	if (!load(reading->here, reading->settings, path, reading->depth + 1))
		chk_here_say(reading->here, NULL,
			     "%s includes %s, which cannot be read: Java does "
			     "not start", reading->file->path, path);
	return !reading->here->arena.failed;
}

static bool add(void *context, const char *key, const char *value,
		size_t line)
{
	struct reading *reading = context;
	struct chk_java_settings *settings = reading->settings;
	struct chk_arena *arena = &reading->here->arena;

	if (strcmp(key, "include") == 0)
		return include(reading, value);
	if (settings->count >= SETTINGS_MAX)
		return true;
	if (!chk_array_grow(&settings->security, settings->count,
			    &settings->room, sizeof(*settings->security)))
		return false;
	settings->security[settings->count++] = (struct chk_setting){
		.name = chk_arena_text(arena, key),
		.value = chk_arena_text(arena, value),
		.where = reading->file->path,
		.line = line,
	};
	return !arena->failed;
}

static bool says(struct chk_bytes text, const char *words)
{
	return memmem(text.data, text.size, words, strlen(words)) != NULL;
}

/* Bounded in depth and in number: a file may include itself. */
static bool load(struct chk_here *here, struct chk_java_settings *settings,
		 const char *path, unsigned depth)
{
	struct chk_here_file file;
	struct reading reading = { here, settings, &file, depth };

	if (depth > DEPTH_MAX || ++settings->files > FILES_MAX ||
	    !chk_here_read(here, path, &file))
		return false;
	if (settings->files == 1) { /* its comments say what it knows */
		settings->knows_handshake =
			says(file.text, "HandshakeSignature");
		settings->knows_wildcards = says(file.text, "TLS_RSA_*");
	}
	if (!chk_properties_read(file.text, add, &reading))
		here->arena.failed = true;
	return true;
}

unsigned chk_java_release(const struct chk_java_settings *settings)
{
	const char *version = settings->version;

	if (!version)
		return 0;
	if (strncmp(version, "1.", 2) == 0)
		version += 2;
	return (unsigned)strtoul(version, NULL, 10);
}

bool chk_java_security(const struct chk_java_settings *settings,
		       const char *name, struct chk_setting *setting)
{
	for (size_t i = settings->count; i > 0; i--) {
		if (strcmp(settings->security[i - 1].name, name) == 0) {
			*setting = settings->security[i - 1];
			return true;
		}
	}
	return false;
}

bool chk_java_system(const struct chk_java_settings *settings,
		     const char *name, struct chk_setting *setting)
{
	struct chk_option_value value;

	if (!chk_command_line_property(&settings->options, name, &value))
		return false;
	*setting = (struct chk_setting){
		.name = name, .value = value.text,
		.where = value.origin ? value.origin : "the command line",
	};
	return true;
}

static bool is_true(const struct chk_java_settings *settings, const char *name)
{
	struct chk_setting setting;

	return chk_java_security(settings, name, &setting) &&
	       strcasecmp(setting.value, "true") == 0;
}

/* The directory of `java`, which a link leads to: HOME/bin/java. */
static const char *home_of(struct chk_here *here, const char *program)
{
	static const char BIN[] = "/bin/java", JRE[] = "/jre";
	const char *real = chk_here_real(here, program);
	size_t size = real ? strlen(real) : 0;

	if (size <= sizeof(BIN) - 1 ||
	    strcmp(real + size - (sizeof(BIN) - 1), BIN) != 0)
		return NULL;
	size -= sizeof(BIN) - 1;
	if (size > sizeof(JRE) - 1 &&
	    memcmp(real + size - (sizeof(JRE) - 1), JRE, sizeof(JRE) - 1) == 0)
		size -= sizeof(JRE) - 1;
	return chk_arena_format(&here->arena, "%.*s", (int)size, real);
}

static const char *find_home(struct chk_here *here)
{
	const struct chk_surroundings *around = here->around;
	const char *home = chk_surroundings_find(around->facts,
						 around->fact_count, "home", 4);
	const char *paths = chk_surroundings_variable(around, "PATH");
	const char *path;

	if (home)
		return home;
	home = chk_surroundings_variable(around, "JAVA_HOME");
	if (home && *home)
		return home;
	if (!paths)
		paths = PATHS;
	home = NULL;
	while (!home && (path = chk_here_word(here, &paths, ":"))) {
		const char *program =
			chk_arena_format(&here->arena, "%s/java", path);

		home = program && *program == '/' ? home_of(here, program) :
						    NULL;
	}
	return home;
}

static const char *find_file(struct chk_here *here, const char *home)
{
	for (size_t i = 0; i < CHK_COUNT(FILES); i++) {
		const char *path = chk_arena_format(&here->arena, "%s/%s",
						    home, FILES[i]);

		if (path && chk_here_real(here, path))
			return path;
	}
	return NULL;
}

static bool take_version(void *context, const char *key, const char *value,
			 size_t line)
{
	struct reading *reading = context;
	size_t size = strlen(value);

	(void)line;
	if (strcmp(key, "JAVA_VERSION") == 0 && size > 2)
		reading->settings->version =
			chk_arena_format(&reading->here->arena, "%.*s",
					 (int)(size - 2), value + 1);
	return true;
}

static void read_version(struct chk_here *here,
			 struct chk_java_settings *settings)
{
	struct chk_here_file file;
	struct reading reading = { here, settings, &file, 0 };
	const char *path = chk_arena_format(&here->arena, "%s/release",
					    settings->home);

	if (path && chk_here_read(here, path, &file) &&
	    !chk_properties_read(file.text, take_version, &reading))
		here->arena.failed = true;
}

/* Fedora's and RHEL's JDK reads the system's policy over its own file. */
static void read_policy(struct chk_here *here,
			struct chk_java_settings *settings)
{
	static const char POLICY[] =
		"/etc/crypto-policies/back-ends/java.config";
	static const char OFF[] = "java.security.disableSystemPropertiesFile";
	struct chk_setting off;

	if (!is_true(settings, "security.useSystemPropertiesFile"))
		return;
	if (chk_java_system(settings, OFF, &off) &&
	    strcasecmp(off.value, "true") == 0)
		chk_here_say(here, &off, "the system's policy is not read");
	else if (!load(here, settings, POLICY, 0))
		chk_here_say(here, NULL, "%s is not there", POLICY);
}

/* -Djava.security.properties=FILE adds; with == it stands for all. */
static void read_extra(struct chk_here *here,
		       struct chk_java_settings *settings)
{
	static const char URL[] = "file:";
	struct chk_setting extra;
	const char *path;
	bool alone;

	if (!chk_java_system(settings, "java.security.properties", &extra))
		return;
	if (!is_true(settings, "security.overridePropertiesFile")) {
		chk_here_say(here, &extra, "is not read: "
			     "security.overridePropertiesFile is not true");
		return;
	}
	alone = *extra.value == '=';
	path = expanded(here, settings, extra.value + alone);
	if (path && strncmp(path, URL, sizeof(URL) - 1) == 0)
		path += strncmp(path + 5, "///", 3) == 0 ? 7 : 5;
	if (path && *path != '/' && here->around->directory)
		path = chk_arena_format(&here->arena, "%s/%s",
					here->around->directory, path);
	if (!path || !chk_here_real(here, path)) {
		chk_here_say(here, &extra, "leads to no file and is ignored");
		return;
	}
	if (alone)
		settings->count = 0;
	chk_here_say(here, &extra, "%s %s", path,
		     alone ? "stands in place of java.security" :
			     "is read over java.security");
	(void)load(here, settings, path, 0);
}

bool chk_java_settings_read(struct chk_here *here,
			    struct chk_java_settings *settings,
			    struct chk_error *error)
{
	const char *file;

	settings->home = find_home(here);
	file = settings->home ? find_file(here, settings->home) : NULL;
	if (here->arena.failed ||
	    !chk_command_line_read(&settings->options, "java", here->around))
		return chk_error_memory(error);
	if (!file || !load(here, settings, file, 0))
		return chk_error_set(error, CHK_ERROR_NOT_FOUND, settings->home,
				     "no JDK: JAVA_HOME and PATH lead to no "
				     "java.security");
	read_version(here, settings);
	read_policy(here, settings);
	read_extra(here, settings);
	return here->arena.failed ? chk_error_memory(error) : true;
}

void chk_java_settings_clear(struct chk_java_settings *settings)
{
	free(settings->security);
	chk_command_line_clear(&settings->options);
	*settings = (struct chk_java_settings){ 0 };
}
