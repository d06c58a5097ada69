/* cli/text_list.h: a list of texts that it owns. */
#ifndef CLI_TEXT_LIST_H
#define CLI_TEXT_LIST_H

#include <stddef.h>

struct text_list {
	char **items; /* NULL stands behind the last; NULL: there are none */
	size_t count;
};

/* Appends `prefix` and `text` as one text; ends the process without memory. */
void text_list_add(struct text_list *list, const char *prefix,
		   const char *text);
void text_list_free(struct text_list *list);

/* Copies `size` bytes as a text; ends the process without memory. */
char *text_copy(const char *text, size_t size);

#endif
