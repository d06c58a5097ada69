/* lib/diagnosis/symptom_host.c: the host that a line of a log is about. */
#include "config.h"

#include "diagnosis/symptom_host.h"

#include "base/ascii.h"

static bool is_of_host(uint8_t c)
{
	c = chk_ascii_lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (c && strchr("-._:[]", c));
}

/* Whole sentences end with a stop, and log lines with a colon. */
struct chk_bytes chk_symptom_host_at(struct chk_bytes line)
{
	size_t size = 0;

	while (size < line.size && is_of_host(line.data[size]))
		size++;
	while (size && strchr(".:-", line.data[size - 1]))
		size--;
	return chk_bytes_of(line.data, size);
}

bool chk_symptom_host_is_sound(struct chk_bytes host)
{
	if (host.size == 0 || host.size > CHK_SYMPTOM_MAX_HOST ||
	    host.data[0] == '-')
		return false;
	for (size_t i = 0; i < host.size; i++) {
		if (!is_of_host(host.data[i]))
			return false;
	}
	return true;
}

/* What stands between "scheme://" and the path. */
static struct chk_bytes authority(struct chk_bytes rest)
{
	const uint8_t *at;
	size_t size = 0;

	while (size < rest.size && rest.data[size] > ' ' &&
	       !strchr("/?#\"'<>(),;", rest.data[size]))
		size++;
	rest.size = size;
	at = size ? memrchr(rest.data, '@', size) : NULL;
	return at ? chk_bytes_skip(rest, (size_t)(at + 1 - rest.data)) : rest;
}

static bool begins(struct chk_bytes text, const char *word)
{
	size_t size = strlen(word);

	return text.size >= size &&
	       chk_ascii_equal(chk_bytes_of(text.data, size),
			       chk_bytes_text(word));
}

/* Does a URL behind this text lead to something to read? */
static bool is_reference(struct chk_bytes text)
{
	static const char *const WORDS[] = {
		"more details", "more info", "learn more", "read more",
		"for help", "more help", "see http", "see: http",
		"documentation",
	};

	for (; text.size; text = chk_bytes_skip(text, 1)) {
		for (size_t i = 0; i < CHK_COUNT(WORDS); i++) {
			if (begins(text, WORDS[i]))
				return true;
		}
	}
	return false;
}

struct chk_bytes chk_symptom_url_host(struct chk_bytes line)
{
	static const char *const SCHEMES[] = {
		"https://", "wss://", "ldaps://", "imaps://", "smtps://",
		"pop3s://", "ftps://", "amqps://", "mqtts://", "rediss://",
		"postgres://", "postgresql://", "grpcs://",
	};
	struct chk_bytes none = { 0 }, rest = line;

	for (; rest.size; rest = chk_bytes_skip(rest, 1)) {
		for (size_t i = 0; i < CHK_COUNT(SCHEMES); i++) {
			if (!begins(rest, SCHEMES[i]))
				continue;
			line.size -= rest.size - strlen("http");
			if (is_reference(line))
				return none;
			return chk_symptom_host_at(authority(chk_bytes_skip(
				rest, strlen(SCHEMES[i]))));
		}
	}
	return none;
}
