/* lib/store/sources.c: the store of a system, held against its sources. */
#include "config.h"

#include "store/sources.h"

#include <fcntl.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "cert/dn.h"
#include "store/source_files.h"

#define NAMES_SHOWN 3

static const struct chk_source_row ROWS[] = {
#include "data/sources.inc"
};

static inline void cleanup_store(struct chk_store **store)
{
	chk_store_free(*store);
}

const struct chk_source_row *chk_source_row(size_t i)
{
	return i < CHK_COUNT(ROWS) ? &ROWS[i] : NULL;
}

/* Is the word among those of the list? */
static bool has_word(const char *list, const char *word, size_t size)
{
	for (; *list; list += strcspn(list, " "), list += *list == ' ')
		if (strcspn(list, " ") == size &&
		    memcmp(list, word, size) == 0)
			return true;
	return false;
}

/* Of the first word that has a row, of what ID= and ID_LIKE= say. */
static const struct chk_source_row *row_of_ids(const char *ids)
{
	static const char BETWEEN[] = "\"' \t";

	for (;;) {
		size_t size;

		ids += strspn(ids, BETWEEN);
		size = strcspn(ids, "\"' \t\n");
		if (!size)
			return NULL;
		for (size_t i = 0; i < CHK_COUNT(ROWS); i++)
			if (has_word(ROWS[i].ids, ids, size))
				return &ROWS[i];
		ids += size;
	}
}

const struct chk_source_row *
chk_source_row_of_release(const struct chk_source_files *files)
{
	static const char *const KEYS[] = { "ID=", "ID_LIKE=" };
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	const struct chk_source_row *row = NULL;
	size_t size = 0;

	data = chk_source_read(files, "/etc/os-release", &size);
	if (!data)
		data = chk_source_read(files, "/usr/lib/os-release", &size);
	for (size_t i = 0; data && !row && i < CHK_COUNT(KEYS); i++) {
		const char *line = (const char *)data;

		for (; line && !row; line = strchr(line, '\n')) {
			line += *line == '\n';
			if (strncmp(line, KEYS[i], strlen(KEYS[i])) == 0)
				row = row_of_ids(line + strlen(KEYS[i]));
		}
	}
	return row;
}

/* The view of the place that is called so; NULL: there is none. */
static const struct chk_census_place *
view_of(const struct chk_census *census, const char *path)
{
	for (size_t i = 0; i < census->view_count; i++) {
		const struct chk_store_place *place = census->views[i].place;

		for (size_t j = 0; j < place->name_count; j++)
			if (strcmp(place->names[j], path) == 0)
				return &census->views[i];
	}
	return NULL;
}

/* Where nothing says which system it is, its bundle does. */
static const struct chk_source_row *
row_of_bundle(const struct chk_census *census)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++)
		if (view_of(census, ROWS[i].bundle))
			return &ROWS[i];
	return NULL;
}

static bool is_of_system(const struct chk_store_place *place)
{
	for (size_t i = 0; i < place->reader_count; i++)
		if (strcmp(place->readers[i].kind, "system") == 0 ||
		    strcmp(place->readers[i].kind, "openssl") == 0)
			return true;
	return false;
}

static bool has_system_place(const struct chk_census *census)
{
	for (size_t i = 0; i < census->view_count; i++)
		if (is_of_system(census->views[i].place))
			return true;
	return false;
}

/* Of the table, each once: rows of one path stand together. */
static size_t count_system_rows(void)
{
	const struct chk_place_row *row, *before = NULL;
	size_t count = 0;

	for (size_t i = 0; (row = chk_place_row(i)); before = row, i++)
		if ((strcmp(row->kind, "system") == 0 ||
		     strcmp(row->kind, "openssl") == 0) &&
		    (!before || strcmp(before->pattern, row->pattern) != 0))
			count++;
	return count;
}

static bool tell_absent(struct chk_census *census,
			const struct chk_source_row *row)
{
	if (has_system_place(census))
		return true;
	return chk_said_add(&census->said, "store.absent",
			    "there is no trust store of the system: none of "
			    "the %zu places is there where programs look for "
			    "one; %s", count_system_rows(),
			    row ? row->install :
			    "install the package ca-certificates of the "
			    "distribution");
}

/* What makes a place anew, for a person; "": not known. */
static const char *maker(const struct chk_source_row *row, const char *path)
{
	bool made = row && (strcmp(row->bundle, path) == 0 ||
			    strstr(path, "/java/cacerts") ||
			    strstr(path, "/usr/lib/jvm/"));

	return made ? row->tool : "";
}

