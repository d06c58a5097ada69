/* lib/store/process.c: from /proc/N to what the program loads. */
#include "store/process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/when.h"
#include "store/binary.h"
#include "store/recognise.h"
#include "store/root_path.h"

/*
 * A file that was written when the process was just about to start is not
 * newer: start times come in hundredths of a second.
 */
#define STALE_MS 20

static struct chk_surroundings surroundings(const struct chk_process *process)
{
	const struct chk_proc *proc = &process->proc;

	return (struct chk_surroundings){
		.root = proc->root,
		.directory = proc->directory,
		.environment = proc->environment.items,
		.environment_count = proc->environment.count,
		.arguments = proc->arguments.items,
		.argument_count = proc->arguments.count,
		.facts = (const char *const *)process->facts,
		.fact_count = process->fact_count,
	};
}

static bool add_fact(struct chk_process *process, const char *name,
		     const char *value, size_t size)
{
	struct chk_buffer buffer = { 0 };
	char *text;

	if (process->fact_count == CHK_PROCESS_FACTS)
		return true;
	chk_buffer_format(&buffer, "%s=%.*s", name, (int)size, value);
	text = chk_buffer_steal(&buffer);
	if (text)
		process->facts[process->fact_count++] = text;
	return text != NULL;
}

/* What stands before the last "/lib/" or "/bin/" of `path`. */
static bool add_home(struct chk_process *process, const char *path)
{
	static const char *const PARTS[] = { "/lib/", "/lib64/", "/bin/" };
	size_t size = 0;

	for (size_t i = 0; i < CHK_COUNT(PARTS); i++) {
		for (const char *at = path; (at = strstr(at, PARTS[i])); at++)
			if ((size_t)(at - path) > size)
				size = (size_t)(at - path);
	}
	return size == 0 || add_fact(process, "home", path, size);
}

/* The directory above that of the first argument, with a pyvenv.cfg in it. */
static bool add_venv(struct chk_process *process)
{
	const struct chk_surroundings around = surroundings(process);
	const char *called = around.argument_count ? around.arguments[0] : "";
	const char *set = chk_surroundings_variable(&around, "VIRTUAL_ENV");
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer path = { 0 };
	CHK_CLEANUP(chk_cleanup_free) char *here = NULL;
	char *end;

	if (!strchr(called, '/'))
		return !set || add_fact(process, "venv", set, strlen(set));
	if (*called != '/' && around.directory)
		chk_buffer_format(&path, "%s/", around.directory);
	chk_buffer_text(&path, called);
	for (int i = 0; i < 2 && !path.failed; i++)
		if ((end = strrchr(path.data, '/')))
			*end = '\0';
	if (path.failed)
		return false;
	path.size = strlen(path.data);
	chk_buffer_text(&path, "/pyvenv.cfg");
	if (path.failed || !chk_surroundings_here(&around, path.data, &here))
		return false;
	return !here || access(here, F_OK) != 0 ||
	       add_fact(process, "venv", path.data,
			path.size - strlen("/pyvenv.cfg"));
}

/*
 * Opens a library that the process maps, within its root; `path` is then that
 * descriptor, for readers that take a path, and its program where there is no
 * such library. False: no memory.
 */
static bool open_mapped(const struct chk_process *process,
			const struct chk_suspect *suspect, const char *pattern,
			int *fd, char path[CHK_PROCESS_PATH])
{
	const char *library = chk_suspect_mapped(suspect, pattern);
	CHK_CLEANUP(chk_cleanup_free) char *here = NULL;

	if (library &&
	    !chk_surroundings_here(suspect->around, library, &here))
		return false;
	if (here)
		*fd = chk_root_open(suspect->around->root, here, O_RDONLY);
	if (*fd >= 0)
		snprintf(path, CHK_PROCESS_PATH, "/proc/self/fd/%d", *fd);
	else
		snprintf(path, CHK_PROCESS_PATH, "%s", process->file);
	return true;
}

/* Every libcrypto names the directory that it was built with. */
static bool add_openssldir(struct chk_process *process,
			   const struct chk_suspect *suspect)
{
	static const char MARK[] = "OPENSSLDIR: \"";
	CHK_CLEANUP(chk_cleanup_fd) int fd = -1;
	char path[CHK_PROCESS_PATH], directory[PATH_MAX];

	if (!open_mapped(process, suspect, "libcrypto.so*", &fd, path))
		return false;
	if (!chk_binary_word(path, MARK, '"', directory, sizeof(directory)))
		return true;
	return add_fact(process, "openssldir", directory, strlen(directory));
}

const char *chk_process_code(const struct chk_process *process)
{
	return process->code;
}

/* Of distributions, /usr/bin/node is little, and libnode.so all of Node. */
static bool find_library(struct chk_process *process,
			 const struct chk_suspect *suspect)
{
	return open_mapped(process, suspect, "libnode.so*", &process->library,
			   process->code);
}

