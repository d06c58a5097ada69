/* cli/explain_text.c: what a message that a program printed means. */
#include "config.h"

#include "explain_text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "complain.h"
#include "output.h"

/* Standard input, one byte more than is taken at most; NULL: unreadable. */
static char *read_input(size_t *size)
{
	size_t room = CHK_SYMPTOMS_MAX_TEXT + 1;
	char *text = malloc(room);

	if (text == NULL)
		die_of_memory();
	*size = fread(text, 1, room, stdin);
	if (!ferror(stdin))
		return text;
	complain("standard input", "%s", strerror(errno));
	free(text);
	return NULL;
}

static bool read_symptoms(const char *text, struct chk_symptoms **symptoms)
{
	bool piped = strcmp(text, "-") == 0;
	size_t size = strlen(text);
	char *input = piped ? read_input(&size) : NULL;
	struct chk_error error;
	bool done;

	if (piped && input == NULL)
		return false;
	done = chk_symptoms_read(piped ? input : text, size, symptoms, &error);
	if (!done)
		complain_error(piped ? "standard input" : "explain", &error);
	free(input);
	return done;
}

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	(void)options;
	return chk_symptoms_write(made, look.columns, text, error);
}

static enum exit_status say(const struct options *options,
			    const struct chk_symptoms *symptoms)
{
	return output_alone(options, "explain", make_text, symptoms,
			    chk_symptoms_count(symptoms) > 0 ?
				    STATUS_TRUSTED : STATUS_UNDECIDED);
}

/* The explanation comes first, and the report where -o has it. */
static enum exit_status say_and_check(const struct options *options,
				      const struct chk_symptoms *symptoms,
				      char *host)
{
	struct options asked = *options;
	struct chk_error error;
	char *text;

	if (!chk_symptoms_write(symptoms, 0, &text, &error))
		return complain_error("explain", &error);
	printf("%s\n", text);
	free(text);
	fflush(stdout);
	asked.operands = (struct text_list){ &host, 1 };
	return command_check(&asked);
}

/* One word of which nothing is known was meant for a code. */
static bool is_code(const char *text, const struct chk_symptoms *symptoms)
{
	return strcmp(text, "-") != 0 && strpbrk(text, " \t\n") == NULL &&
	       chk_symptoms_count(symptoms) == 0;
}

enum exit_status explain_text(const struct options *options, const char *text,
			      char *host)
{
	struct chk_symptoms *symptoms = NULL;
	enum exit_status status;

	if (!read_symptoms(text, &symptoms))
		return STATUS_UNDECIDED;
	if (is_code(text, symptoms)) {
		complain(text, "no such code, and no message that is known; "
			 "`chaincheck explain` lists the codes");
		status = STATUS_USAGE;
	} else if (host != NULL) {
		status = say_and_check(options, symptoms, host);
	} else {
		status = say(options, symptoms);
	}
	chk_symptoms_free(symptoms);
	return status;
}
