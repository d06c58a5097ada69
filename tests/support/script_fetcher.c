/* tests/support/script_fetcher.c: answers that a test wrote down. */
#include "support/test.h"

#include "support/script_fetcher.h"

#include <stdio.h>

#include "base/error.h"

static const struct scripted_answer *find(const struct script_fetcher *script,
					  const char *url)
{
	const struct scripted_answer *answer = script->answers;

	while (answer->url && strcmp(answer->url, url) != 0)
		answer++;
	return answer;
}

static bool get(void *self, const char *url, uint8_t *bytes, size_t room,
		size_t *size, struct chk_error *error)
{
	struct script_fetcher *script = self;
	const struct scripted_answer *answer = find(script, url);

	assert_true(script->asked_count < CHK_COUNT(script->asked));
	snprintf(script->asked[script->asked_count++],
		 sizeof(script->asked[0]), "%s", url);
	if (!answer->bytes.data)
		return chk_error_set(error, CHK_ERROR_READ, url, "%s",
				     answer->why ? answer->why :
						   "not in the script");
	assert_true(answer->bytes.size <= room);
	memcpy(bytes, answer->bytes.data, answer->bytes.size);
	*size = answer->claims ? answer->claims : answer->bytes.size;
	return true;
}

static void keep(void *self, const char *url, struct chk_bytes bytes)
{
	struct script_fetcher *script = self;

	assert_true(chk_bytes_equal(bytes, find(script, url)->bytes));
	assert_true(script->kept_count < CHK_COUNT(script->kept));
	snprintf(script->kept[script->kept_count++], sizeof(script->kept[0]),
		 "%s", url);
}

void script_fetcher_begin(struct script_fetcher *script)
{
	memset(script, 0, sizeof(*script));
	script->fetcher = (struct chk_fetcher){ script, get, keep };
}

static struct scripted_answer *next(struct script_fetcher *script)
{
	size_t i = 0;

	while (script->answers[i].url)
		i++;
	assert_true(i + 1 < CHK_COUNT(script->answers));
	return &script->answers[i];
}

void script_fetcher_add(struct script_fetcher *script, const char *url,
			struct chk_bytes bytes)
{
	*next(script) = (struct scripted_answer){ .url = url, .bytes = bytes };
}

void script_fetcher_fail(struct script_fetcher *script, const char *url,
			 const char *why)
{
	*next(script) = (struct scripted_answer){ .url = url, .why = why };
}
