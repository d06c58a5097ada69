/* lib/store/said.c: sentences, made printable. */
#include "store/said.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/array.h"
#include "base/text.h"

bool chk_said_add(struct chk_said_list *list, const char *code,
		  const char *format, ...)
{
	struct chk_buffer buffer = { 0 };
	char text[1024];
	va_list arguments;

	if (!chk_array_grow(&list->items, list->count, &list->room,
			    sizeof(*list->items)))
		return false;
	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	chk_text_escape(&buffer, chk_bytes_text(text));
	list->items[list->count].code = code;
	list->items[list->count].text = chk_buffer_steal(&buffer);
	return list->items[list->count++].text != NULL;
}

void chk_said_clear(struct chk_said_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i].text);
	free(list->items);
	*list = (struct chk_said_list){ 0 };
}
