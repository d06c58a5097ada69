/* lib/report/write_store.c: the table of a store's formats. */
#include "report/write_store.h"

#include "base/bytes.h"
#include "base/error.h"

static const struct format {
	const char *name;
	chk_store_writer *write;
	bool needs_anchor; /* an empty one would be taken for a store */
} FORMATS[] = {
	{ "text", chk_write_store_text, false },
	{ "json", chk_write_store_json, false },
	{ "csv", chk_write_store_csv, false },
	{ "pem", chk_write_store_pem, true },
};

static const struct format *find_format(const char *name)
{
	for (size_t i = 0; name && i < CHK_COUNT(FORMATS); i++)
		if (strcmp(name, FORMATS[i].name) == 0)
			return &FORMATS[i];
	return NULL;
}

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
	const struct format *found = find_format(format);
	struct chk_buffer buffer = { 0 };

	*text = NULL;
	if (!options)
		options = &DEFAULTS;
	if (!found)
		return chk_error_set(error, CHK_ERROR_ARGUMENT, format,
				     "no such format of a store; there are "
				     "text, json, csv and pem");
	if (found->needs_anchor && !has_anchor(store, options->purpose))
		return chk_error_set(error, CHK_ERROR_EMPTY,
				     chk_store_spec(store),
				     "nothing in it is trusted for %s",
				     chk_purpose_name(options->purpose));
	found->write(store, options, &buffer);
	*text = chk_buffer_steal(&buffer);
	return *text || chk_error_memory(error);
}
