/* lib/store/source_of.c: from a store back to the files it is made from. */
#include "config.h"

#include "store/source_of.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "store/source_files.h"

/* One search. */
struct search {
	const struct chk_store *store;
	struct chk_source_files files;
	chk_source_wanted *wanted;
	void *context;
	struct chk_source_of *found;
};

/*
 * Where the name of a file leads into the directory of what a row makes, what
 * stands before it is the root. NULL: it does not.
 */
static char *root_of(const char *where, const struct chk_source_row *row)
{
	size_t size = (size_t)(strrchr(row->bundle, '/') - row->bundle) + 1;
	const char *at = memmem(where, strlen(where), row->bundle, size);

	return at ? strndup(where, (size_t)(at - where)) : NULL;
}

/* By any file that an anchor is from; a store without one has its name. */
static char *find_root(const struct chk_store *store,
		       const struct chk_source_row **row)
{
	const char *named = strchr(store->spec, ':');
	char *root = NULL;

	for (size_t i = 0; !root && (*row = chk_source_row(i)); i++) {
		for (size_t j = 0; !root && j < store->count; j++)
			if (store->anchors[j]->where_count)
				root = root_of(store->anchors[j]->where[0],
					       *row);
		if (!root && !store->count && named)
			root = root_of(named + 1, *row);
		if (root)
			break;
	}
	return root;
}

static bool begins(const char *path, const char *directory)
{
	size_t size = strlen(directory);

	return strncmp(path, directory, size) == 0 && path[size] == '/';
}

/* What a distribution keeps to distrust it is no offer. */
static bool is_refused(const char *path)
{
	return strstr(path, "/blocklist/") || strstr(path, "/blacklist/");
}

/* The line of the list that is about this file; its mark is '!', or ' '. */
static char mark_of(const struct chk_source_files *files, const char *name)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size = 0, length = strlen(name);
	const char *line;
	char mark = '\0';

	data = chk_source_read(files, files->row->list, &size);
	for (line = (const char *)data; line && *line;
	     line = strchr(line, '\n')) {
		bool off;

		line += *line == '\n';
		off = *line == '!';
		if (strncmp(line + off, name, length) == 0 &&
		    strcspn(line + off, "\r\n") == length)
			mark = off ? '!' : ' ';
	}
	return mark;
}

