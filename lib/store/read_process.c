/* lib/store/read_process.c: pid:N, the union of what the process loads. */
#include "store/format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "cert/pem.h"
#include "store/built_in.h"
#include "store/process.h"
#include "store/spoilt.h"

/* What one reading goes by. */
struct reading {
	struct chk_store *store;
	const struct chk_process *process;
	struct chk_error *error;
};

CHK_CLEANUP_FUNCTION(cleanup_process, struct chk_process *, chk_process_free);
CHK_CLEANUP_FUNCTION(cleanup_store, struct chk_store *, chk_store_free);

/* The sentences; those that are traps become the store's. */
static bool take_said(struct chk_store *store,
		      const struct chk_process *process)
{
	char where[32];

	snprintf(where, sizeof(where), "pid:%ld", process->proc.number);
	for (size_t i = 0; i < process->decision.said.count; i++) {
		const struct chk_said *said = &process->decision.said.items[i];

		if (!chk_said_add(&store->said, said->code, "%s", said->text))
			return false;
		if (said->code &&
		    !chk_store_trap_add(store, said->code, where, "%s",
					said->text))
			return false;
	}
	return true;
}

/* What the program takes nothing from is told as a trap. */
static bool passed_over(struct reading *reading,
			const struct chk_runtime_load *load,
			const struct chk_error *fault)
{
	struct chk_store *store = reading->store;

	if (fault->code == CHK_ERROR_MEMORY)
		return chk_error_memory(reading->error);
	if (chk_store_trap_add(store, "store.file-ignored", load->path,
			       "nothing is taken from it: %s", fault->what) &&
	    chk_said_add(&store->said, "store.file-ignored",
			 "nothing is taken from %s: %s", load->path,
			 fault->what))
		return true;
	return chk_error_memory(reading->error);
}

static bool read_directory(struct reading *reading,
			   const struct chk_runtime_load *load, bool hashed,
			   struct chk_error *fault)
{
	const struct chk_dir_how how = {
		.hashed = hashed,
		.pem = true,
	};

	return chk_read_dir_as(reading->store, load->here, &how, fault);
}

/* Java tells its two formats apart by the content, and takes no other. */
static bool read_keystore(struct reading *reading,
			  const struct chk_runtime_load *load,
			  struct chk_error *fault)
{
	static const char *const FORMATS[] = { "jks", "pkcs12" };
	const struct chk_store_options how = {
		.pin = reading->process->decision.password,
	};

	reading->store->as_jvm = true;
	for (size_t i = 0; i < CHK_COUNT(FORMATS); i++) {
		if (chk_read_format(reading->store, load->here, FORMATS[i],
				    &how, fault))
			return true;
		if (fault->code != CHK_ERROR_FORMAT)
			return false;
	}
	return chk_error_set(fault, CHK_ERROR_FORMAT, load->path,
			     "it is no keystore that Java reads");
}

/*
 * A default that lies where the commands of the system put things, whatever
 * the runtime calls it.
 */
static bool is_of_system(const struct chk_process *process)
{
	const struct chk_decision *decision = &process->decision;

	for (size_t i = 0; !*process->proc.root && i < decision->load_count;
	     i++) {
		const struct chk_runtime_load *load = &decision->loads[i];
		CHK_CLEANUP(chk_cleanup_free) char *real =
			load->here && load->is_default ?
				realpath(load->here, NULL) : NULL;

		if (real && strncmp(real, "/etc/", 5) == 0)
			return true;
	}
	return false;
}

static bool is_directory(const char *path)
{
	struct stat facts;

	return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/*
 * What is kept of a PEM file with a broken block in it. Seen with OpenSSL
 * 3.0.19, Python 3.11, curl 7.88.1 and GnuTLS 3.7.9: nothing; they have no row.
 * rustls-native-certs up to 0.7 keeps nothing and later ones all of it: of
 * both, what trusts less.
 */
enum keeps { KEEPS_NOTHING, KEEPS_BEFORE, KEEPS_ALL };

static const struct {
	const char *runtime;
	enum keeps keeps;
} KEEPS[] = {
	/* Seen with 1.19.8; crypto/x509, AppendCertsFromPEM. */
	{ "go", KEEPS_ALL },
	/* Seen with 20.20.2; AddCertsFromFile reads until one fails. */
	{ "node", KEEPS_BEFORE },
	/* Not seen; OpenSslCachedSystemStoreProvider reads so, too. */
	{ "dotnet", KEEPS_BEFORE },
};

static enum keeps keeps_of(const char *runtime)
{
	for (size_t i = 0; i < CHK_COUNT(KEEPS); i++)
		if (strcmp(runtime, KEEPS[i].runtime) == 0)
			return KEEPS[i].keeps;
	return KEEPS_NOTHING;
}

/* How many of the bytes count. */
static bool cut_spoilt(struct reading *reading,
		       const struct chk_runtime_load *load,
		       struct chk_bytes *bytes, struct chk_error *fault)
{
	enum keeps keeps = keeps_of(load->by);
	struct chk_spoilt spoilt;

	if (keeps == KEEPS_ALL || !chk_pem_is_spoilt(*bytes, &spoilt))
		return true;
	if (keeps == KEEPS_NOTHING)
		return chk_error_set(fault, CHK_ERROR_FORMAT, load->here,
				     "line %u: %s; one broken block spoils "
				     "the whole file", (unsigned)spoilt.line,
				     spoilt.why);
	bytes->size = spoilt.offset;
	return chk_store_trap_add(reading->store, "store.file-ignored",
				  load->path, "line %u: %s; what stands from "
				  "there on is not read",
				  (unsigned)spoilt.line, spoilt.why) ||
	       chk_error_memory(fault);
}

static bool read_file(struct reading *reading,
		      const struct chk_runtime_load *load,
		      struct chk_error *fault)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	struct chk_bytes bytes;
	size_t size;

	if (!chk_store_read_file(reading->store, load->here, &data, &size,
				 fault))
		return false;
	bytes = chk_bytes_of(data, size);
	if (!chk_pem_is(bytes))
		return chk_error_set(fault, CHK_ERROR_FORMAT, load->here,
				     "not PEM");
	return cut_spoilt(reading, load, &bytes, fault) &&
	       chk_read_certificates(reading->store, bytes, load->here, fault);
}

