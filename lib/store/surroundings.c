/* lib/store/surroundings.c: variables, facts and paths of a program. */
#include "store/surroundings.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "store/root_path.h"

const char *chk_surroundings_find(const char *const *list, size_t count,
				  const char *name, size_t name_size)
{
	for (size_t i = 0; i < count; i++) {
		if (strncmp(list[i], name, name_size) == 0 &&
		    list[i][name_size] == '=')
			return list[i] + name_size + 1;
	}
	return NULL;
}

const char *chk_surroundings_variable(const struct chk_surroundings *around,
				      const char *name)
{
	return chk_surroundings_find(around->environment,
				     around->environment_count, name,
				     strlen(name));
}

static const char *value_of(const struct chk_surroundings *around,
			    const char *name, size_t size)
{
	const char *fact = chk_surroundings_find(
		around->facts, around->fact_count, name, size);

	if (fact || *name < 'A' || *name > 'Z')
		return fact;
	return chk_surroundings_find(around->environment,
				     around->environment_count, name, size);
}

bool chk_surroundings_fill(const struct chk_surroundings *around,
			   const char *pattern, char **text)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };
	const char *open, *close;

	*text = NULL;
	while ((open = strchr(pattern, '{')) && (close = strchr(open, '}'))) {
		const char *value = value_of(around, open + 1,
					     (size_t)(close - open - 1));

		if (!value || !*value)
			return true;
		chk_buffer_add(&buffer, pattern, (size_t)(open - pattern));
		chk_buffer_text(&buffer, value);
		pattern = close + 1;
	}
	chk_buffer_text(&buffer, pattern);
	*text = chk_buffer_steal(&buffer);
	return *text != NULL;
}

bool chk_surroundings_here(const struct chk_surroundings *around,
			   const char *path, char **here)
{
	CHK_CLEANUP(chk_cleanup_free) char *whole = NULL;
	struct chk_buffer buffer = { 0 };

	*here = NULL;
	if (*path == '/')
		return chk_root_path(around->root, path, here);
	if (!around->directory)
		return true;
	chk_buffer_format(&buffer, "%s/%s", around->directory, path);
	whole = chk_buffer_steal(&buffer);
	return whole && chk_root_path(around->root, whole, here);
}
