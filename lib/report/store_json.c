/* lib/report/store_json.c: a store as JSON; doc/store.schema.json has it. */
#include "report/write_store.h"

#include "base/cleanup.h"
#include "cert/dn.h"
#include "cert/oid.h"
#include "report/anchor_facts.h"
#include "report/cert_json.h"
#include "report/trust_words.h"
#include "store/constraints.h"

static void write_trust(struct chk_json *json, const struct chk_anchor *anchor)
{
	chk_json_array(json, "trust");
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		int64_t date = anchor->distrust_after[i];

		chk_json_object(json, NULL);
		chk_json_text(json, "purpose",
			      chk_purpose_name((enum chk_purpose)i));
		chk_json_text(json, "trust", chk_say_trust(anchor->trust[i]));
		if (date == CHK_NO_DATE)
			chk_json_null(json, "distrust_after");
		else
			chk_json_time(json, "distrust_after", date);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_constraints(struct chk_json *json,
			      const struct chk_anchor *anchor)
{
	chk_json_array(json, "constraints");
	for (size_t i = 0; i < anchor->stapled_count; i++) {
		const struct chk_stapled *stapled = &anchor->stapled[i];
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer oid = { 0 };

		if (chk_stapled_is_usage(stapled))
			continue;
		chk_oid_dotted(&oid, stapled->oid);
		json->buffer->failed |= oid.failed;
		chk_json_object(json, NULL);
		chk_json_text(json, "oid", oid.data);
		chk_json_bool(json, "critical", stapled->critical);
		chk_json_hex(json, "value", stapled->value);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_anchor(struct chk_json *json, const struct chk_anchor *anchor,
			 int64_t at)
{
	struct chk_anchor_facts facts = chk_anchor_look(anchor, at);

	chk_json_object(json, NULL);
	chk_json_cert_members(json, anchor->cert);
	chk_json_text(json, "source", chk_anchor_where(anchor, 0));
	chk_json_texts(json, "places", (const char *const *)anchor->where,
		       anchor->where_count);
	chk_json_text(json, "state", chk_anchor_state_name(facts.state));
	write_trust(json, anchor);
	write_constraints(json, anchor);
	chk_json_texts(json, "codes", facts.codes, facts.code_count);
	chk_json_end_object(json);
}

static void write_blocked(struct chk_json *json, const struct chk_store *store)
{
	chk_json_array(json, "blocked");
	for (size_t i = 0; i < store->blocked_count; i++) {
		const struct chk_blocked *blocked = &store->blocked[i];
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer issuer = { 0 };

		chk_buffer_text(&issuer, "");
		chk_dn_text(&issuer, blocked->issuer);
		json->buffer->failed |= issuer.failed;
		chk_json_object(json, NULL);
		chk_json_text(json, "issuer", issuer.data);
		chk_json_hex(json, "serial", blocked->serial);
		chk_json_text(json, "source", blocked->where);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_counts(struct chk_json *json, const struct chk_store *store,
			 const struct chk_listing_options *options)
{
	struct chk_listing_counts counts = chk_listing_count(store, options);

	chk_json_object(json, "counts");
	chk_json_number(json, "certificates", (int64_t)store->count);
	chk_json_number(json, "trusted", (int64_t)counts.trusted);
	chk_json_number(json, "distrusted", (int64_t)counts.distrusted);
	chk_json_number(json, "unstated", (int64_t)counts.unstated);
	chk_json_number(json, "expired", (int64_t)counts.expired);
	chk_json_number(json, "expiring", (int64_t)counts.expiring);
	chk_json_end_object(json);
}

static void write_traps(struct chk_json *json, const struct chk_store *store)
{
	chk_json_array(json, "traps");
	for (size_t i = 0; i < store->trap_count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "code", store->traps[i].code);
		chk_json_text(json, "where", store->traps[i].where);
		chk_json_text(json, "what", store->traps[i].what);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

void chk_write_store_json(const struct chk_store *store,
			  const struct chk_listing_options *options,
			  struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer };

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", "chaincheck.store/1");
	chk_json_text(&json, "spec", store->spec);
	chk_json_text(&json, "format", chk_store_format(store));
	chk_json_time(&json, "time", options->at);
	chk_json_text(&json, "purpose", chk_purpose_name(options->purpose));
	write_counts(&json, store, options);
	chk_json_array(&json, "anchors");
	for (size_t i = 0; i < store->count; i++)
		write_anchor(&json, store->anchors[i], options->at);
	chk_json_end_array(&json);
	write_blocked(&json, store);
	write_traps(&json, store);
	chk_json_notes(&json, "notes", store->notes, store->note_count);
	chk_json_end_object(&json);
	chk_buffer_text(buffer, "\n");
}
