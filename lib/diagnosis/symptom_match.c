/* lib/diagnosis/symptom_match.c: a line against a row of a table. */
#include "config.h"

#include "diagnosis/symptom_match.h"

#include "diagnosis/symptom_host.h"

static const char HOST[] = "{host}", PORT[] = "{port}";

enum { PORT_DIGITS = 5 };

static bool is_place(const char *pattern)
{
	return strncmp(pattern, HOST, sizeof(HOST) - 1) == 0 ||
	       strncmp(pattern, PORT, sizeof(PORT) - 1) == 0;
}

/* As much of the pattern as stands for itself. */
static size_t literal_size(const char *pattern)
{
	size_t size = strcspn(pattern, "*{");

	return pattern[size] == '{' && !is_place(pattern + size) ?
		       strlen(pattern) : size;
}

static bool begins(struct chk_bytes line, const char *text, size_t size)
{
	return line.size >= size && memcmp(line.data, text, size) == 0;
}

/* Where `text` first stands in the line; NULL: nowhere. */
static const uint8_t *find(struct chk_bytes line, const char *text,
			   size_t size)
{
	return line.size ? memmem(line.data, line.size, text, size) : NULL;
}

static struct chk_bytes port_at(struct chk_bytes line)
{
	size_t size = 0;

	while (size < line.size && size < PORT_DIGITS &&
	       line.data[size] >= '0' && line.data[size] <= '9')
		size++;
	return chk_bytes_of(line.data, size);
}

/* Takes what the pattern has a place for; the size of it, 0: it is not here. */
static size_t take(const char *pattern, struct chk_bytes line,
		   struct chk_symptom_place *place)
{
	bool host = pattern[1] == HOST[1];
	struct chk_bytes found = host ? chk_symptom_host_at(line) :
					port_at(line);

	*(host ? &place->host : &place->port) = found;
	return found.size;
}

/*
 * What follows the first literal. No pattern has a literal that could stand
 * once too early behind "*", so the first place it stands at will do.
 */
static bool match_rest(const char *pattern, struct chk_bytes line,
		       struct chk_symptom_place *place)
{
	while (*pattern) {
		bool any = *pattern == '*';
		const uint8_t *at = line.data;
		size_t size;

		if (!any) {
			size = take(pattern, line, place);
			if (!size)
				return false;
			at += size;
		}
		pattern += any ? 1 : sizeof(HOST) - 1;
		size = literal_size(pattern);
		line = chk_bytes_skip(line, (size_t)(at - line.data));
		if (any)
			at = find(line, pattern, size);
		if (!at || !begins(chk_bytes_skip(line,
						  (size_t)(at - line.data)),
				   pattern, size))
			return false;
		line = chk_bytes_skip(line, (size_t)(at - line.data) + size);
		pattern += size;
	}
	return true;
}

bool chk_symptom_match(const char *pattern, struct chk_bytes line,
		       struct chk_symptom_place *place)
{
	size_t size = literal_size(pattern);
	const uint8_t *at;

	*place = (struct chk_symptom_place){ 0 };
	while ((at = find(line, pattern, size))) {
		line = chk_bytes_skip(line, (size_t)(at - line.data) + size);
		if (match_rest(pattern + size, line, place))
			return true;
	}
	*place = (struct chk_symptom_place){ 0 };
	return false;
}
