/* lib/base/notes.c: what a reading passed over, where and why. */
#include "base/notes.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/text.h"

#define MAX_NOTES 10000u

static void free_text(const char *text)
{
	union {
		const char *in;
		char *out;
	} owned = { text };

	free(owned.out);
}

bool chk_notes_add(struct chk_notes *notes, const char *where,
		   const char *what, struct chk_error *error)
{
	bool last = notes->count + 1 >= MAX_NOTES;
	char *place, *text;

	if (notes->count >= MAX_NOTES)
		return true;
	if (!chk_array_grow(&notes->items, notes->count, &notes->room,
			    sizeof(*notes->items)))
		return chk_error_memory(error);
	place = chk_text_escaped(where);
	text = chk_text_escaped(last ? "there are more notes than these" :
				       what);
	if (!place || !text) {
		free(place);
		free(text);
		return chk_error_memory(error);
	}
	notes->items[notes->count++] = (struct chk_note){ place, text };
	return true;
}

void chk_notes_clear(struct chk_notes *notes)
{
	for (size_t i = 0; i < notes->count; i++) {
		free_text(notes->items[i].where);
		free_text(notes->items[i].what);
	}
	free(notes->items);
	*notes = (struct chk_notes){ 0 };
}
