/* lib/store/find_walk.c: the files of a tree, by name and first bytes. */
#include "config.h"

#include "store/finder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/cleanup.h"
#include "store/sniff.h"
#include "store/walk.h"

#define FILES_MAX 20000000 /* entries */
#define LINKS_MAX 100000
/* A directory of as many hashed names is one that OpenSSL reads. */
#define HASHES_LEAST 3

/*
 * The entry as chk_finder_consider takes it. It has no link in it: it was
 * reached by none.
 */
static bool find_entry(const struct chk_walk_entry *entry,
		       struct chk_rooted *found)
{
	*found = (struct chk_rooted)CHK_ROOTED_NONE;
	if (fstatat(entry->dir, entry->name, &found->facts,
		    AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	found->parent = entry->dir;
	found->name = entry->name;
	found->path = (char *)(uintptr_t)entry->path;
	return true;
}

static bool visit_file(struct chk_finder *finder,
		       const struct chk_walk_entry *entry)
{
	struct chk_row_list rows;
	struct chk_rooted found;

	if (chk_sniff_is_hash(entry->name))
		++*entry->tally;
	chk_rows_match(&finder->rows, &finder->homes, entry->path, entry->name,
		       &rows);
	if (!rows.count && chk_sniff_name(entry->name))
		return true;
	/* Gone, or no file any more: there is nothing to be looked at. */
	if (!find_entry(entry, &found) || !S_ISREG(found.facts.st_mode))
		return true;
	return chk_finder_consider(finder, entry->path, &found, &rows);
}

/* Links of a likely name wait until all files were met. */
static bool visit_link(struct chk_finder *finder,
		       const struct chk_walk_entry *entry)
{
	char *copy;

	if (chk_sniff_is_hash(entry->name)) {
		++*entry->tally;
		return true;
	}
	if (!chk_sniff_likely(entry->name))
		return true;
	if (finder->link_count >= LINKS_MAX) {
		finder->links_over = true;
		return true;
	}
	if (!chk_array_grow(&finder->links, finder->link_count,
			    &finder->link_room, sizeof(*finder->links)))
		return false;
	copy = strdup(entry->path);
	if (copy)
		finder->links[finder->link_count++] = copy;
	return copy != NULL;
}

/* A directory is told when all of it was met. */
static bool leave(struct chk_finder *finder,
		  const struct chk_walk_entry *entry)
{
	static const struct chk_place_kind HASHES = { "directory", "dir" };
	static const struct chk_row_list NO_ROWS = { .count = 0 };
	const char *slash = strrchr(entry->path, '/');
	struct chk_row_list rows;
	struct chk_rooted found;
	bool done = true;

	chk_rows_match(&finder->rows, &finder->homes, entry->path, slash + 1,
		       &rows);
	if (!rows.count && *entry->tally < HASHES_LEAST)
		return true;
	if (!chk_rooted_find(finder->root, entry->path, &found))
		done = errno != ENOMEM;
	else
		done = chk_finder_consider(finder, entry->path, &found, &rows);
	if (done && found.parent >= 0 && *entry->tally >= HASHES_LEAST &&
	    !chk_places_item(finder->places, &found.facts))
		done = chk_places_add(finder->places, &found, entry->path,
				      &HASHES, &NO_ROWS);
	chk_rooted_clear(&found);
	return done;
}

static bool visit(struct chk_finder *finder,
		  const struct chk_walk_entry *entry)
{
	switch (entry->kind) {
	case CHK_WALK_FILE:
		return visit_file(finder, entry);
	case CHK_WALK_LINK:
		return visit_link(finder, entry);
	case CHK_WALK_LEAVE:
		return leave(finder, entry);
	case CHK_WALK_UNREAD:
	default:
		return chk_places_note_add(finder->places, entry->path,
					   entry->what);
	}
}

static bool walk_all(struct chk_finder *finder, struct chk_walk *walk)
{
	struct chk_figures *figures = &finder->places->figures;
	uint64_t max = finder->options->max_files ?
		       finder->options->max_files : FILES_MAX;
	struct chk_walk_entry entry;

	while (chk_walk_next(walk, &entry)) {
		figures->directories = walk->directories;
		if (entry.kind != CHK_WALK_LEAVE)
			figures->files++;
		chk_finder_tell(finder, entry.path);
		if (figures->files > max)
			return chk_places_note_add(finder->places, entry.path,
						   "too many files; what comes "
						   "after this one was not "
						   "looked at");
		if (!visit(finder, &entry))
			return false;
	}
	figures->directories = walk->directories;
	return !walk->failed;
}

bool chk_find_walk(struct chk_finder *finder, const struct chk_rooted *start)
{
	CHK_CLEANUP(chk_walk_end) struct chk_walk walk;

	if (chk_walk_begin(&walk, start))
		return walk_all(finder, &walk);
	return errno != ENOMEM &&
	       chk_places_note_add(finder->places, start->path,
				   strerror(errno));
}
