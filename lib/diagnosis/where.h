/* lib/diagnosis/where.h: one server, and every store of a machine. */
#ifndef CHK_DIAGNOSIS_WHERE_H
#define CHK_DIAGNOSIS_WHERE_H

#include <chaincheck/where.h>

#include "store/census.h"

struct chk_where_item {
	struct chk_report *report; /* owned; of the first place of the row */
	size_t *places;            /* owned */
	size_t room;
	struct chk_where_row view;
};

struct chk_where {
	struct chk_census *census;
	char *peer; /* owned, escaped: "www.example.test:443" */
	struct chk_where_item *items;
	size_t count, room;
};

#endif
