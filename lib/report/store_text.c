/* lib/report/store_text.c: the anchors of a store for a person, as a table. */
#include "report/write_store.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "base/when.h"
#include "cert/dn.h"
#include "report/anchor_facts.h"
#include "report/page.h"
#include "report/trust_words.h"
#include "store/store.h"

/*
 * A row is indented by 2 and has a blank between its columns; of what is left
 * beside the date and the purposes, the subject has three parts of five.
 */
enum { WIDTH = 80, WIDTH_MIN = 60, INDENT = 2, HANGING = 4, DATE = 10,
       PURPOSES = 15, ONE_LINE = 1000000 };

/* Short enough for a column. */
static const char *const SHORT[CHK_PURPOSE_ANY] = {
	[CHK_PURPOSE_TLS_SERVER] = "server",
	[CHK_PURPOSE_TLS_CLIENT] = "client",
	[CHK_PURPOSE_EMAIL] = "email",
	[CHK_PURPOSE_CODE_SIGNING] = "code",
	[CHK_PURPOSE_TIME_STAMPING] = "time",
	[CHK_PURPOSE_OCSP_SIGNING] = "ocsp",
};

struct table {
	struct chk_page page;
	const struct chk_listing_options *options;
	size_t subject, place; /* columns */
};

static void put(struct chk_page *page, enum chk_tint tint,
		struct chk_buffer *text, size_t columns)
{
	size_t used;

	chk_page_shorten(text, columns);
	page->buffer->failed |= text->failed;
	if (text->failed || !text->data) {
		chk_page_spaces(page, columns + 1);
		return;
	}
	used = chk_page_columns(text->data, text->size);
	text->data[text->size] = '\0';
	chk_page_add(page, tint, text->data);
	chk_page_spaces(page, columns + 1 - (used < columns ? used : columns));
}

static void put_text(struct chk_page *page, const char *text, size_t columns)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer buffer = { 0 };

	chk_buffer_text(&buffer, text);
	put(page, CHK_TINT_STRONG, &buffer, columns);
}

/* The end of a place tells more than its beginning. */
static void put_place(struct chk_page *page, const char *place, size_t columns)
{
	struct chk_bytes rest = chk_bytes_text(place);
	uint32_t character;
	bool cut = false;
	size_t size;

	while (rest.size && chk_page_columns((const char *)rest.data,
					     rest.size) > columns - cut) {
		if (!chk_text_utf8(rest, &size, &character))
			size = 1;
		rest.data += size;
		rest.size -= size;
		cut = true;
	}
	if (cut)
		chk_page_add(page, CHK_TINT_PLAIN, "…");
	chk_page_add(page, CHK_TINT_PLAIN, (const char *)rest.data);
}

/* True: they fit, and need no line of their own. */
static bool say_purposes(struct chk_buffer *buffer,
			 const struct chk_anchor_facts *facts)
{
	size_t count = 0;

	if (!facts->trusted) {
		chk_buffer_text(buffer, facts->distrusted ? "DISTRUSTED" :
							    "nothing");
		return true;
	}
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++)
		if (facts->trusted & 1u << i)
			chk_buffer_format(buffer, "%s%s", count++ ? ", " : "",
					  SHORT[i]);
	if (count == CHK_PURPOSE_ANY)
		chk_buffer_clear(buffer);
	if (count == CHK_PURPOSE_ANY)
		chk_buffer_text(buffer, "all");
	if (buffer->size <= PURPOSES)
		return true;
	chk_buffer_clear(buffer);
	chk_buffer_format(buffer, "%zu of %d", count, CHK_PURPOSE_ANY);
	return false;
}

static void line(struct chk_page *page, enum chk_tint tint,
		 const struct chk_buffer *text)
{
	chk_page_spaces(page, HANGING);
	chk_page_flow(page, HANGING, "      ", tint,
		      text->data ? text->data : "");
	page->buffer->failed |= text->failed;
}

