/* lib/store/decision.c: what a runtime would load, and why in words. */
#include <stdarg.h>
#include <stdio.h>

#include "base/array.h"
#include "base/text.h"
#include "store/runtime.h"

bool chk_decision_say(struct chk_decision *decision, const char *code,
		      const char *format, ...)
{
	struct chk_buffer buffer = { 0 };
	/* A sentence; a longer one is cut. */
	char text[1024];
	va_list list;

	if (!chk_array_grow(&decision->said, decision->said_count,
			    &decision->said_room, sizeof(*decision->said)))
		return false;
	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	chk_text_escape(&buffer, chk_bytes_text(text));
	decision->said[decision->said_count].text = chk_buffer_steal(&buffer);
	decision->said[decision->said_count].code = code;
	return decision->said[decision->said_count++].text != NULL;
}

void chk_decision_drop_loads(struct chk_decision *decision)
{
	for (size_t i = 0; i < decision->load_count; i++) {
		free(decision->loads[i].path);
		free(decision->loads[i].here);
	}
	decision->load_count = 0;
}

void chk_decision_clear(struct chk_decision *decision)
{
	for (size_t i = 0; i < decision->said_count; i++)
		free(decision->said[i].text);
	free(decision->said);
	chk_decision_drop_loads(decision);
	free(decision->loads);
	if (decision->password)
		explicit_bzero(decision->password,
			       strlen(decision->password));
	free(decision->password);
	*decision = (struct chk_decision){ 0 };
}
