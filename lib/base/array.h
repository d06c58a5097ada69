/* lib/base/array.h: room for one more item in a growing array. */
#ifndef CHK_BASE_ARRAY_H
#define CHK_BASE_ARRAY_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <chaincheck/api.h>

/*
 * chk_array_grow makes room for one more item of `size` bytes in `*items`,
 * which holds `count` of `*room`. False: no memory; all is as before.
 */
static inline bool chk_array_grow(void *items, size_t count, size_t *room,
				  size_t size)
{
	size_t wanted = *room ? 2 * *room : 8;
	void *old, *grown;

	if (count < *room)
		return true;
	if (wanted > SIZE_MAX / size)
		return false;
	memcpy(&old, items, sizeof(old));
	grown = realloc(old, wanted * size);
	if (!grown)
		return false;
	memcpy(items, &grown, sizeof(grown));
	*room = wanted;
	return true;
}

#endif
