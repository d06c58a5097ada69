/* lib/report/simulation_text.c: clients in front of a server, a line each. */
#include "report/write_simulation.h"

#include "base/cleanup.h"
#include "report/as_advice.h"
#include "report/page.h"

#define HANGING 30 /* behind the longest id and the word */

static const struct {
	const char *head, *word;
	enum chk_tint tint;
} MARKS[] = {
	[CHK_VERDICT_UNTRUSTED] = { "FAILS:", "no", CHK_TINT_BAD },
	[CHK_VERDICT_TRUSTED] = { "WORKS:", "yes", CHK_TINT_GOOD },
	[CHK_VERDICT_UNDECIDED] = { "UNDECIDED:", "?", CHK_TINT_DOUBT },
};

/* Without what all names of suites have: it is the same suite. */
static void add_suite(struct chk_buffer *text, const char *suite)
{
	const char *with = strstr(suite, "_WITH_");

	if (strncmp(suite, "TLS_", 4) == 0)
		suite += 4;
	if (with)
		chk_buffer_format(text, " %.*s%s", (int)(with - suite), suite,
				  with + 5);
	else
		chk_buffer_format(text, " %s", suite);
}

/* Why a chain is not trusted is told below, once for all of them. */
static bool is_told_below(const struct chk_simulated *answer)
{
	return answer->report && answer->why;
}

static void add_failure(struct chk_buffer *text,
			const struct chk_simulated *answer)
{
	if (is_told_below(answer))
		chk_buffer_format(text, "%s%s%s",
				  answer->tls ? answer->tls : "",
				  answer->store ? ", not trusted: " : "",
				  answer->code ? answer->code : "see below");
	else
		chk_buffer_format(text, "%s%s%s%s%s",
				  answer->tls ? answer->tls : "",
				  answer->tls ? ", but " : "", answer->why,
				  answer->code ? ": " : "",
				  answer->code ? answer->code : "");
}

/* What was agreed on, or why it comes to nothing. */
static void add_reason(struct chk_buffer *text,
		       const struct chk_simulated *answer)
{
	if (answer->why) {
		add_failure(text, answer);
		return;
	}
	chk_buffer_text(text, answer->tls);
	if (answer->suite)
		add_suite(text, answer->suite);
	if (answer->group)
		chk_buffer_format(text, " %s", answer->group);
}

/* One line each, so that many can be looked over; the JSON has all of it. */
static void write_answer(struct chk_page *page,
			 const struct chk_simulated *answer, bool only)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t used = strlen(answer->client) + 2;
	const char *word = MARKS[answer->verdict].word;

	chk_page_spaces(page, 2);
	chk_page_add(page, CHK_TINT_PLAIN, answer->client);
	chk_page_spaces(page, used < HANGING - 4 ? HANGING - 4 - used : 1);
	chk_page_add(page, MARKS[answer->verdict].tint, word);
	chk_page_spaces(page, 4 - strlen(word));
	add_reason(&text, answer);
	if (!only && page->width > HANGING)
		chk_page_shorten(&text, page->width - HANGING);
	chk_page_flow(page, HANGING, "                              ",
		      CHK_TINT_PLAIN, text.failed ? "" : text.data);
}

/* Of one client alone: what to do about it. */
static void write_advice(struct chk_page *page, const struct chk_report *report)
{
	const struct chk_finding *primary =
		report ? chk_report_primary(report) : NULL;

	if (!primary)
		return;
	chk_write_advice(page, report, primary);
	chk_write_about(page, report, primary);
}

/* Was it said of a client before, in the same words? */
static bool was_told(const struct chk_simulation *simulation, size_t i)
{
	const struct chk_simulated *answers = simulation->answers;

	for (size_t j = 0; j < i; j++) {
		if (is_told_below(&answers[j]) &&
		    strcmp(answers[j].why, answers[i].why) == 0)
			return true;
	}
	return false;
}

