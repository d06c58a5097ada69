/* cli/anchors.c: the anchors of one store. */
#include "config.h"

#include "anchors.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "complain.h"
#include "output.h"
#include "question.h"

/* What is lost belongs to a store, and to nobody's report. */
struct loss {
	const char *where;
};

static void tell_lost(void *user, const char *what)
{
	const struct loss *loss = user;

	complain(loss->where, "not carried over: %s", what);
}

static bool make_text(const void *made, const struct options *options,
		      struct output_look look, char **text,
		      struct chk_error *error)
{
	const struct chk_store *store = made;
	struct loss loss = { .where = chk_store_spec(store) };
	const struct chk_listing_options how = {
		.colour = look.colour,
		.width = look.columns,
		.verbose = options->verbose,
		.quiet = options->quiet,
		.at = options->at_set ? options->at : time(NULL),
		.purpose = options->purpose,
		.lost = tell_lost,
		.user = &loss,
	};

	return chk_store_write(store, options->format, &how, text, error);
}

enum exit_status list_anchors(const struct options *options, const char *spec)
{
	char *item = text_copy(spec, strlen(spec));
	const struct text_list specs = { &item, 1 };
	struct chk_store **stores;
	enum exit_status status;
	size_t count;

	if (options->usage != NULL) {
		free(item);
		complain("--purpose", "'%s' is no purpose that a store speaks "
			 "of", options->usage);
		return STATUS_USAGE;
	}
	status = stores_open(options, &specs, &stores, &count);
	if (status == STATUS_TRUSTED)
		status = output_alone(options, chk_store_spec(stores[0]),
				      make_text, stores[0], STATUS_TRUSTED);
	stores_close(stores, count);
	free(item);
	return status;
}
