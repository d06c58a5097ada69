/* lib/store/rooted.c: links, followed in another root directory. */
#include "store/rooted.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cleanup.h"

/* As many as Linux follows (path_resolution(7)). */
#define LINKS_MAX 40

struct walk {
	const char *root;
	struct chk_buffer here; /* the root, and what was resolved */
	char *rest;             /* owned; what is left of the path */
	int links;
};

static void cleanup_walk(struct walk *walk)
{
	chk_buffer_clear(&walk->here);
	free(walk->rest);
}

static void cut(struct chk_buffer *buffer, size_t size)
{
	if (buffer->failed || buffer->size <= size)
		return;
	buffer->size = size;
	buffer->data[size] = '\0';
}

/* One component up, and never above the root. */
static void go_up(struct walk *walk)
{
	size_t size = walk->here.size, bottom = strlen(walk->root);

	while (size > bottom && walk->here.data[size - 1] != '/')
		size--;
	cut(&walk->here, size > bottom ? size - 1 : bottom);
}

/* What stood at the end was a link to `target`. */
static void follow(struct walk *walk, const char *target, const char *rest)
{
	struct chk_buffer whole = { 0 };

	if (*target == '/')
		cut(&walk->here, strlen(walk->root));
	else
		go_up(walk);
	chk_buffer_format(&whole, "%s/%s", target, rest);
	walk->here.failed |= whole.failed;
	free(walk->rest);
	walk->rest = chk_buffer_steal(&whole);
}

/* False: too many links. */
static bool enter(struct walk *walk, const char *name, size_t size,
		  const char *rest)
{
	char target[PATH_MAX];
	ssize_t length;

	if (size == 0 || (size == 1 && *name == '.'))
		return true;
	if (size == 2 && memcmp(name, "..", 2) == 0) {
		go_up(walk);
		return true;
	}
	chk_buffer_text(&walk->here, "/");
	chk_buffer_add(&walk->here, name, size);
	if (walk->here.failed)
		return true;
	length = readlink(walk->here.data, target, sizeof(target) - 1);
	if (length < 0)
		return true;
	target[length] = '\0';
	follow(walk, target, rest);
	return ++walk->links <= LINKS_MAX;
}

/* Takes one component of what is left. False: too many links. */
static bool step(struct walk *walk)
{
	CHK_CLEANUP(chk_cleanup_free) char *whole = chk_steal(&walk->rest);
	size_t size = strcspn(whole, "/");
	const char *rest = whole + size + (whole[size] == '/');

	if (!enter(walk, whole, size, rest))
		return false;
	if (!walk->rest && *rest) {
		walk->rest = strdup(rest);
		walk->here.failed |= !walk->rest;
	}
	return true;
}

bool chk_rooted(const char *root, const char *path, char **here)
{
	CHK_CLEANUP(cleanup_walk) struct walk walk = { .root = root };

	*here = NULL;
	if (!*root)
		return (*here = strdup(path)) != NULL;
	chk_buffer_text(&walk.here, root);
	walk.rest = strdup(path);
	if (!walk.rest)
		return false;
	while (walk.rest && !walk.here.failed)
		if (!step(&walk))
			return true;
	if (walk.here.failed)
		return false;
	*here = chk_buffer_steal(&walk.here);
	return *here != NULL;
}
