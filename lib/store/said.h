/* lib/store/said.h: how it was found out which store is meant, in sentences. */
#ifndef CHK_STORE_SAID_H
#define CHK_STORE_SAID_H

#include "base/bytes.h"

struct chk_said {
	char *text;       /* owned, printable, without a full stop */
	const char *code; /* of the finding that it is; static; NULL: none */
};

/* Zero it. */
struct chk_said_list {
	struct chk_said *items;
	size_t count, room;
};

/* Adds a sentence, made printable and cut. False: no memory. */
bool chk_said_add(struct chk_said_list *list, const char *code,
		  const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void chk_said_clear(struct chk_said_list *list);

#endif
