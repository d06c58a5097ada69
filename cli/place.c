/* cli/place.c: whose commands the remedies on this machine use. */
#include "config.h"

#include "place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *id;
	enum chk_place place;
} places[] = {
	{ "debian", CHK_PLACE_DEBIAN },
	{ "ubuntu", CHK_PLACE_DEBIAN },
	{ "fedora", CHK_PLACE_FEDORA },
	{ "rhel", CHK_PLACE_FEDORA },
	{ "centos", CHK_PLACE_FEDORA },
	{ "suse", CHK_PLACE_SUSE },
	{ "opensuse", CHK_PLACE_SUSE },
	{ "sles", CHK_PLACE_SUSE },
	{ "arch", CHK_PLACE_ARCH },
	{ "alpine", CHK_PLACE_ALPINE },
};

/* The first word of `ids` that is known; quotes and blanks between them. */
static enum chk_place find_place(const char *ids)
{
	static const char between[] = "\"' \t\n";

	for (;;) {
		size_t size;

		ids += strspn(ids, between);
		size = strcspn(ids, between);
		if (size == 0)
			return CHK_PLACE_NONE;
		for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
			if (strlen(places[i].id) == size &&
			    memcmp(places[i].id, ids, size) == 0)
				return places[i].place;
		}
		ids += size;
	}
}

enum chk_place place_here(void)
{
	enum chk_place own = CHK_PLACE_NONE, like = CHK_PLACE_NONE;
	FILE *file = fopen("/etc/os-release", "re");
	char *line = NULL;
	size_t room = 0;

	if (file == NULL)
		file = fopen("/usr/lib/os-release", "re");
	if (file == NULL)
		return CHK_PLACE_NONE;
	while (getline(&line, &room, file) > 0) {
		if (strncmp(line, "ID=", 3) == 0)
			own = find_place(line + 3);
		else if (strncmp(line, "ID_LIKE=", 8) == 0)
			like = find_place(line + 8);
	}
	free(line);
	fclose(file);
	return own != CHK_PLACE_NONE ? own : like;
}
