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

struct meanings {
	const struct chk_symptoms *symptoms;
	const struct chk_report *report; /* NULL: nobody was asked */
};

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	const struct meanings *meanings = made;
	const struct chk_write_options how = {
		.colour = look.colour,
		.width = look.columns,
	};

	return chk_symptoms_write(meanings->symptoms, meanings->report,
				  options->format, &how, text, error);
}

static enum exit_status say(const struct options *options,
			    const struct chk_symptoms *symptoms)
{
	const struct meanings meanings = { symptoms, NULL };

	return output_alone(options, "explain", make_text, &meanings,
			    chk_symptoms_count(symptoms) > 0 ?
				    STATUS_TRUSTED : STATUS_UNDECIDED);
}

enum exit_status explain_decided(struct output *output,
				 const struct options *options,
				 const struct chk_report *report)
{
	const struct meanings meanings = { options->symptoms, report };

	if (options->quiet)
		return STATUS_TRUSTED;
	return output_text(output, options, "explain", make_text, &meanings);
}

/* `check` asks, and says what of the meanings is so before its report. */
static enum exit_status say_and_check(const struct options *options,
				      const struct chk_symptoms *symptoms,
				      char *host)
{
	struct options asked = *options;

	asked.operands = (struct text_list){ &host, 1 };
	asked.symptoms = symptoms;
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
