/* lib/store/trap.c: why a store is not what it looks like, in words. */
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"
#include "store/store.h"

/* A store has a handful; one that makes thousands is not worth the memory. */
#define TRAPS_MAX 1000

static void trap_clear(struct chk_trap *trap)
{
	free((void *)(uintptr_t)trap->where);
	free((void *)(uintptr_t)trap->what);
}

bool chk_store_trap_add(struct chk_store *store, const char *code,
			const char *where, const char *format, ...)
{
	struct chk_trap trap = { .code = code };
	/* A sentence; a longer one is cut. */
	char what[512];
	va_list list;

	if (store->trap_count >= TRAPS_MAX)
		return true;
	if (!chk_array_grow(&store->traps, store->trap_count, &store->trap_room,
			    sizeof(*store->traps)))
		return false;
	va_start(list, format);
	vsnprintf(what, sizeof(what), format, list);
	va_end(list);
	trap.where = chk_text_escaped(where);
	trap.what = chk_text_escaped(what);
	if (trap.where && trap.what) {
		store->traps[store->trap_count++] = trap;
		return true;
	}
	trap_clear(&trap);
	return false;
}

void chk_store_traps_clear(struct chk_store *store)
{
	for (size_t i = 0; i < store->trap_count; i++)
		trap_clear(&store->traps[i]);
	free(store->traps);
	store->traps = NULL;
	store->trap_count = store->trap_room = 0;
}

size_t chk_store_trap_count(const struct chk_store *store)
{
	return store->trap_count;
}

const struct chk_trap *chk_store_trap(const struct chk_store *store, size_t i)
{
	return i < store->trap_count ? &store->traps[i] : NULL;
}
