/* cli/inputs.c: from options to stores and a question. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "command.h"

void tell_error(const struct chk_error *error)
{
	fprintf(stderr, "chaincheck: %s%s%s\n", error->where,
		error->where[0] ? ": " : "", error->what);
}

/* --pass pass:TEXT, env:NAME, file:PATH (its first line). */
static bool read_pin(struct inputs *inputs, const char *source)
{
	const char *found = NULL;
	FILE *file;

	if (strncmp(source, "pass:", 5) == 0)
		found = source + 5;
	else if (strncmp(source, "env:", 4) == 0)
		found = getenv(source + 4);
	else if (strncmp(source, "file:", 5) == 0 &&
		 (file = fopen(source + 5, "r"))) {
		if (fgets(inputs->pin, sizeof(inputs->pin), file))
			found = inputs->pin;
		fclose(file);
		inputs->pin[strcspn(inputs->pin, "\r\n")] = '\0';
	}
	if (!found || strlen(found) >= sizeof(inputs->pin)) {
		fprintf(stderr, "chaincheck: --pass gives no PIN: it takes "
				"pass:TEXT, env:NAME or file:PATH\n");
		return false;
	}
	if (found != inputs->pin)
		strcpy(inputs->pin, found);
	return true;
}

static const struct {
	const char *word;
	enum chk_place place;
} PLACES[] = {
	{ "debian", CHK_PLACE_DEBIAN }, { "ubuntu", CHK_PLACE_DEBIAN },
	{ "fedora", CHK_PLACE_FEDORA }, { "rhel", CHK_PLACE_FEDORA },
	{ "centos", CHK_PLACE_FEDORA }, { "suse", CHK_PLACE_SUSE },
	{ "opensuse", CHK_PLACE_SUSE }, { "arch", CHK_PLACE_ARCH },
	{ "alpine", CHK_PLACE_ALPINE },
};

/* ID and ID_LIKE of os-release(5). */
static enum chk_place this_place(void)
{
	enum chk_place place = CHK_PLACE_NONE;
	FILE *file = fopen("/etc/os-release", "r");
	char line[512];

	while (file && fgets(line, sizeof(line), file)) {
		if (strncmp(line, "ID=", 3) && strncmp(line, "ID_LIKE=", 8))
			continue;
		for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
			if (place == CHK_PLACE_NONE &&
			    strstr(line, PLACES[i].word))
				place = PLACES[i].place;
		}
	}
	if (file)
		fclose(file);
	return place;
}

static bool open_store(const char *spec, const struct inputs *inputs,
		       const struct options *options, struct chk_store **store)
{
	struct chk_store_options how = {
		.module = options->module,
		.pin = options->pass ? inputs->pin : NULL,
	};
	struct chk_error error = { 0 };

	if (chk_store_open(spec, &how, store, &error))
		return true;
	tell_error(&error);
	return false;
}

static bool read_chains(struct chk_chain **chain, const struct list *files)
{
	struct chk_error error = { 0 };

	if (!files->count)
		return true;
	*chain = chk_chain_new();
	for (size_t i = 0; *chain && i < files->count; i++) {
		if (chk_chain_read(*chain, files->items[i], &error))
			continue;
		tell_error(&error);
		return false;
	}
	return *chain != NULL;
}

static const struct {
	char letter;
	int64_t seconds;
} UNITS[] = { { 'w', 604800 }, { 'd', 86400 }, { 'h', 3600 },
	      { 'm', 60 },     { 's', 1 } };

/* "+90d" from now, or "2026-04-01T00:00:00Z", or the date alone. */
static bool read_time(const char *text, int64_t *at)
{
	struct tm moment = { 0 };
	const char *end;
	char *unit;
	long long number;

	if (*text == '+' || *text == '-') {
		number = strtoll(text, &unit, 10);
		for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++) {
			if (unit == text || unit[0] != UNITS[i].letter ||
			    unit[1] || llabs(number) > 4000000000LL)
				continue;
			*at = (int64_t)time(NULL) + number * UNITS[i].seconds;
			return true;
		}
		return false;
	}
	end = strptime(text, "%Y-%m-%d", &moment);
	if (end && *end == 'T')
		end = strptime(end, "T%H:%M:%S", &moment);
	if (!end || (*end && strcmp(end, "Z") != 0))
		return false;
	*at = (int64_t)timegm(&moment);
	return true;
}

static bool fill_question(struct chk_question *question,
			  const struct options *options)
{
	char *end = NULL;
	long depth;

	question->place = this_place();
	question->host = options->verify_ip ? options->verify_ip :
					      options->verify_host;
	question->email = options->verify_email;
	if (options->attime) {
		question->at_set = true;
		if (!read_time(options->attime, &question->at)) {
			fprintf(stderr, "chaincheck: --attime takes "
					"2026-04-01T00:00:00Z or +90d\n");
			return false;
		}
	}
	if (options->purpose &&
	    !chk_purpose_find(options->purpose, &question->purpose)) {
		fprintf(stderr, "chaincheck: --purpose knows tls-server, "
				"tls-client, email, code-signing, any\n");
		return false;
	}
	if (options->max_depth) {
		depth = strtol(options->max_depth, &end, 10);
		if (end == options->max_depth || *end || depth < 0 ||
		    depth > 1000) {
			fprintf(stderr, "chaincheck: --max-depth takes 0 to "
					"1000\n");
			return false;
		}
		question->max_depth = depth ? (int32_t)depth : -1;
	}
	return true;
}

static bool load_stores(struct inputs *inputs, const struct options *options)
{
	struct chk_question *question = &inputs->question;

	for (size_t i = 0; i < options->trust.count; i++) {
		if (!open_store(options->trust.items[i], inputs, options,
				&inputs->stores[i]))
			return false;
		question->store_count = i + 1;
	}
	if (!options->trust.count && !options->no_system) {
		if (!open_store("system", inputs, options, &inputs->stores[0]))
			return false;
		question->store_count = 1;
	}
	for (size_t i = 0; i < options->other.count; i++) {
		if (!open_store(options->other.items[i], inputs, options,
				&inputs->others[i]))
			return false;
		question->other_count = i + 1;
	}
	return true;
}

bool inputs_load(struct inputs *inputs, const struct options *options,
		 int *status)
{
	*status = EXIT_USAGE;
	if (options->pass && !read_pin(inputs, options->pass))
		return false;
	if (!fill_question(&inputs->question, options))
		return false;
	*status = EXIT_UNDECIDED;
	if (!load_stores(inputs, options) ||
	    !read_chains(&inputs->untrusted, &options->untrusted) ||
	    !read_chains(&inputs->distrusted, &options->distrust))
		return false;
	inputs->question.stores =
		(const struct chk_store *const *)inputs->stores;
	inputs->question.others =
		(const struct chk_store *const *)inputs->others;
	inputs->question.untrusted = inputs->untrusted;
	inputs->question.distrusted = inputs->distrusted;
	return true;
}

void inputs_free(struct inputs *inputs)
{
	for (size_t i = 0; i <= LIST_MAX; i++)
		chk_store_free(inputs->stores[i]);
	for (size_t i = 0; i < LIST_MAX; i++)
		chk_store_free(inputs->others[i]);
	chk_chain_free(inputs->untrusted);
	chk_chain_free(inputs->distrusted);
	memset(inputs->pin, 0, sizeof(inputs->pin));
}
