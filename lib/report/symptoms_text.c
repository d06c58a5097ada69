/* lib/report/symptoms_text.c: what a pasted text means, for a person. */
#include "report/write_symptoms.h"

#include "base/cleanup.h"
#include "report/page.h"

enum { WIDTH = 80, WIDTH_MIN = 40, INDENT = 2, HANGING = 6 };

/* The page of a code begins with what it means; its first sentence will do. */
static void add_first_sentence(struct chk_buffer *buffer, const char *code)
{
	const char *page = chk_explain(code);
	const char *text = page ? strstr(page, "\n\n") : NULL;
	const char *end;

	if (!text)
		return;
	text += 2;
	end = strstr(text, "\n\n");
	for (; *text && text != end; text++) {
		char c = *text == '\n' ? ' ' : *text;

		chk_buffer_add(buffer, &c, 1);
		if (c == '.' && (text[1] == ' ' || text[1] == '\n'))
			return;
	}
}

static void write_code(struct chk_page *page, const char *code)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	add_first_sentence(&text, code);
	chk_page_spaces(page, INDENT);
	chk_page_add(page, CHK_TINT_PLAIN, code);
	chk_page_line(page);
	chk_page_spaces(page, HANGING);
	chk_page_flow(page, HANGING, "      ", CHK_TINT_PLAIN,
		      text.data ? text.data : "");
	page->buffer->failed |= text.failed;
}

static void write_symptom(struct chk_page *page,
			  const struct chk_symptom *symptom)
{
	chk_buffer_format(page->buffer, "%s (line %zu), as %s says it:\n",
			  page->buffer->size ? "\nAnd" : "Found",
			  symptom->line, symptom->program);
	chk_page_spaces(page, INDENT);
	chk_page_flow(page, INDENT, "  ", CHK_TINT_PLAIN, symptom->text);
	chk_page_line(page);
	chk_page_sentence(page, 0, symptom->says);
	chk_page_heading(page, symptom->code_count > 1 ? "It can be:" :
							 "That is:");
	for (size_t i = 0; i < symptom->code_count; i++)
		write_code(page, symptom->codes[i]);
}

/* A JVM reads a store of its own: the system's would answer for another. */
static const char *trust_of(const struct chk_symptoms *symptoms)
{
	const struct chk_symptom *first = chk_symptoms_at(symptoms, 0);

	return first && strcmp(first->program, "Java") == 0 ? "--trust java " :
							      "";
}

static void write_next(struct chk_page *page,
		       const struct chk_symptoms *symptoms)
{
	const char *host = chk_symptoms_host(symptoms);

	host = host ? host : "HOST:PORT";
	chk_page_heading(page, "To see which it is, and who must act:");
	chk_buffer_format(page->buffer, "      chaincheck check %s%s\n"
			  "To see which stores of this machine trust it:\n"
			  "      chaincheck where %s\n"
			  "More on a code:\n"
			  "      chaincheck explain CODE\n",
			  trust_of(symptoms), host, host);
}

static bool is_told(const char *const *told, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(told[i], code) == 0)
			return true;
	}
	return false;
}

static void write_so(struct chk_page *page, const char *code,
		     const struct chk_finding *finding)
{
	chk_page_spaces(page, INDENT);
	chk_page_add(page, CHK_TINT_STRONG, code);
	chk_page_line(page);
	chk_page_sentence(page, HANGING, finding->message);
}

/* What the text can mean, and is; each code once. */
static size_t write_all_so(struct chk_page *page,
			   const struct chk_symptoms_said *said,
			   bool count_only)
{
	const char *told[64];
	size_t count = 0;

	for (size_t i = 0; i < chk_symptoms_count(said->symptoms); i++) {
		const struct chk_symptom *symptom =
			chk_symptoms_at(said->symptoms, i);

		for (size_t j = 0; j < symptom->code_count; j++) {
			const char *code = symptom->codes[j];
			const struct chk_finding *finding =
				chk_symptoms_finding(said, code);

			if (!finding || count == CHK_COUNT(told) ||
			    is_told(told, count, code))
				continue;
			told[count++] = code;
			if (!count_only)
				write_so(page, code, finding);
		}
	}
	return count;
}

static bool asked_java(const struct chk_report *report)
{
	static const char *const SPECS[] = { "java", "jks:", "p12:", "pid:" };

	for (size_t i = 0; i < chk_report_store_count(report); i++) {
		const char *spec = chk_report_store(report, i)->spec;

		for (size_t j = 0; j < CHK_COUNT(SPECS); j++) {
			if (strncmp(spec, SPECS[j], strlen(SPECS[j])) == 0)
				return true;
		}
	}
	return false;
}

/* The meanings against what was found when the host was asked. */
static void write_decision(struct chk_page *page,
			   const struct chk_symptoms_said *said)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t count = write_all_so(page, said, true);

	chk_buffer_format(&text, count == 0 ?
			  "None of these is what is found at %s now:" :
			  count == 1 ?
			  "Of these meanings, this one is so of %s now:" :
			  "Of these meanings, these are so of %s now:",
			  chk_report_target(said->report));
	chk_page_heading(page, text.data ? text.data : "");
	page->buffer->failed |= text.failed;
	if (count)
		write_all_so(page, said, false);
	else
		chk_page_sentence(page, HANGING,
				  chk_report_sentence(said->report));
	if (*trust_of(said->symptoms) && !asked_java(said->report))
		chk_page_sentence(page, HANGING,
				  "A JVM reads a store of its own, which was "
				  "not asked: add --trust java, or jks:PATH of "
				  "the keystore that it is given");
	else if (!count &&
		 chk_report_verdict(said->report) == CHK_VERDICT_TRUSTED)
		chk_page_sentence(page, HANGING,
				  "It may have been mended by now, or the "
				  "program reads another store than the one "
				  "that was asked (chaincheck where)");
}

void chk_symptoms_text(const struct chk_symptoms_said *said,
		       struct chk_buffer *buffer)
{
	const struct chk_symptoms *symptoms = said->symptoms;
	int width = said->options->width;
	struct chk_page page = {
		.buffer = buffer,
		.colour = said->options->colour,
		.width = width <= 0 ? WIDTH : width < WIDTH_MIN ? WIDTH_MIN :
								  (size_t)width,
	};

	if (chk_symptoms_count(symptoms) == 0)
		chk_buffer_text(buffer, "Nothing of this is known here.\n");
	for (size_t i = 0; i < chk_symptoms_count(symptoms); i++)
		write_symptom(&page, chk_symptoms_at(symptoms, i));
	if (!said->report)
		write_next(&page, symptoms);
	else if (chk_symptoms_count(symptoms) > 0)
		write_decision(&page, said);
}