static bool tell(struct search *search, const char *code, const char *variant,
		 const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static bool tell(struct search *search, const char *code, const char *variant,
		 const char *format, ...)
{
	char *why = NULL;
	va_list arguments;
	int size;

	va_start(arguments, format);
	size = vasprintf(&why, format, arguments);
	va_end(arguments);
	if (size < 0)
		return false;
	search->found->why = why;
	search->found->code = code;
	search->found->variant = variant;
	return true;
}

/* A source that nothing keeps out: the tool has not run since it came. */
static bool tell_not_made(struct search *search)
{
	return tell(search, "store.file-ignored", "store.file-ignored/not-made",
		    "is where it belongs, and the store was not made anew "
		    "since: run %s", search->files.row->tool);
}

static bool tell_distribution(struct search *search, const char *path)
{
	const struct chk_source_row *row = search->files.row;
	const char *name = path + strlen(row->directories) + 1;
	char mark = strcmp(row->list, "-") == 0 ? ' ' :
		    mark_of(&search->files, name);

	if (mark == ' ')
		return tell_not_made(search);
	return tell(search, "store.deselected", "store.deselected/missing",
		    mark ? "is switched off with a \"!\" in %s" :
		    "is not among the lines of %s, and so not taken",
		    row->list);
}

/* `store` is the file, read alone. */
static bool tell_local(struct search *search, const char *path,
		       const struct chk_store *store)
{
	static const char MARK[] = "-----BEGIN TRUSTED CERTIFICATE-----";
	const struct chk_source_row *row = search->files.row;
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	size_t size = 0, length = strlen(path), ending = strlen(row->ending);

	if (strcmp(row->ending, "-") == 0)
		return tell_not_made(search);
	if (length < ending || strcmp(path + length - ending, row->ending) != 0)
		return tell(search, "store.file-ignored",
			    "store.file-ignored/name", "is not read by %s, "
			    "which takes names that end in %s", row->tool,
			    row->ending);
	if (strcmp(chk_store_format(store), "pem") != 0)
		return tell(search, "store.file-ignored",
			    "store.file-ignored/form", "is no PEM (%s), and "
			    "in the store no program finds it",
			    chk_store_format(store));
	data = chk_source_read(&search->files, path, &size);
	if (data && memmem(data, size, MARK, sizeof(MARK) - 1))
		return tell(search, "store.type-mismatch",
			    "store.type-mismatch/missing", "has TRUSTED "
			    "CERTIFICATE blocks, which GnuTLS, Go, Java and "
			    ".NET pass over");
	if (store->count > 1)
		return tell(search, "store.file-ignored",
			    "store.file-ignored/several", "holds %zu "
			    "certificates: who reads hash links finds none of "
			    "them, and who reads the bundle once %s was run",
			    store->count, row->tool);
	return tell_not_made(search);
}

/* One file that has it. Nothing is told of what it does not trust. */
static bool look_at(struct search *search, const char *path,
		    const struct chk_cert *cert)
{
	const struct chk_source_row *row = search->files.row;
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *store = NULL;
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer spec = { 0 };
	const struct chk_anchor *anchor;
	struct chk_error fault;
	bool local = begins(path, row->local);

	if (is_refused(path) || (!local && !begins(path, row->directories)))
		return true;
	chk_buffer_format(&spec, "file:%s%s", search->files.root_path, path);
	if (spec.failed)
		return false;
	if (!chk_store_open_below(search->files.root_path, spec.data, NULL,
				  &store, &fault))
		return fault.code != CHK_ERROR_MEMORY;
	anchor = chk_store_find(store, cert);
	if (!anchor || chk_anchor_trust(anchor, CHK_PURPOSE_TLS_SERVER) !=
			       CHK_TRUST_TRUSTED)
		return true;
	search->found->path = strdup(path);
	search->found->cert = chk_cert_ref(cert);
	return search->found->path &&
	       (local ? tell_local(search, path, store) :
			tell_distribution(search, path));
}

static bool look(struct search *search)
{
	const struct chk_store *known = search->files.known;

	if (!chk_source_files_read(&search->files))
		return false;
	for (size_t i = 0; i < known->count && !search->found->code; i++) {
		const struct chk_anchor *anchor = known->anchors[i];

		if (!search->wanted(search->context, anchor->cert))
			continue;
		for (size_t j = 0;
		     j < anchor->where_count && !search->found->code; j++)
			if (!look_at(search, anchor->where[j], anchor->cert))
				return false;
	}
	return true;
}

bool chk_source_of(const struct chk_store *store, chk_source_wanted *wanted,
		   void *context, struct chk_source_of *found)
{
	const struct chk_source_row *row = NULL, *release;
	CHK_CLEANUP(chk_cleanup_free) char *root = find_root(store, &row);
	CHK_CLEANUP(chk_cleanup_store) struct chk_store *known = NULL;
	CHK_CLEANUP(chk_cleanup_fd) int fd = -1;
	struct chk_said_list said = { 0 };
	struct search search = {
		.store = store, .wanted = wanted, .context = context,
		.found = found,
		.files = { .root_path = root, .said = &said },
	};
	bool ok = true;

	*found = (struct chk_source_of){ 0 };
	if (!root)
		return true;
	fd = open(*root ? root : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	known = chk_store_new("sources");
	if (fd < 0 || !known)
		return known != NULL;
	search.files.root = fd;
	search.files.known = known;
	release = chk_source_row_of_release(&search.files);
	search.files.row = release ? release : row;
	ok = look(&search);
	chk_said_clear(&said);
	return ok;
}

void chk_source_of_clear(struct chk_source_of *found)
{
	free(found->path);
	free(found->why);
	chk_cert_unref(found->cert);
	*found = (struct chk_source_of){ 0 };
}
