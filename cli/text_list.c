/* cli/text_list.c: a list of texts that it owns. */
#include "config.h"

#include "text_list.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"

char *text_copy(const char *text, size_t size)
{
	char *copy = malloc(size + 1);

	if (copy == NULL)
		die_of_memory();
	if (size > 0)
		memcpy(copy, text, size);
	copy[size] = '\0';
	return copy;
}

void text_list_add(struct text_list *list, const char *prefix,
		   const char *text)
{
	size_t head = strlen(prefix), tail = strlen(text);
	char *item = malloc(head + tail + 1);
	char **items = reallocarray(list->items, list->count + 2,
				    sizeof(*items));

	if (item == NULL || items == NULL)
		die_of_memory();
	memcpy(item, prefix, head);
	memcpy(item + head, text, tail + 1);
	items[list->count] = item;
	items[list->count + 1] = NULL;
	list->items = items;
	list->count++;
}

void text_list_free(struct text_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i]);
	free(list->items);
	*list = (struct text_list){0};
}
