/* lib/diagnosis/symptom_match.c: a line against a row of a table. */
#include "config.h"

#include "diagnosis/symptom_match.h"

#include "diagnosis/symptom_host.h"

static const char HOST[] = "{host}";

/* As much of the pattern as stands for itself. */
static size_t literal_size(const char *pattern)
{
	size_t size = strcspn(pattern, "*{");

	return pattern[size] == '{' && strncmp(pattern + size, HOST,
					       sizeof(HOST) - 1) != 0 ?
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

/*
 * What follows the first literal. No pattern has a literal that could stand
 * once too early behind "*", so the first place it stands at will do.
 */
static bool match_rest(const char *pattern, struct chk_bytes line,
		       struct chk_bytes *host)
{
	while (*pattern) {
		bool any = *pattern == '*';
		const uint8_t *at = line.data;
		size_t size;

		if (!any) {
			*host = chk_symptom_host_at(line);
			if (!host->size)
				return false;
			at += host->size;
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
		       struct chk_bytes *host)
{
	size_t size = literal_size(pattern);
	const uint8_t *at;

	*host = (struct chk_bytes){ 0 };
	while ((at = find(line, pattern, size))) {
		line = chk_bytes_skip(line, (size_t)(at - line.data) + size);
		if (match_rest(pattern + size, line, host))
			return true;
	}
	*host = (struct chk_bytes){ 0 };
	return false;
}
