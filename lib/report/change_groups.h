/* lib/report/change_groups.h: rows of a difference that say the same. */
#ifndef CHK_REPORT_CHANGE_GROUPS_H
#define CHK_REPORT_CHANGE_GROUPS_H

#include <chaincheck/difference.h>

/* A row; those of one group have the same `first`. */
struct chk_grouped {
	const struct chk_store_change *change; /* of the difference */
	char *words;  /* owned: what chk_say_change says of it */
	size_t index; /* in the difference */
	size_t first; /* the index of the first row that says the same */
};

/*
 * chk_change_groups gives the rows of a difference with those of one kind and
 * of the same words behind each other; groups, and rows in them, stay in the
 * order of the difference. Ownership: give it back to chk_change_groups_free.
 * NULL: no memory.
 */
struct chk_grouped *
chk_change_groups(const struct chk_difference *difference);
/* NULL is fine. */
void chk_change_groups_free(struct chk_grouped *rows, size_t count);

#endif
