/* lib/fetch/offer.c: priorities of GnuTLS in words. */
#include "fetch/offer.h"

#include "base/buffer.h"

const char *chk_offer_version(const char *name, struct chk_arena *arena)
{
	return strncmp(name, "TLS", 3) == 0 ?
		       chk_arena_format(arena, "TLS %s", name + 3) :
		       chk_arena_text(arena, name);
}

static void add_versions(struct chk_buffer *text, gnutls_priority_t priorities,
			 struct chk_arena *arena)
{
	const unsigned *list;
	int count = gnutls_priority_protocol_list(priorities, &list);

	for (int i = 0; i < count; i++) {
		const char *name = gnutls_protocol_get_name(list[i]);
		const char *words = chk_offer_version(name ? name : "unknown",
						      arena);

		chk_buffer_format(text, "%s%s", i ? ", " : "",
				  words ? words : "");
	}
}

/* The numbers are of GnuTLS's table; some stand for no suite that it has. */
static void add_suites(struct chk_buffer *text, gnutls_priority_t priorities)
{
	unsigned number, count = 0;
	int status = 0;

	for (unsigned i = 0; status != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE;
	     i++) {
		status = gnutls_priority_get_cipher_suite_index(priorities, i,
								&number);
		count += status == 0;
	}
	chk_buffer_format(text, "; %u cipher suite%s", count,
			  count == 1 ? "" : "s");
}

static void add_groups(struct chk_buffer *text, gnutls_priority_t priorities)
{
	const unsigned *list;
	int count = gnutls_priority_group_list(priorities, &list);

	for (int i = 0; i < count; i++) {
		const char *name = gnutls_group_get_name(list[i]);

		chk_buffer_format(text, "%s%s", i ? ", " : "; groups ",
				  name ? name : "unknown");
	}
}

const char *chk_offer_text(gnutls_priority_t priorities,
			   struct chk_arena *arena)
{
	struct chk_buffer text = { 0 };
	const char *copy = NULL;

	add_versions(&text, priorities, arena);
	add_suites(&text, priorities);
	add_groups(&text, priorities);
	if (!text.failed)
		copy = chk_arena_text(arena, text.data);
	arena->failed |= text.failed;
	chk_buffer_clear(&text);
	return copy;
}
