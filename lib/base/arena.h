/*
 * lib/base/arena.h: one region of memory for a search or a report, freed
 * whole. What it gives is zeroed and aligned for any type.
 */
#ifndef CHK_BASE_ARENA_H
#define CHK_BASE_ARENA_H

#include <stdarg.h>

#include "base/bytes.h"

struct chk_arena_block;

/* Zero it. Once memory ran out, `failed` stays set. */
struct chk_arena {
	struct chk_arena_block *blocks;
	size_t used;
	bool failed;
};

/* NULL: no memory, and arena->failed is set. */
void *chk_arena_get(struct chk_arena *arena, size_t size);
/* Room for `count` items of `size` bytes; the product is checked. */
void *chk_arena_array(struct chk_arena *arena, size_t count, size_t size);
char *chk_arena_text(struct chk_arena *arena, const char *text);
struct chk_bytes chk_arena_bytes(struct chk_arena *arena,
				 struct chk_bytes bytes);
char *chk_arena_format(struct chk_arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *chk_arena_vformat(struct chk_arena *arena, const char *format,
			va_list list) __attribute__((format(printf, 2, 0)));
void chk_arena_clear(struct chk_arena *arena);

#endif