static void write_state(struct chk_page *page, const struct chk_anchor *anchor,
			enum chk_anchor_state state, int64_t at)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	int64_t to_go = anchor->cert->not_after - at;
	char distance[32];

	if (state == CHK_ANCHOR_VALID)
		return;
	if (state == CHK_ANCHOR_NOT_YET) {
		chk_buffer_text(&text, "NOT VALID YET, from ");
		chk_say_day(&text, anchor->cert->not_before);
	} else {
		bool expired = state == CHK_ANCHOR_EXPIRED;

		chk_when_distance(expired ? -to_go : to_go, distance,
				  sizeof(distance));
		chk_buffer_format(&text, expired ? "EXPIRED, %s ago" :
				  "EXPIRES SOON, in %s", distance);
	}
	line(page, state == CHK_ANCHOR_EXPIRED ? CHK_TINT_BAD :
						 CHK_TINT_DOUBT, &text);
}

/* What the store says of it that has no column. */
static void write_trust(struct chk_page *page, const struct chk_anchor *anchor,
			const struct chk_anchor_facts *facts, bool fits)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer trusted = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer distrusted = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer dates = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer constraints = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer leaf = { 0 };

	chk_buffer_text(&trusted, "trusted for ");
	chk_say_purposes(&trusted, facts->trusted);
	if (!fits)
		line(page, CHK_TINT_PLAIN, &trusted);
	chk_buffer_text(&distrusted, "DISTRUSTED for ");
	chk_say_purposes(&distrusted, facts->distrusted);
	/* What is distrusted for everything has a column for it. */
	if (facts->distrusted &&
	    (facts->trusted ||
	     facts->distrusted != (1u << CHK_PURPOSE_ANY) - 1))
		line(page, CHK_TINT_DOUBT, &distrusted);
	chk_buffer_text(&dates, "DISTRUST-AFTER: only what it issued for ");
	chk_say_dates(&dates, anchor, facts->dated);
	if (facts->dated)
		line(page, CHK_TINT_DOUBT, &dates);
	chk_buffer_text(&constraints, "constrained by the store: ");
	chk_say_constraints(&constraints, anchor);
	if (facts->constraints)
		line(page, CHK_TINT_PLAIN, &constraints);
	chk_buffer_text(&leaf, "NO CA: it stands for nothing but itself");
	if (facts->leaf)
		line(page, CHK_TINT_DOUBT, &leaf);
}

static void write_details(struct chk_page *page,
			  const struct chk_anchor *anchor)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer name = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer sha256 = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer key_id = { 0 };
	uint8_t digest[32];

	chk_buffer_text(&name, "subject ");
	chk_dn_text(&name, anchor->cert->subject);
	line(page, CHK_TINT_PLAIN, &name);
	chk_cert_sha256(anchor->cert, digest);
	chk_buffer_text(&sha256, "SHA-256 ");
	chk_text_hex(&sha256, chk_bytes_of(digest, sizeof(digest)), 0);
	line(page, CHK_TINT_PLAIN, &sha256);
	chk_buffer_text(&key_id, "key id ");
	chk_text_hex(&key_id, anchor->cert->key_id, ':');
	if (anchor->cert->key_id.size)
		line(page, CHK_TINT_PLAIN, &key_id);
	for (size_t i = 0; i < anchor->where_count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer where = { 0 };

		chk_buffer_format(&where, "in %s", anchor->where[i]);
		line(page, CHK_TINT_PLAIN, &where);
	}
}

static void write_row(struct table *table, const struct chk_anchor *anchor)
{
	int64_t at = table->options->at;
	struct chk_anchor_facts facts = chk_anchor_look(anchor, at);
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer subject = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer date = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer purposes = { 0 };
	struct chk_page *page = &table->page;
	bool fits;

	chk_dn_short(&subject, anchor->cert->subject);
	if (!subject.size)
		chk_buffer_text(&subject, "(empty name)");
	chk_say_day(&date, anchor->cert->not_after);
	fits = say_purposes(&purposes, &facts);
	chk_page_spaces(page, INDENT);
	put(page, CHK_TINT_PLAIN, &subject, table->subject);
	put(page, CHK_TINT_PLAIN, &date, DATE);
	put(page, facts.trusted ? CHK_TINT_PLAIN : CHK_TINT_DOUBT, &purposes,
	    PURPOSES);
	put_place(page, anchor->where[0], table->place);
	chk_page_line(page);
	if (facts.trusted)
		write_state(page, anchor, facts.state, at);
	write_trust(page, anchor, &facts, fits);
	if (page->verbose)
		write_details(page, anchor);
}

