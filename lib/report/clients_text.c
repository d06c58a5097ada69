/* lib/report/clients_text.c: the clients there are, for a person. */
#include "report/write_simulation.h"

#include "base/cleanup.h"
#include "report/page.h"

#define HANGING 31

static void write_client(struct chk_page *page,
			 const struct chk_client *client)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

	chk_buffer_text(&text, client->label);
	if (client->aliases)
		chk_buffer_format(&text, "; also %s", client->aliases);
	if (!chk_client_is_known(client))
		chk_buffer_text(&text, "; not simulated, what it offers is "
				"not known");
	if (page->verbose > 0)
		chk_buffer_format(&text, "; %s, %s", client->evidence,
				  client->source);
	chk_page_item(page, 2, client->id, HANGING - 5,
		      text.failed ? "" : text.data);
}

void chk_clients_text(const struct chk_write_options *options,
		      struct chk_buffer *buffer)
{
	struct chk_page page = {
		.buffer = buffer, .colour = options->colour,
		.width = options->width > 0 ? (size_t)options->width : 80,
		.verbose = options->verbose,
	};
	const struct chk_client *client;

	for (size_t i = 0; (client = chk_client_at(i)); i++)
		write_client(&page, client);
}
