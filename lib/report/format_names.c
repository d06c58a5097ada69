/* lib/report/format_names.c: which of its formats a document is to have. */
#include "report/format_names.h"

#include "base/cleanup.h"

/* "text, json and csv" */
static void list(struct chk_buffer *buffer, const char *const *names)
{
	for (size_t i = 0; names[i]; i++) {
		if (i)
			chk_buffer_text(buffer, names[i + 1] ? ", " : " and ");
		chk_buffer_text(buffer, names[i]);
	}
}

bool chk_format_find(const char *const *names, const char *name,
		     const char *what, size_t *place, struct chk_error *error)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer all = { 0 };

	for (size_t i = 0; name && names[i]; i++) {
		if (strcmp(name, names[i]) == 0) {
			*place = i;
			return true;
		}
	}
	list(&all, names);
	return chk_error_set(error, CHK_ERROR_ARGUMENT, name,
			     "no such format of %s; there are %s", what,
			     all.data ? all.data : "others");
}

bool chk_format_end(struct chk_buffer *buffer, char **text,
		    struct chk_error *error)
{
	*text = chk_buffer_steal(buffer);
	return *text || chk_error_memory(error);
}
