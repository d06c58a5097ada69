/*
 * lib/report/difference_json.c: a difference as JSON;
 * doc/difference.schema.json has it.
 */
#include "report/write_difference.h"

#include "base/cleanup.h"
#include "report/cert_json.h"
#include "report/trust_words.h"
#include "store/store.h"

static void write_purposes(struct chk_json *json, unsigned purposes)
{
	chk_json_array(json, "purposes");
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++)
		if (purposes & 1u << i)
			chk_json_text(json, NULL,
				      chk_purpose_name((enum chk_purpose)i));
	chk_json_end_array(json);
}

static void write_date(struct chk_json *json, const char *name, int64_t date)
{
	if (date == INT64_MAX)
		chk_json_null(json, name);
	else
		chk_json_time(json, name, date);
}

static void write_side(struct chk_json *json, const char *name,
		       const struct chk_store_change *change,
		       enum chk_side side, enum chk_purpose purpose)
{
	chk_json_object(json, name);
	chk_json_text(json, "trust", chk_say_trust(
			chk_store_change_trust(change, side, purpose)));
	write_date(json, "distrust_after",
		   chk_store_change_distrust_after(change, side, purpose));
	chk_json_end_object(json);
}

static void write_trust(struct chk_json *json,
			const struct chk_store_change *change)
{
	chk_json_array(json, "trust");
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		enum chk_purpose purpose = (enum chk_purpose)i;

		if (!(change->purposes & 1u << i))
			continue;
		chk_json_object(json, NULL);
		chk_json_text(json, "purpose", chk_purpose_name(purpose));
		write_side(json, "before", change, CHK_SIDE_BEFORE, purpose);
		write_side(json, "after", change, CHK_SIDE_AFTER, purpose);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}

static void write_blocked(struct chk_json *json,
			  const struct chk_store_change *change)
{
	if (!change->issuer) {
		chk_json_null(json, "blocked");
		return;
	}
	chk_json_object(json, "blocked");
	chk_json_text(json, "issuer", change->issuer);
	chk_json_hex(json, "serial", change->serial);
	chk_json_text(json, "source", change->where);
	chk_json_end_object(json);
}

static void write_change(struct chk_json *json,
			 const struct chk_store_change *change)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer words = { 0 };

	chk_say_change(&words, change);
	json->buffer->failed |= words.failed;
	chk_json_object(json, NULL);
	chk_json_text(json, "kind", chk_store_change_name(change->kind));
	chk_json_text(json, "code", chk_say_change_code(change->kind));
	chk_json_text(json, "message", words.data);
	write_purposes(json, change->purposes);
	chk_json_anchor(json, "before", change->before);
	chk_json_anchor(json, "after", change->after);
	write_blocked(json, change);
	write_trust(json, change);
	chk_json_number(json, "constraints", (int64_t)change->constraints);
	chk_json_end_object(json);
}

static void write_carry(struct chk_json *json, const char *name,
			enum chk_carry carry)
{
	static const char *const WORDS[] = {
		[CHK_CARRIES_NO] = "no",
		[CHK_CARRIES_SOME] = "some",
		[CHK_CARRIES_YES] = "yes",
	};

	chk_json_text(json, name, WORDS[carry]);
}

static void write_carries(struct chk_json *json,
			  const struct chk_carries *carries)
{
	if (!carries) {
		chk_json_null(json, "carries");
		return;
	}
	chk_json_object(json, "carries");
	write_carry(json, "purposes", carries->purposes);
	write_carry(json, "distrust", carries->distrust);
	write_carry(json, "distrust_after", carries->distrust_after);
	write_carry(json, "constraints", carries->constraints);
	chk_json_end_object(json);
}

static void write_store(struct chk_json *json, const char *name,
			const struct chk_difference *difference,
			enum chk_side side)
{
	const struct chk_store *store = chk_difference_store(difference, side);
	const char *format = chk_store_format(store);

	chk_json_object(json, name);
	chk_json_text(json, "spec", chk_store_spec(store));
	chk_json_text(json, "format", format);
	chk_json_number(json, "certificates", (int64_t)chk_store_count(store));
	chk_json_number(json, "unstated", (int64_t)chk_difference_unstated(
			difference, side));
	write_carries(json, chk_format_carries(format));
	chk_json_notes(json, "notes", store->notes, store->note_count);
	chk_json_end_object(json);
}

static void write_counts(struct chk_json *json,
			 const struct chk_difference *difference)
{
	chk_json_object(json, "counts");
	chk_json_number(json, "same",
			(int64_t)chk_difference_same(difference));
	for (size_t i = 0; i < CHK_CHANGE_COUNT; i++) {
		enum chk_change_kind kind = (enum chk_change_kind)i;

		chk_json_number(json, chk_store_change_name(kind),
				(int64_t)chk_difference_kind_count(difference,
								   kind));
	}
	chk_json_end_object(json);
}

void chk_write_difference_json(const struct chk_difference *difference,
			       const struct chk_difference_options *options,
			       struct chk_buffer *buffer)
{
	struct chk_json json = { .buffer = buffer };
	size_t count = chk_difference_count(difference);

	chk_json_object(&json, NULL);
	chk_json_text(&json, "schema", "chaincheck.difference/1");
	chk_json_bool(&json, "equal", count == 0);
	write_store(&json, "before", difference, CHK_SIDE_BEFORE);
	write_store(&json, "after", difference, CHK_SIDE_AFTER);
	write_counts(&json, difference);
	chk_json_array(&json, "changes");
	for (size_t i = 0; i < count; i++)
		write_change(&json, chk_difference_get(difference, i));
	chk_json_end_array(&json);
	chk_json_end_object(&json);
	chk_buffer_text(buffer, "\n");
}