/* What has no other trace than words in the file of a library. */
static const struct mark {
	const char *runtime, *fact, *library, *text;
} MARKS[] = {
	{ "node", "node-asks-openssl", "libnode.so*",
	  "use OpenSSL's default CA store (default)" },
	{ "libpq", "libpq-system", "libpq.so*", "sslrootcert=system" },
	{ "ldap", "ldap-gnutls", "libldap*.so*", "libgnutls.so" },
};

static bool add_marks(struct chk_process *process,
		      const struct chk_suspect *suspect, const char *runtime)
{
	for (size_t i = 0; i < CHK_COUNT(MARKS); i++) {
		CHK_CLEANUP(chk_cleanup_fd) int fd = -1;
		char path[CHK_PROCESS_PATH];

		if (strcmp(MARKS[i].runtime, runtime) != 0)
			continue;
		if (!open_mapped(process, suspect, MARKS[i].library, &fd, path))
			return false;
		if (chk_binary_has(path, MARKS[i].text) &&
		    !add_fact(process, MARKS[i].fact, "yes", 3))
			return false;
	}
	return true;
}

/* "php8.2": Debian has the settings of each version apart. */
static bool add_php(struct chk_process *process, const char *name)
{
	return strncmp(name, "php", 3) != 0 || name[3] < '0' ||
	       name[3] > '9' ||
	       add_fact(process, "php", name + 3, strlen(name + 3));
}

static bool add_facts(struct chk_process *process,
		      const struct chk_suspect *suspect, const char *path,
		      const char *runtime)
{
	const char *name = strrchr(process->proc.program, '/');

	name = name ? name + 1 : process->proc.program;
	return add_home(process, path) &&
	       add_fact(process, "python", name, strlen(name)) &&
	       add_venv(process) && add_openssldir(process, suspect) &&
	       add_php(process, name) && find_library(process, suspect) &&
	       add_marks(process, suspect, runtime);
}

#define SAY(process, ...) \
	chk_said_add(&(process)->decision.said, NULL, __VA_ARGS__)

/* The first sentences: what it is, and how that is known. */
static bool say_what_it_is(struct chk_process *process,
			   const struct chk_recognised *recognised,
			   const char *runtime)
{
	const struct chk_program_row *within = recognised->within;

	if (!SAY(process, "the process %ld runs %s", process->proc.number,
		 process->proc.program))
		return false;
	if (process->proc.replaced &&
	    !SAY(process, "that file was removed or replaced since: what is "
		 "there now may be another one"))
		return false;
	if (!recognised->row)
		return SAY(process, "it is taken for %s, as asked", runtime);
	if (!SAY(process, "it is %s: %s shows it", recognised->row->runtime,
		 recognised->path))
		return false;
	if (strcmp(runtime, recognised->runtime) != 0)
		return SAY(process, "of it %s is asked for", runtime);
	return !within || SAY(process, "it is %s in it: \"%s\" shows it",
			      within->runtime, within->pattern);
}

/* Which runtime it is; NULL: the error is filled. */
static const char *find_runtime(const struct chk_process *process,
				const struct chk_suspect *suspect,
				const char *wanted,
				struct chk_recognised *recognised,
				struct chk_error *error)
{
	const char *runtime = wanted ? chk_runtime_find(wanted) : NULL;

	if (wanted && !runtime) {
		chk_error_set(error, CHK_ERROR_ARGUMENT, wanted,
			      "no such runtime is known");
		return NULL;
	}
	if (chk_recognise(suspect, recognised) && !runtime)
		runtime = recognised->runtime;
	if (!recognised->row)
		recognised->path = process->proc.program;
	if (!runtime)
		chk_error_set(error, CHK_ERROR_UNSUPPORTED,
			      process->proc.program,
			      "a program of no runtime that is known here: it "
			      "has loaded no library for TLS");
	return runtime;
}

static bool decide(struct chk_process *process, const char *wanted,
		   struct chk_error *error)
{
	struct chk_surroundings around = surroundings(process);
	const struct chk_suspect suspect = {
		.program = process->proc.program,
		.file = process->file,
		.mapped = process->proc.mapped.items,
		.mapped_count = process->proc.mapped.count,
		.around = &around,
	};
	struct chk_recognised recognised;
	const char *runtime = find_runtime(process, &suspect, wanted,
					   &recognised, error);

	if (!runtime)
		return false;
	if (!add_facts(process, &suspect, recognised.path, runtime) ||
	    !say_what_it_is(process, &recognised, runtime))
		return chk_error_memory(error);
	around = surroundings(process);
	return chk_runtime_decide(runtime, &around, &process->decision, error);
}

static int64_t later_of(const struct stat *facts)
{
	const struct timespec *changed = &facts->st_mtim;

	/* A file that took the place of another may be older than it. */
	if (facts->st_ctim.tv_sec > changed->tv_sec ||
	    (facts->st_ctim.tv_sec == changed->tv_sec &&
	     facts->st_ctim.tv_nsec > changed->tv_nsec))
		changed = &facts->st_ctim;
	return (int64_t)changed->tv_sec * 1000 + changed->tv_nsec / 1000000;
}

