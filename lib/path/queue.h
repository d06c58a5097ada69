/* lib/path/queue.h: nodes, the cheapest first. */
#ifndef CHK_PATH_QUEUE_H
#define CHK_PATH_QUEUE_H

#include "path/node.h"

/* Zero it; the heap is its own memory, the nodes are an arena's. */
struct chk_queue {
	struct chk_node **nodes;
	size_t count, room;
};

/* False: no memory. */
bool chk_queue_add(struct chk_queue *queue, struct chk_node *node);
/*
 * The cheapest node; of equal ones the youngest, so that a path is followed
 * to its end before its siblings are; dead ends after the others, the oldest
 * first. NULL: none is left.
 */
struct chk_node *chk_queue_take(struct chk_queue *queue);
void chk_queue_clear(struct chk_queue *queue);

#endif
