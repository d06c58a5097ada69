/* lib/diagnosis/symptom.c: what programs print when TLS fails, and what of. */
#include <chaincheck/symptom.h>

#include <stdlib.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/text.h"
#include "diagnosis/symptom_host.h"
#include "diagnosis/symptom_match.h"

enum {
	MAX_LINE = 4096, /* bytes of it that are looked at */
	MAX_SHOWN = 300,
	MAX_CODES = 8,
};

/* lib/data/meanings.tsv */
static const struct meaning {
	const char *meaning, *codes, *says, *source;
} MEANINGS[] = {
#include "data/meanings.inc"
};

/* lib/data/symptoms.tsv; the first row that a line meets is what it says. */
static const struct row {
	const char *text, *program, *meaning, *source;
} ROWS[] = {
#include "data/symptoms.inc"
};

/* lib/data/hosts.tsv: the same. */
static const struct host_row {
	const char *text, *program, *source;
} HOST_ROWS[] = {
#include "data/hosts.inc"
};

/* What the lines so far say of the host. */
struct hosts {
	struct chk_symptom_place before; /* the last one, in these two */
	uint8_t room[CHK_SYMPTOM_MAX_HOST], digits[8];
	bool open; /* a meaning was found, and nothing before it named one */
};

struct chk_symptoms {
	struct chk_arena arena;
	struct chk_symptom found[CHK_COUNT(MEANINGS)];
	bool is_found[CHK_COUNT(MEANINGS)];
	size_t count;
	const char *host;
};

static size_t meaning_of(const struct row *row)
{
	size_t i = 0;

	while (i < CHK_COUNT(MEANINGS) - 1 &&
	       strcmp(MEANINGS[i].meaning, row->meaning) != 0)
		i++;
	return i;
}

/* The words of a cell, as an array. */
static const char *const *split(struct chk_arena *arena, const char *cell,
				size_t *count)
{
	char *text = chk_arena_text(arena, cell);
	const char **codes = chk_arena_array(arena, MAX_CODES, sizeof(*codes));
	char *rest = NULL;

	*count = 0;
	if (!text || !codes)
		return NULL;
	for (char *code = strtok_r(text, " ", &rest);
	     code && *count < MAX_CODES; code = strtok_r(NULL, " ", &rest))
		codes[(*count)++] = code;
	return codes;
}

static const char *shown(struct chk_arena *arena, struct chk_bytes line)
{
	char room[MAX_SHOWN];

	while (line.size && (line.data[0] == ' ' || line.data[0] == '\t'))
		line = chk_bytes_skip(line, 1);
	chk_text_escape_into(room, sizeof(room), (const char *)line.data,
			     line.size);
	return chk_arena_text(arena, room);
}

static void add(struct chk_symptoms *symptoms, const struct row *row,
		struct chk_bytes line, size_t number)
{
	size_t at = meaning_of(row);
	struct chk_symptom *symptom = &symptoms->found[symptoms->count];

	if (symptoms->is_found[at])
		return;
	symptoms->is_found[at] = true;
	symptoms->count++;
	*symptom = (struct chk_symptom){
		.line = number,
		.text = shown(&symptoms->arena, line),
		.program = row->program,
		.says = MEANINGS[at].says,
	};
	symptom->codes = split(&symptoms->arena, MEANINGS[at].codes,
			       &symptom->code_count);
}

/* "host:port"; the port that is https's own says nothing. */
static const char *with_port(struct chk_arena *arena,
			     const struct chk_symptom_place *place)
{
	char host[CHK_SYMPTOM_MAX_HOST + 1];
	bool v6 = memchr(place->host.data, ':', place->host.size);

	memcpy(host, place->host.data, place->host.size);
	host[place->host.size] = '\0';
	if (!place->port.size || chk_bytes_equal(place->port,
						 chk_bytes_text("443")))
		return chk_arena_text(arena, host);
	if (*host == '[')
		v6 = false;
	return chk_arena_format(arena, "%s%s%s:%.*s", v6 ? "[" : "", host,
				v6 ? "]" : "", (int)place->port.size,
				(const char *)place->port.data);
}

static bool keep_host(struct chk_symptoms *symptoms,
		      const struct chk_symptom_place *place)
{
	if (symptoms->host || !chk_symptom_host_is_sound(place->host))
		return false;
	symptoms->host = with_port(&symptoms->arena, place);
	return true;
}