static bool read_load(struct reading *reading,
		      const struct chk_runtime_load *load,
		      struct chk_error *fault)
{
	static const struct chk_store_options NONE = { 0 };
	struct chk_store *store = reading->store;

	switch (load->form) {
	case CHK_FORM_BUNDLE:
		if (is_directory(load->here))
			return read_directory(reading, load, true, fault);
		/* fall through */
	case CHK_FORM_FILE:
		return read_file(reading, load, fault);
	case CHK_FORM_HASHED:
	case CHK_FORM_DIRECTORY:
		return read_directory(reading, load,
				      load->form == CHK_FORM_HASHED, fault);
	case CHK_FORM_KEYSTORE:
		return read_keystore(reading, load, fault);
	case CHK_FORM_POLICY:
		return chk_read_p11kit(store, load->here, &NONE, fault);
	case CHK_FORM_BUILTIN:
		return chk_built_in_read(store,
					 chk_process_code(reading->process),
					 reading->process->proc.program,
					 fault);
	case CHK_FORM_NONE:
	case CHK_FORM_SEALED:
		break;
	}
	return true;
}

static bool say_count(struct reading *reading,
		      const struct chk_runtime_load *load, size_t before)
{
	struct chk_store *store = reading->store;

	return chk_said_add(&store->said, NULL,
			    "%zu certificates more come from %s",
			    store->count - before, load->path) ||
	       chk_error_memory(reading->error);
}

/* Of the loads, those that `fail`, or the others. */
static bool read_some(struct reading *reading, bool fail, bool *failed)
{
	const struct chk_decision *decision = &reading->process->decision;

	for (size_t i = 0; i < decision->load_count; i++) {
		const struct chk_runtime_load *load = &decision->loads[i];
		size_t before = reading->store->count;
		struct chk_error fault;
		bool done;

		if (load->fails != fail)
			continue;
		if (read_load(reading, load, &fault)) {
			done = say_count(reading, load, before);
		} else {
			*failed |= fail;
			done = passed_over(reading, load, &fault);
		}
		if (!done)
			return false;
	}
	return true;
}

/* A client that connects to nobody trusts nobody: `*failed`. */
static bool read_all(struct reading *reading, bool *failed)
{
	*failed = false;
	if (!read_some(reading, true, failed))
		return false;
	if (!*failed)
		return read_some(reading, false, failed);
	return chk_said_add(&reading->store->said, NULL,
			    "without it every connection fails: nothing else "
			    "counts") ||
	       chk_error_memory(reading->error);
}

/* What lies in a directory without the name of a hash, and nowhere else. */
static bool tell_unhashed(struct reading *reading,
			  const struct chk_runtime_load *load)
{
	const struct chk_dir_how how = {
		.pem = true,
	};
	CHK_CLEANUP(cleanup_store) struct chk_store *all = chk_store_new("");
	struct chk_error fault;

	if (!all)
		return chk_error_memory(reading->error);
	all->root = reading->store->root;
	if (!chk_read_dir_as(all, load->here, &how, &fault))
		return fault.code != CHK_ERROR_MEMORY ||
		       chk_error_memory(reading->error);
	for (size_t i = 0; i < all->count; i++) {
		const struct chk_anchor *anchor = all->anchors[i];

		if (chk_store_find(reading->store, anchor->cert))
			continue;
		if (!chk_store_trap_add(reading->store, "store.file-ignored",
					anchor->where[0],
					"it has no name that OpenSSL looks "
					"for: openssl rehash %s", load->path))
			return chk_error_memory(reading->error);
	}
	return true;
}

static bool tell_all_unhashed(struct reading *reading)
{
	const struct chk_decision *decision = &reading->process->decision;

	for (size_t i = 0; i < decision->load_count; i++) {
		const struct chk_runtime_load *load = &decision->loads[i];

		if (load->form == CHK_FORM_HASHED &&
		    !tell_unhashed(reading, load))
			return false;
	}
	return true;
}

bool chk_read_process(struct chk_store *store, const char *path,
		      const struct chk_store_options *options,
		      struct chk_error *error)
{
	CHK_CLEANUP(cleanup_process) struct chk_process *process = NULL;
	struct reading reading = { .store = store, .error = error };
	bool failed;

	if (!chk_process_read(path, &process, error))
		return false;
	if (process->decision.sealed)
		return chk_error_set(error, CHK_ERROR_UNSUPPORTED,
				     process->proc.program,
				     "its trust store (%s) cannot be read "
				     "from here", process->decision.runtime);
	reading.process = process;
	store->root = process->proc.root;
	if (!take_said(store, process))
		return chk_error_memory(error);
	if (!read_all(&reading, &failed) ||
	    (!failed && !tell_all_unhashed(&reading)))
		return false;
	store->root = NULL;
	store->format = "process";
	store->of_system = is_of_system(process);
	return true;
}
