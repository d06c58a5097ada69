/* lib/diagnosis/where.c: one fetch, a search for each store of a machine. */
#include "diagnosis/where.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/error.h"
#include "base/text.h"
#include "diagnosis/report.h"
#include "fetch/target.h"

/* What a visit goes by. */
struct asking {
	const struct chk_target *target;
	const struct chk_presented *presented;
	struct chk_question question;
	struct chk_where *where;
	struct chk_error fault; /* of a question that could not be put */
};

static void item_clear(struct chk_where_item *item)
{
	chk_report_free(item->report);
	free(item->places);
}

void chk_where_free(struct chk_where *where)
{
	if (!where)
		return;
	for (size_t i = 0; i < where->count; i++)
		item_clear(&where->items[i]);
	free(where->items);
	free(where->peer);
	chk_census_free(where->census);
	free(where);
}

static void cleanup_where(struct chk_where **where)
{
	chk_where_free(*where);
}

static void cleanup_report(struct chk_report **report)
{
	chk_report_free(*report);
}

static void cleanup_memory(struct chk_memory **memory)
{
	chk_memory_free(*memory);
}

/* The answer of a report that was asked about one store. */
static struct chk_where_row row_of(const struct chk_report *report)
{
	const struct chk_finding *primary = chk_report_primary(report);
	const struct chk_store_view *store = chk_report_store(report, 0);
	struct chk_where_row row = {
		.verdict = chk_report_verdict(report),
		.code = primary ? primary->code : NULL,
		.message = primary ? primary->message : NULL,
	};

	if (!store)
		return row;
	row.lacks = store->lacks;
	/* Its certificate says the rest. */
	row.anchor.cert = store->anchor;
	row.until = store->until;
	return row;
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_same_cert(const struct chk_cert *a, const struct chk_cert *b)
{
	return a == b || (a && b && chk_bytes_equal(a->der, b->der));
}

static bool is_same_subject(const struct chk_subject *a,
			    const struct chk_subject *b)
{
	return is_same_text(a->name, b->name) &&
	       chk_bytes_equal(a->key_id, b->key_id) &&
	       is_same_cert(a->cert, b->cert);
}

static bool is_same_row(const struct chk_where_row *a,
			const struct chk_where_row *b)
{
	return a->set == b->set && a->verdict == b->verdict &&
	       is_same_text(a->code, b->code) &&
	       is_same_cert(a->anchor.cert, b->anchor.cert) &&
	       is_same_cert(a->until.cert, b->until.cert) &&
	       is_same_subject(&a->lacks, &b->lacks);
}

static bool add_place(struct chk_where_item *item, size_t place)
{
	if (!chk_array_grow(&item->places, item->view.place_count, &item->room,
			    sizeof(*item->places)))
		return false;
	item->places[item->view.place_count++] = place;
	item->view.places = item->places;
	return true;
}

/* Into the row that says the same, or a new one. */
static bool add_row(struct chk_where *where, struct chk_report **report,
		    size_t place, size_t set)
{
	struct chk_where_item item = { .view = row_of(*report) };

	item.view.set = set;
	for (size_t i = 0; i < where->count; i++) {
		if (is_same_row(&where->items[i].view, &item.view))
			return add_place(&where->items[i], place);
	}
	if (!chk_array_grow(&where->items, where->count, &where->room,
			    sizeof(item)) ||
	    !add_place(&item, place))
		return false;
	item.report = chk_steal(report);
	where->items[where->count++] = item;
	return true;
}

/*
 * Each place is asked by itself, though many hold the same set: dates and
 * constraints of what it trusts may differ. The signatures are remembered.
 */
static bool ask_one(void *visitor, size_t place, size_t set,
		    const struct chk_store *store)
{
	struct asking *asking = visitor;
	CHK_CLEANUP(cleanup_report) struct chk_report *report = NULL;
	struct chk_question question = asking->question;

	question.stores = &store;
	question.store_count = 1;
	return chk_diagnose(asking->target, asking->presented, &question,
			    &report, &asking->fault) &&
	       add_row(asking->where, &report, place, set);
}

static bool take(struct asking *asking, const struct chk_places *places,
		 const struct chk_census_options *options,
		 struct chk_error *error)
{
	struct chk_census_options how = *options;

	how.visit = ask_one;
	how.visitor = asking;
	if (chk_census_take(places, &how, &asking->where->census, error))
		return true;
	if (error && asking->fault.code)
		*error = asking->fault;
	return false;
}

static bool set_peer(struct chk_where *where, const struct chk_target *target)
{
	struct chk_buffer text = { 0 };
	bool socket = chk_is_socket(target->host);
	bool v6 = !socket && strchr(target->host, ':') && *target->host != '[';

	chk_buffer_text(&text, v6 ? "[" : "");
	chk_text_escape(&text, chk_bytes_text(target->host));
	if (!socket)
		chk_buffer_format(&text, "%s:%u", v6 ? "]" : "",
				  chk_target_port(target));
	where->peer = chk_buffer_steal(&text);
	return where->peer != NULL;
}

bool chk_where_ask(const struct chk_target *target,
		   const struct chk_presented *presented,
		   const struct chk_question *question,
		   const struct chk_places *places,
		   const struct chk_census_options *options,
		   struct chk_where **out, struct chk_error *error)
{
	static const struct chk_census_options NONE = { 0 };
	CHK_CLEANUP(cleanup_where) struct chk_where *where =
		calloc(1, sizeof(*where));
	CHK_CLEANUP(cleanup_memory) struct chk_memory *memory = NULL;
	struct asking asking = { target, presented, *question, where, { 0 } };

	*out = NULL;
	if (!where || !set_peer(where, target))
		return chk_error_memory(error);
	asking.question.others = NULL;
	asking.question.other_count = 0;
	/* Every store would be asked for its sources, and a row has no room. */
	asking.question.sources = false;
	if (!question->memory) {
		memory = chk_memory_new(0);
		asking.question.memory = memory;
	}
	if (!asking.question.memory)
		return chk_error_memory(error);
	if (!take(&asking, places, options ? options : &NONE, error))
		return false;
	*out = chk_steal(&where);
	return true;
}

const struct chk_census *chk_where_census(const struct chk_where *where)
{
	return where->census;
}

size_t chk_where_row_count(const struct chk_where *where)
{
	return where->count;
}

const struct chk_where_row *chk_where_row(const struct chk_where *where,
					  size_t i)
{
	return i < where->count ? &where->items[i].view : NULL;
}