static void write_reasons(struct chk_page *page,
			  const struct chk_simulation *simulation)
{
	bool any = false;

	for (size_t i = 0; i < simulation->count; i++) {
		if (!is_told_below(&simulation->answers[i]) ||
		    was_told(simulation, i))
			continue;
		if (!any)
			chk_page_heading(page, "Why it is not trusted:");
		any = true;
		chk_page_spaces(page, 2);
		chk_page_add(page, CHK_TINT_PLAIN, "- ");
		chk_page_flow(page, 4, "    ", CHK_TINT_PLAIN,
			      simulation->answers[i].why);
	}
}

static bool is_first(const struct chk_simulation *simulation, size_t i)
{
	const struct chk_simulated *answers = simulation->answers;

	for (size_t j = 0; j < i; j++) {
		if (answers[j].store &&
		    answers[j].own_store == answers[i].own_store &&
		    strcmp(answers[j].store, answers[i].store) == 0)
			return false;
	}
	return true;
}

/* Whose trust this is: what was not asked is not claimed. */
static void write_stores(struct chk_page *page,
			 const struct chk_simulation *simulation)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer own = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer other = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	for (size_t i = 0; i < simulation->count; i++) {
		const struct chk_simulated *answer = &simulation->answers[i];
		struct chk_buffer *list = answer->own_store ? &own : &other;

		if (answer->store && is_first(simulation, i))
			chk_buffer_format(list, "%s%s", list->size ? ", " : "",
					  answer->store);
	}
	if (own.size)
		chk_buffer_format(&text, "Clients that read a store of this "
				  "machine were held to theirs (%s)%s",
				  own.data, other.size ? "; the others" : "");
	else if (other.size)
		chk_buffer_text(&text, "All clients");
	if (other.size)
		chk_buffer_format(&text, " were held to %s, which need not "
				  "hold what their own stores hold",
				  other.data);
	if (!text.size || text.failed)
		return;
	chk_page_line(page);
	chk_page_sentence(page, 0, text.data);
}

/* The search behind a refusal takes many connections: of one at a time. */
static void write_hint(struct chk_page *page,
		       const struct chk_simulation *simulation)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	size_t i = 0;

	while (i < simulation->count && (simulation->answers[i].report ||
					 !simulation->answers[i].code))
		i++;
	if (i == simulation->count || simulation->count == 1)
		return;
	chk_buffer_format(&text, "Why one does not connect, and what to "
			  "change, is told of one alone: --client %s",
			  simulation->answers[i].client);
	if (text.failed)
		return;
	chk_page_line(page);
	chk_page_sentence(page, 0, text.data);
}

/* A hello of our own ends where the proof of the key would begin. */
static void write_unproved(struct chk_page *page,
			   const struct chk_simulation *simulation)
{
	for (size_t i = 0; i < simulation->count; i++) {
		const struct chk_simulated *answer = &simulation->answers[i];

		if (answer->verdict != CHK_VERDICT_TRUSTED ||
		    strcmp(answer->tls, "TLS 1.3") == 0)
			continue;
		chk_page_line(page);
		chk_page_sentence(page, 0,
				  "Up to TLS 1.2 the chain is judged as it is "
				  "sent: that the server has its key is proved "
				  "by a check without --client");
		return;
	}
}

void chk_simulation_text(const struct chk_simulation *simulation,
			 const struct chk_write_options *options,
			 struct chk_buffer *buffer)
{
	struct chk_page page = {
		.buffer = buffer, .colour = options->colour,
		.width = options->width > 0 ? (size_t)options->width : 80,
		.verbose = options->verbose,
	};

	chk_page_verdict(&page, MARKS[simulation->verdict].tint,
			 MARKS[simulation->verdict].head, simulation->summary);
	if (options->verbose < 0)
		return;
	chk_page_line(&page);
	for (size_t i = 0; i < simulation->count; i++)
		write_answer(&page, &simulation->answers[i],
			     simulation->count == 1);
	if (simulation->count == 1)
		write_advice(&page, simulation->answers[0].report);
	else
		write_reasons(&page, simulation);
	write_hint(&page, simulation);
	write_stores(&page, simulation);
	write_unproved(&page, simulation);
}
