/* tests/fuzz/made_graph.c: a chain and a question out of any bytes. */
#include "fuzz/made_graph.h"

#include <stdlib.h>

static bool take(struct chk_bytes *rest, size_t size, struct chk_bytes *part)
{
	if (rest->size < size)
		return false;
	*part = chk_bytes_of(rest->data, size);
	*rest = chk_bytes_of(rest->data + size, rest->size - size);
	return true;
}

/* What is too short to be taken is taken as it is. */
static struct chk_bytes take_up_to(struct chk_bytes *rest, size_t size)
{
	struct chk_bytes part = { 0 };

	if (!take(rest, size < rest->size ? size : rest->size, &part))
		abort();
	return part;
}

static void add(struct graph *graph, uint8_t roles, struct chk_bytes der)
{
	struct graph_item *item = &graph->items[graph->count++];

	*item = (struct graph_item){ .roles = roles, .der = der };
	if (!chk_cert_parse(der, &item->cert, NULL))
		item->cert = NULL;
}

static void read_recipes(struct graph *graph, struct chk_bytes rest)
{
	size_t wanted = (graph->question[2] & 7u) + 1;
	size_t wanted_crls = graph->question[2] >> 3 & 3u;
	struct chk_bytes recipe, raw;

	while (graph->count < wanted && take(&rest, GRAPH_CERT, &recipe)) {
		raw = take_up_to(&rest, recipe.data[GRAPH_RAW]);
		add(graph, recipe.data[GRAPH_ROLES] & 0x7f,
		    recipe_cert(&graph->arena, recipe.data, raw,
				graph->count));
	}
	while (graph->crl_count < wanted_crls &&
	       take(&rest, GRAPH_CRL, &recipe))
		graph->crls[graph->crl_count++] =
			recipe_crl(&graph->arena, recipe.data);
}

static void read_as_it_is(struct graph *graph, struct chk_bytes rest)
{
	struct chk_bytes head, der;

	while (graph->count < GRAPH_CERTS && take(&rest, 3, &head)) {
		der = take_up_to(&rest,
				 (size_t)head.data[1] << 8 | head.data[2]);
		if (!(head.data[0] & GRAPH_IS_CRL))
			add(graph, head.data[0], der);
		else if (graph->crl_count < GRAPH_CRLS)
			graph->crls[graph->crl_count++] = der;
	}
}

bool graph_read(struct graph *graph, const uint8_t *data, size_t size)
{
	struct chk_bytes rest = chk_bytes_of(data, size), question;

	*graph = (struct graph){ .count = 0 };
	if (!take(&rest, sizeof(graph->question), &question))
		return false;
	memcpy(graph->question, question.data, question.size);
	if (graph->question[0] & 0x80)
		read_as_it_is(graph, rest);
	else
		read_recipes(graph, rest);
	return graph->count > 0 && graph->items[0].cert;
}

void graph_clear(struct graph *graph)
{
	for (size_t i = 0; i < graph->count; i++)
		chk_cert_unref(graph->items[i].cert);
	chk_arena_clear(&graph->arena);
}
