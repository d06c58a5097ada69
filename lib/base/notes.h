/* lib/base/notes.h: what a reading passed over, where and why. */
#ifndef CHK_BASE_NOTES_H
#define CHK_BASE_NOTES_H

#include "base/error.h"

/* Zero it. */
struct chk_notes {
	struct chk_note *items;
	size_t count, room;
};

/*
 * chk_notes_add copies both texts, escaped. After 10,000 notes one says that
 * there are more, and the rest is dropped. False: no memory.
 */
bool chk_notes_add(struct chk_notes *notes, const char *where,
		   const char *what, struct chk_error *error);
void chk_notes_clear(struct chk_notes *notes);

#endif
