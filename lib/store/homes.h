/* lib/store/homes.h: the homes of a root's users. */
#ifndef CHK_STORE_HOMES_H
#define CHK_STORE_HOMES_H

#include "base/bytes.h"

/* Zero it. */
struct chk_homes {
	char **paths; /* from the root, no slash at the end; owned */
	size_t count, room;
	bool over; /* there are more than are kept */
};

/*
 * chk_homes_read takes /root, what is in /home and what /etc/passwd of the root
 * says, and of each the path without links where that is another. What is not
 * there is left out. False: no memory. Give it back: chk_homes_clear.
 */
bool chk_homes_read(struct chk_homes *homes, int root);
void chk_homes_clear(struct chk_homes *homes);

#endif
