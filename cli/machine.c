/* cli/machine.c: every trust store of a machine. */
#include "config.h"

#include "machine.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "complain.h"
#include "output.h"
#include "question.h"

/* struct life is a sign of life on standard error, where that is a terminal. */
struct life {
	bool terminal, told;
	time_t begun;
	const char *what;
};

static void life_begin(struct life *life, const char *what)
{
	*life = (struct life){
		.terminal = isatty(STDERR_FILENO) == 1,
		.begun = time(NULL), .what = what,
	};
}

/* The first word of it comes after a second; the path's end is left out. */
static void life_tell(void *context, uint64_t count, const char *path)
{
	struct life *life = context;

	if (!life->terminal || time(NULL) - life->begun < 1)
		return;
	life->told = true;
	fprintf(stderr, "\r\033[K%" PRIu64 " %s, ", count, life->what);
	for (int i = 0; i < 40 && path[i] != '\0'; i++) {
		unsigned char c = (unsigned char)path[i];

		putc(c < 0x20 || c >= 0x7f ? '?' : c, stderr);
	}
	fflush(stderr);
}

static void life_end(struct life *life)
{
	if (life->told)
		fputs("\r\033[K", stderr);
}

/* A folder of this machine may be named as the shell would have it. */
static char *folder(const struct options *options)
{
	char here[PATH_MAX], *path;
	size_t size;

	if (options->in == NULL)
		return NULL;
	if (options->in[0] == '/' || options->root != NULL ||
	    getcwd(here, sizeof(here)) == NULL)
		return text_copy(options->in, strlen(options->in));
	size = strlen(here) + strlen(options->in) + 2;
	path = malloc(size);
	if (path == NULL)
		die_of_memory();
	snprintf(path, size, "%s/%s", here, options->in);
	return path;
}

bool machine_find(const struct options *options, struct chk_places **places,
		  struct chk_error *error)
{
	struct life life;
	char *in = folder(options);
	struct chk_places_options how = {
		.root = options->root, .in = in,
		.progress = life_tell, .context = &life,
	};
	bool found;

	life_begin(&life, "files");
	found = chk_places_find(&how, places, error);
	life_end(&life);
	free(in);
	return found;
}

/* What opening the stores takes. */
struct opening {
	struct chk_store_options stores;
	struct chk_census_options how;
	struct life life;
	char *pin;
};

static bool opening_begin(const struct options *options, const char *what,
			  struct opening *opening)
{
	if (!how_read(options, &opening->stores, &opening->pin))
		return false;
	opening->how = (struct chk_census_options){
		.at = options->at_set ? options->at : 0,
		.pass = opening->stores.pin,
		.progress = life_tell,
		.context = &opening->life,
	};
	life_begin(&opening->life, what);
	return true;
}

static void opening_end(struct opening *opening)
{
	life_end(&opening->life);
	how_wipe(opening->pin);
}

/* Opens what was found. */
static enum exit_status take(const struct options *options,
			     const struct chk_places *places,
			     struct chk_census **census)
{
	struct opening opening;
	struct chk_error error;
	bool taken;

	if (!opening_begin(options, "stores opened", &opening))
		return STATUS_UNDECIDED;
	taken = chk_census_take(places, &opening.how, census, &error);
	opening_end(&opening);
	return taken ? STATUS_TRUSTED : complain_error("stores", &error);
}

enum exit_status machine_ask(const struct options *options,
			     const struct chk_target *target,
			     const struct chk_presented *presented,
			     const struct chk_question *question,
			     const struct chk_places *places,
			     struct chk_where **where)
{
	struct opening opening;
	struct chk_error error;
	bool asked;

	if (!opening_begin(options, "stores asked", &opening))
		return STATUS_UNDECIDED;
	asked = chk_where_ask(target, presented, question, places,
			      &opening.how, where, &error);
	opening_end(&opening);
	return asked ? STATUS_TRUSTED : complain_error("where", &error);
}

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	const struct chk_write_options how = {
		.colour = look.colour,
		.width = look.columns,
		.verbose = options->quiet ? -1 : options->verbose,
	};

	return chk_census_write(made, options->format, &how, text, error);
}

enum exit_status list_machine(const struct options *options)
{
	struct chk_places *places = NULL;
	struct chk_census *census = NULL;
	enum exit_status status;
	struct chk_error error;

	if (strcmp(options->format, "pem") == 0) {
		complain("--format", "'pem' writes one store; name it");
		return STATUS_USAGE;
	}
	if (!machine_find(options, &places, &error))
		return complain_error("stores", &error);
	status = take(options, places, &census);
	if (status == STATUS_TRUSTED)
		status = output_alone(options, "stores", make_text, census,
				      STATUS_TRUSTED);
	/* A root whose own directory cannot be read has told nothing. */
	if (chk_places_figures(places).directories == 0 &&
	    chk_places_count(places) == 0)
		status = worse_status(status, STATUS_UNDECIDED);
	chk_census_free(census);
	chk_places_free(places);
	return status;
}