static struct chk_bytes lowered(uint8_t room[MAX_LINE], struct chk_bytes line)
{
	size_t size = line.size < MAX_LINE ? line.size : MAX_LINE;

	for (size_t i = 0; i < size; i++)
		room[i] = chk_ascii_lower(line.data[i]);
	return chk_bytes_of(room, size);
}

/* The line's room is used again, so the host is copied. */
static void remember(const struct chk_symptom_place *place,
		     struct hosts *hosts)
{
	if (place->host.size > CHK_SYMPTOM_MAX_HOST)
		return;
	hosts->before.host = chk_bytes_of(
		memcpy(hosts->room, place->host.data, place->host.size),
		place->host.size);
	hosts->before.port = chk_bytes_of(
		memcpy(hosts->digits, place->port.data ?
				place->port.data : (const uint8_t *)"",
		       place->port.size),
		place->port.size);
}

/*
 * The host that a line names, which is that of its URL where it has one: Go
 * has the address beside it. True: it names it in the way of a program.
 */
static bool find_host(struct chk_bytes lower, struct chk_bytes line,
		      struct chk_symptom_place *place)
{
	*place = (struct chk_symptom_place){
		.host = chk_symptom_url_host(line),
	};
	for (size_t i = 0; !place->host.data && i < CHK_COUNT(HOST_ROWS);
	     i++) {
		if (chk_symptom_match(HOST_ROWS[i].text, lower, place))
			return true;
	}
	return false;
}

static const struct row *find_row(struct chk_bytes lower,
				  struct chk_symptom_place *place)
{
	for (size_t i = 0; i < CHK_COUNT(ROWS); i++) {
		if (chk_symptom_match(ROWS[i].text, lower, place))
			return &ROWS[i];
	}
	return NULL;
}

/*
 * A host of a meaning's own line counts before one above it, and that before
 * one below, where only what is no mere URL is taken: Node.js has it there.
 */
static void read_line(struct chk_symptoms *symptoms, struct chk_bytes line,
		      size_t number, struct hosts *hosts)
{
	uint8_t room[MAX_LINE];
	struct chk_bytes lower = lowered(room, line);
	struct chk_symptom_place named, said;
	bool by_form = find_host(lower, line, &named);
	const struct row *row = find_row(lower, &said);

	if (row)
		add(symptoms, row, line, number);
	if (row && said.host.data)
		keep_host(symptoms, &said);
	if ((row || (hosts->open && by_form)) && named.host.data)
		keep_host(symptoms, &named);
	if (row)
		keep_host(symptoms, &hosts->before);
	hosts->open |= row != NULL;
	if (named.host.data)
		remember(&named, hosts);
}

static void read_lines(struct chk_symptoms *symptoms, struct chk_bytes text)
{
	struct hosts hosts = { 0 };

	for (size_t number = 1; text.size; number++) {
		const uint8_t *end = memchr(text.data, '\n', text.size);
		size_t size = end ? (size_t)(end - text.data) : text.size;
		read_line(symptoms, chk_bytes_of(text.data, size), number,
			  &hosts);
		text = chk_bytes_skip(text, size + (end != NULL));
	}
}

bool chk_symptoms_read(const char *text, size_t size,
		       struct chk_symptoms **symptoms, struct chk_error *error)
{
	*symptoms = NULL;
	if (size > CHK_SYMPTOMS_MAX_TEXT)
		return chk_error_set(error, CHK_ERROR_TOO_LARGE, "text",
				     "over %zu bytes", CHK_SYMPTOMS_MAX_TEXT);
	*symptoms = calloc(1, sizeof(**symptoms));
	if (!*symptoms)
		return chk_error_memory(error);
	read_lines(*symptoms, chk_bytes_of(text, size));
	if (!(*symptoms)->arena.failed)
		return true;
	chk_symptoms_free(*symptoms);
	*symptoms = NULL;
	return chk_error_memory(error);
}

size_t chk_symptoms_count(const struct chk_symptoms *symptoms)
{
	return symptoms->count;
}

const struct chk_symptom *chk_symptoms_at(const struct chk_symptoms *symptoms,
					  size_t i)
{
	return i < symptoms->count ? &symptoms->found[i] : NULL;
}

const char *chk_symptoms_host(const struct chk_symptoms *symptoms)
{
	return symptoms->host;
}

void chk_symptoms_free(struct chk_symptoms *symptoms)
{
	if (!symptoms)
		return;
	chk_arena_clear(&symptoms->arena);
	free(symptoms);
}