/* A hashed directory is looked into when a certificate is wanted. */
static bool say_stale(struct chk_process *process,
		      const struct chk_runtime_load *load)
{
	int64_t start_ms = process->proc.start_ms;
	char changed[CHK_WHEN_SIZE], started[CHK_WHEN_SIZE];
	struct stat facts;

	if (!load->here || load->form == CHK_FORM_HASHED ||
	    stat(load->here, &facts) < 0 ||
	    (load->form == CHK_FORM_BUNDLE && S_ISDIR(facts.st_mode)) ||
	    later_of(&facts) <= start_ms + STALE_MS)
		return true;
	chk_when_text(later_of(&facts) / 1000, changed);
	chk_when_text(start_ms / 1000, started);
	return chk_said_add(&process->decision.said, "store.stale-in-process",
				"%s was changed at %s: the process runs since "
				"%s and may still have the old one",
				load->path, changed, started);
}

static const char *scheme_of(const struct chk_runtime_load *load)
{
	static const char *const SCHEMES[] = {
		[CHK_FORM_FILE] = "file", [CHK_FORM_HASHED] = "dir",
		[CHK_FORM_DIRECTORY] = "dir", [CHK_FORM_KEYSTORE] = "file",
		[CHK_FORM_POLICY] = "p11-kit", [CHK_FORM_SEALED] = NULL,
	};
	struct stat facts;

	if (load->form == CHK_FORM_BUNDLE)
		return stat(load->here, &facts) == 0 &&
		       S_ISDIR(facts.st_mode) ? "dir" : "file";
	return SCHEMES[load->form];
}

static bool add_specs(struct chk_process *process)
{
	const struct chk_decision *decision = &process->decision;

	process->specs = calloc(decision->load_count + 1,
				sizeof(*process->specs));
	if (!process->specs)
		return false;
	for (size_t i = 0; i < decision->load_count; i++) {
		const struct chk_runtime_load *load = &decision->loads[i];
		struct chk_buffer spec = { 0 };

		if (!load->here)
			continue;
		chk_buffer_format(&spec, "%s:%s", scheme_of(load), load->here);
		process->specs[i] = chk_buffer_steal(&spec);
		if (!process->specs[i] || !say_stale(process, load))
			return false;
	}
	return true;
}

/* "N" or "N/RUNTIME"; `*runtime` is NULL without one. */
static bool parse_name(const char *name, long *number, const char **runtime,
		       struct chk_error *error)
{
	size_t digits = strspn(name, "0123456789");

	errno = 0;
	*number = strtol(name, NULL, 10);
	if (digits == 0 || errno || *number <= 0 ||
	    (name[digits] && name[digits] != '/'))
		return chk_error_set(error, CHK_ERROR_ARGUMENT, name,
				     "is no number of a process");
	*runtime = name[digits] ? name + digits + 1 : NULL;
	return true;
}

CHK_CLEANUP_FUNCTION(cleanup_process, struct chk_process *, chk_process_free);

bool chk_process_read(const char *name, struct chk_process **out,
		      struct chk_error *error)
{
	CHK_CLEANUP(cleanup_process) struct chk_process *process = NULL;
	const char *runtime = NULL;
	long number = 0;

	*out = NULL;
	if (!parse_name(name ? name : "", &number, &runtime, error))
		return false;
	process = calloc(1, sizeof(*process));
	if (!process)
		return chk_error_memory(error);
	process->library = -1;
	if (!chk_proc_read(number, &process->proc, error))
		return false;
	chk_proc_path(&process->proc, "exe", process->file);
	if (!decide(process, runtime, error))
		return false;
	if (!add_specs(process))
		return chk_error_memory(error);
	*out = chk_steal(&process);
	return true;
}

void chk_process_free(struct chk_process *process)
{
	if (!process)
		return;
	for (size_t i = 0; process->specs &&
			   i < process->decision.load_count; i++)
		free(process->specs[i]);
	free(process->specs);
	for (size_t i = 0; i < process->fact_count; i++)
		free(process->facts[i]);
	chk_cleanup_fd(&process->library);
	chk_decision_clear(&process->decision);
	chk_proc_clear(&process->proc);
	free(process);
}

const char *chk_process_program(const struct chk_process *process)
{
	return process->proc.program;
}

const char *chk_process_runtime(const struct chk_process *process)
{
	return process->decision.runtime;
}

size_t chk_process_step_count(const struct chk_process *process)
{
	return process->decision.said.count;
}

struct chk_reason chk_process_step(const struct chk_process *process, size_t i)
{
	const struct chk_said_list *said = &process->decision.said;

	if (i >= said->count)
		return (struct chk_reason){ 0 };
	return (struct chk_reason){ said->items[i].text, said->items[i].code };
}

size_t chk_process_load_count(const struct chk_process *process)
{
	return process->decision.load_count;
}

struct chk_load chk_process_load(const struct chk_process *process, size_t i)
{
	if (i >= process->decision.load_count)
		return (struct chk_load){ 0 };
	return (struct chk_load){ process->decision.loads[i].path,
				  process->specs[i] };
}