static bool tell_one_empty(struct chk_census *census,
			   const struct chk_source_row *row, const char *path,
			   const char *what)
{
	const char *tool = maker(row, path);

	return chk_said_add(&census->said, "store.empty", "%s: %s%s%s", path,
			    what, *tool ? "; made anew by " : "", tool);
}

static bool tell_empty(struct chk_census *census,
		       const struct chk_source_row *row)
{
	const struct chk_notes *notes = &census->places->notes;

	for (size_t i = 0; i < census->view_count; i++) {
		const struct chk_census_place *view = &census->views[i];

		if (view->place->known && !view->place->directory &&
		    view->error && view->error->code == CHK_ERROR_EMPTY &&
		    !tell_one_empty(census, row, view->place->path,
				    "holds no certificate, and who reads it "
				    "trusts nobody"))
			return false;
	}
	for (size_t i = 0; i < notes->count; i++)
		if (strcmp(notes->items[i].what, CHK_PLACES_DANGLING) == 0 &&
		    !tell_one_empty(census, row, notes->items[i].where,
				    CHK_PLACES_DANGLING ", and who reads it "
				    "trusts nobody"))
			return false;
	return true;
}

/* What is in the bundle and in no source goes when it is made anew. */
static bool tell_hand_edited(struct chk_census *census,
			     const struct chk_source_files *files)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer names = { 0 };
	const struct chk_source_row *row = files->row;
	const struct chk_census_place *view = view_of(census, row->bundle);
	const struct chk_census_set *set;
	size_t count = 0;

	if (!view || view->error || files->unsure || !files->known->count)
		return true;
	set = &census->sets[view->set];
	for (size_t i = 0; i < set->count; i++) {
		const struct chk_cert *cert =
			census->pool[set->members[i]].cert;

		if (chk_store_find(files->known, cert) ||
		    ++count > NAMES_SHOWN)
			continue;
		chk_buffer_text(&names, count > 1 ? ", «" : "«");
		chk_dn_short(&names, cert->subject);
		chk_buffer_text(&names, "»");
	}
	if (!count || names.failed)
		return !names.failed;
	return chk_said_add(&census->said, "store.hand-edited",
			    "%s: %zu certificate%s from no source directory "
			    "and will vanish at the next %s: %s%s; what is "
			    "meant to stay belongs into %s", row->bundle,
			    count, count == 1 ? " in it comes" :
			    "s in it come", row->tool, names.data,
			    count > NAMES_SHOWN ? " and others" : "",
			    row->local);
}

/* Lines "!mozilla/NAME.crt" of the list. */
static bool tell_deselected(struct chk_census *census,
			    const struct chk_source_files *files)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer names = { 0 };
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	const char *line;
	size_t size = 0, count = 0;

	data = chk_source_read(files, files->row->list, &size);
	for (line = (const char *)data; line && *line;
	     line = strchr(line, '\n')) {
		line += *line == '\n';
		if (*line != '!' || ++count > NAMES_SHOWN)
			continue;
		chk_buffer_format(&names, "%s%.*s", count > 1 ? ", " : "",
				  (int)strcspn(line + 1, "\r\n"), line + 1);
	}
	if (!count || names.failed)
		return !names.failed;
	return chk_said_add(&census->said, "store.deselected",
			    "%s switches %zu certificate%s off with a \"!\": "
			    "%s%s; take the \"!\" away and run %s to have "
			    "%s back", files->row->list, count,
			    count == 1 ? "" : "s", names.data,
			    count > NAMES_SHOWN ? " and others" : "",
			    files->row->tool, count == 1 ? "it" : "them");
}

static bool look_at_files(struct chk_census *census,
			  struct chk_source_files *files)
{
	return chk_source_files_read(files) &&
	       tell_hand_edited(census, files) &&
	       tell_deselected(census, files);
}

bool chk_sources_look(struct chk_census *census)
{
	const char *root = census->places->root;
	CHK_CLEANUP(chk_cleanup_fd) int fd =
		open(*root ? root : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	CHK_CLEANUP(cleanup_store) struct chk_store *known =
		chk_store_new("sources");
	struct chk_source_files files = {
		.root_path = root, .root = fd, .known = known,
		.said = &census->said,
	};

	if (!known)
		return false;
	if (fd < 0 || census->places->in)
		return true;
	files.row = chk_source_row_of_release(&files);
	if (!files.row)
		files.row = row_of_bundle(census);
	return tell_absent(census, files.row) &&
	       tell_empty(census, files.row) &&
	       (!files.row || look_at_files(census, &files));
}
