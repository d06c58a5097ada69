/* lib/path/queue.c: a binary heap. */
#include "path/queue.h"

#include "base/array.h"

/* An explanation: nothing is above it, and nothing is trusted. */
static bool is_dead_end(const struct chk_node *node)
{
	return node->complete && node->end != CHK_END_ANCHOR;
}

/*
 * Candidates go in with the best one last, so the youngest comes first; the
 * dead ends they lead to then come in the order in which they were reached.
 */
static bool comes_before(const struct chk_node *a, const struct chk_node *b)
{
	if (a->defects.cost != b->defects.cost)
		return a->defects.cost < b->defects.cost;
	if (is_dead_end(a) != is_dead_end(b))
		return is_dead_end(b);
	return is_dead_end(a) ? a->order < b->order : a->order > b->order;
}

bool chk_queue_add(struct chk_queue *queue, struct chk_node *node)
{
	size_t at = queue->count;

	if (!chk_array_grow(&queue->nodes, queue->count, &queue->room,
			    sizeof(struct chk_node *)))
		return false;
	for (queue->count++; at > 0; at = (at - 1) / 2) {
		struct chk_node *parent = queue->nodes[(at - 1) / 2];

		if (!comes_before(node, parent))
			break;
		queue->nodes[at] = parent;
	}
	queue->nodes[at] = node;
	return true;
}

struct chk_node *chk_queue_take(struct chk_queue *queue)
{
	struct chk_node *first, *last;
	size_t at = 0, child;

	if (!queue->count)
		return NULL;
	first = queue->nodes[0];
	last = queue->nodes[--queue->count];
	while ((child = 2 * at + 1) < queue->count) {
		if (child + 1 < queue->count &&
		    comes_before(queue->nodes[child + 1], queue->nodes[child]))
			child++;
		if (!comes_before(queue->nodes[child], last))
			break;
		queue->nodes[at] = queue->nodes[child];
		at = child;
	}
	if (queue->count)
		queue->nodes[at] = last;
	return first;
}

void chk_queue_clear(struct chk_queue *queue)
{
	free(queue->nodes);
	*queue = (struct chk_queue){ 0 };
}
