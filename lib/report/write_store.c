/* lib/report/write_store.c: the formats of a store. */
#include "report/write_store.h"

#include "report/format_names.h"

static const char *const NAMES[] = { "text", "json", "csv", "pem", NULL };
static chk_store_writer *const WRITERS[] = {
	chk_write_store_text,
	chk_write_store_json,
	chk_write_store_csv,
	chk_write_store_pem,
};

static bool has_anchor(const struct chk_store *store, enum chk_purpose purpose)
{
	for (size_t i = 0; i < chk_store_count(store); i++)
		if (chk_pem_takes(chk_store_get(store, i), purpose))
			return true;
	return false;
}

bool chk_store_write(const struct chk_store *store, const char *format,
		     const struct chk_listing_options *options, char **text,
		     struct chk_error *error)
{
	static const struct chk_listing_options DEFAULTS = { 0 };
	struct chk_buffer buffer = { 0 };
	size_t i;

	*text = NULL;
	if (!options)
		options = &DEFAULTS;
	if (!chk_format_find(NAMES, format, "a store", &i, error))
		return false;
	/* An empty PEM file would be taken for a store. */
	if (WRITERS[i] == chk_write_store_pem &&
	    !has_anchor(store, options->purpose))
		return chk_error_set(error, CHK_ERROR_EMPTY,
				     chk_store_spec(store),
				     "nothing in it is trusted for %s",
				     chk_purpose_name(options->purpose));
	WRITERS[i](store, options, &buffer);
	return chk_format_end(&buffer, text, error);
}