static void write_table(struct table *table, const struct chk_store *store)
{
	struct chk_page *page = &table->page;

	if (!store->count)
		return;
	chk_page_line(page);
	chk_page_spaces(page, INDENT);
	put_text(page, "subject", table->subject);
	put_text(page, "until", DATE);
	put_text(page, "trusted for", PURPOSES);
	chk_page_add(page, CHK_TINT_STRONG, "place");
	chk_page_line(page);
	for (size_t i = 0; i < store->count; i++)
		write_row(table, store->anchors[i]);
}

static void say_more(struct chk_buffer *buffer, size_t count, const char *what)
{
	if (count)
		chk_buffer_format(buffer, ", %zu %s", count, what);
}

static void write_head(struct chk_page *page, const struct chk_store *store,
		       const struct chk_listing_options *options)
{
	struct chk_listing_counts counts = chk_listing_count(store, options);
	const struct chk_carries *carries =
		chk_format_carries(chk_store_format(store));
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer format = { 0 };

	chk_buffer_format(&text, "%s: ", store->spec);
	chk_say_count(&text, store->count, "certificate", "certificates");
	chk_buffer_format(&text, ", %zu trusted for %s", counts.trusted,
			  chk_purpose_name(options->purpose));
	say_more(&text, counts.distrusted, "distrusted for it");
	say_more(&text, counts.unstated, "not trusted for anything");
	say_more(&text, counts.expired, "expired");
	say_more(&text, counts.expiring, "expiring within 90 days");
	chk_page_flow(page, 0, "", CHK_TINT_STRONG, text.data ? text.data : "");
	page->buffer->failed |= text.failed;
	if (options->quiet)
		return;
	chk_buffer_format(&format, "format %s", chk_store_format(store));
	if (carries)
		chk_say_carries(&format, carries);
	chk_page_spaces(page, INDENT);
	chk_page_flow(page, INDENT, "  ", CHK_TINT_PLAIN,
		      format.data ? format.data : "");
	page->buffer->failed |= format.failed;
}

static void write_blocked(struct chk_page *page, const struct chk_store *store)
{
	if (store->blocked_count)
		chk_page_heading(page, "Refused by issuer and serial number:");
	for (size_t i = 0; i < store->blocked_count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		chk_text_hex(&text, store->blocked[i].serial, 0);
		chk_buffer_text(&text, " of ");
		chk_dn_text(&text, store->blocked[i].issuer);
		chk_buffer_format(&text, ", %s", store->blocked[i].where);
		line(page, CHK_TINT_PLAIN, &text);
	}
}

static void write_remarks(struct chk_page *page, const struct chk_store *store)
{
	if (store->trap_count)
		chk_page_heading(page, "Not what it looks like:");
	for (size_t i = 0; i < store->trap_count; i++) {
		const struct chk_trap *trap = &store->traps[i];
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		chk_buffer_format(&text, "%s: %s (%s)", trap->where,
				  trap->what, trap->code);
		line(page, CHK_TINT_DOUBT, &text);
	}
	if (store->note_count)
		chk_page_heading(page, "Passed over:");
	for (size_t i = 0; i < store->note_count; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer text = { 0 };

		chk_buffer_format(&text, "%s: %s", store->notes[i].where,
				  store->notes[i].what);
		line(page, CHK_TINT_PLAIN, &text);
	}
}

void chk_write_store_text(const struct chk_store *store,
			  const struct chk_listing_options *options,
			  struct chk_buffer *buffer)
{
	struct table table = {
		.page = {
			.buffer = buffer,
			.colour = options->colour,
			.verbose = options->verbose,
			.width = options->quiet ? ONE_LINE :
				 options->width <= 0 ? WIDTH :
				 options->width < WIDTH_MIN ? WIDTH_MIN :
				 (size_t)options->width,
		},
		.options = options,
	};
	size_t left = table.page.width - INDENT - DATE - PURPOSES - 3;

	table.subject = left * 3 / 5;
	table.place = left - table.subject;
	write_head(&table.page, store, options);
	if (options->quiet)
		return;
	write_table(&table, store);
	write_blocked(&table.page, store);
	write_remarks(&table.page, store);
}
