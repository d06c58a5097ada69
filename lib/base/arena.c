/* lib/base/arena.c: blocks in a list, the newest first. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * The first block holds the search of a plain chain, those after it are for
 * the others; a larger wish gets a block of its own.
 */
#define FIRST_BLOCK_SIZE 4096u
#define BLOCK_SIZE 16384u

struct chk_arena_block {
	struct chk_arena_block *next;
	size_t size;
	_Alignas(max_align_t) uint8_t data[];
};

static bool add_block(struct chk_arena *arena, size_t size)
{
	struct chk_arena_block *block;
	size_t least = arena->blocks ? BLOCK_SIZE : FIRST_BLOCK_SIZE;

	if (size < least)
		size = least;
	block = malloc(sizeof(*block) + size);
	if (!block) {
		arena->failed = true;
		return false;
	}
	block->size = size;
	block->next = arena->blocks;
	arena->blocks = block;
	arena->used = 0;
	return true;
}

void *chk_arena_get(struct chk_arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	void *found;

	if (size > SIZE_MAX / 2) {
		arena->failed = true;
		return NULL;
	}
	size = (size + align - 1) / align * align;
	if (!arena->blocks || arena->blocks->size - arena->used < size) {
		if (!add_block(arena, size))
			return NULL;
	}
	found = arena->blocks->data + arena->used;
	arena->used += size;
	return memset(found, 0, size);
}

void *chk_arena_array(struct chk_arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size) {
		arena->failed = true;
		return NULL;
	}
	return chk_arena_get(arena, count * size);
}

char *chk_arena_text(struct chk_arena *arena, const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = chk_arena_get(arena, size);

	return copy ? memcpy(copy, text, size) : NULL;
}

struct chk_bytes chk_arena_bytes(struct chk_arena *arena,
				 struct chk_bytes bytes)
{
	uint8_t *copy;

	if (!bytes.data)
		return bytes;
	copy = chk_arena_get(arena, bytes.size);
	if (!copy)
		return (struct chk_bytes){ 0 };
	if (bytes.size)
		memcpy(copy, bytes.data, bytes.size);
	return chk_bytes_of(copy, bytes.size);
}

char *chk_arena_vformat(struct chk_arena *arena, const char *format,
			va_list list)
{
	va_list again;
	char *text;
	int size;

	va_copy(again, list);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	text = size < 0 ? NULL : chk_arena_get(arena, (size_t)size + 1);
	if (text)
		vsnprintf(text, (size_t)size + 1, format, list);
	return text;
}

char *chk_arena_format(struct chk_arena *arena, const char *format, ...)
{
	va_list list;
	char *text;

	va_start(list, format);
	text = chk_arena_vformat(arena, format, list);
	va_end(list);
	return text;
}

void chk_arena_clear(struct chk_arena *arena)
{
	struct chk_arena_block *next;

	for (; arena->blocks; arena->blocks = next) {
		next = arena->blocks->next;
		free(arena->blocks);
	}
	*arena = (struct chk_arena){ 0 };
}
