/* lib/report/trust_words.c: what a store says of a certificate, in words. */
#include "report/trust_words.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "base/when.h"
#include "diagnosis/finding.h"
#include "store/difference.h"

/* A day within the date of RFC 3339. */
enum { DAY_SIZE = 10 };

const char *chk_say_trust(enum chk_trust trust)
{
	static const char *const WORDS[] = {
		[CHK_TRUST_NOT_STATED] = "not-stated",
		[CHK_TRUST_TRUSTED] = "trusted",
		[CHK_TRUST_DISTRUSTED] = "distrusted",
	};

	return WORDS[trust];
}

void chk_say_purposes(struct chk_buffer *buffer, unsigned purposes)
{
	const char *between = "";

	if ((purposes & CHK_ALL_PURPOSES) == CHK_ALL_PURPOSES) {
		chk_buffer_text(buffer, "every purpose");
		return;
	}
	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		if (!(purposes & 1u << i))
			continue;
		chk_buffer_format(buffer, "%s%s", between,
				  chk_purpose_name((enum chk_purpose)i));
		between = ", ";
	}
}

void chk_say_day(struct chk_buffer *buffer, int64_t seconds)
{
	char text[CHK_WHEN_SIZE];

	chk_when_text(seconds, text);
	if (text[DAY_SIZE] == 'T')
		text[DAY_SIZE] = '\0';
	chk_buffer_text(buffer, text);
}

void chk_say_count(struct chk_buffer *buffer, size_t count,
		     const char *one, const char *many)
{
	chk_buffer_format(buffer, "%zu %s", count, count == 1 ? one : many);
}

const char *chk_say_change_code(enum chk_change_kind kind)
{
	if (kind != CHK_CHANGE_DISTRUST_LOST)
		return NULL;
	return chk_finding_facts(CHK_FINDING_DISTRUST_LOST)->code;
}

/* What a side says for one purpose. */
static void say_side(struct chk_buffer *buffer,
		     const struct chk_standing *standing, size_t purpose)
{
	unsigned bit = 1u << purpose;
	bool trusted = standing->trusted & bit;
	bool distrusted = standing->distrusted & bit;
	int64_t date = standing->distrust_after[purpose];

	if (trusted && distrusted)
		chk_buffer_text(buffer, "distrusted in one of its "
					"certificates, trusted in another");
	else if (trusted && date != CHK_NO_DATE) {
		chk_buffer_text(buffer, "trusted for what it issued until ");
		chk_say_day(buffer, date);
	} else if (trusted)
		chk_buffer_text(buffer, "trusted");
	else if (distrusted)
		chk_buffer_text(buffer, "distrusted");
	else if (standing->count)
		chk_buffer_text(buffer, "not trusted");
	else
		chk_buffer_text(buffer, "not there");
}

static void say_purpose(struct chk_buffer *buffer,
			const struct chk_change_row *row, size_t purpose)
{
	const struct chk_standing *before = &row->standing[CHK_SIDE_BEFORE];
	const struct chk_standing *after = &row->standing[CHK_SIDE_AFTER];

	if (row->view.kind != CHK_CHANGE_ADDED) {
		say_side(buffer, before, purpose);
		chk_buffer_text(buffer, " before");
	}
	if (row->view.kind == CHK_CHANGE_REMOVED)
		return;
	if (row->view.kind != CHK_CHANGE_ADDED)
		chk_buffer_text(buffer, ", ");
	say_side(buffer, after, purpose);
	chk_buffer_text(buffer, " now");
}

/* Purposes of which the same is said stand together. */
static void say_purposes(struct chk_buffer *buffer,
			 const struct chk_change_row *row)
{
	unsigned left = row->view.purposes & CHK_ALL_PURPOSES;

	for (size_t i = 0; left; i++) {
		CHK_CLEANUP(chk_buffer_clear) struct chk_buffer said = { 0 };
		unsigned alike = 0;

		if (!(left & 1u << i))
			continue;
		say_purpose(&said, row, i);
		for (size_t j = i; j < CHK_PURPOSE_ANY && !said.failed; j++) {
			CHK_CLEANUP(chk_buffer_clear)
			struct chk_buffer other = { 0 };

			say_purpose(&other, row, j);
			buffer->failed |= other.failed;
			if ((left & 1u << j) && !other.failed &&
			    strcmp(said.data, other.data) == 0)
				alike |= 1u << j;
		}
		chk_say_purposes(buffer, alike);
		chk_buffer_format(buffer, ": %s", said.data ? said.data : "");
		buffer->failed |= said.failed;
		left &= ~(alike | 1u << i);
		if (left)
			chk_buffer_text(buffer, "; ");
	}
}

static void say_key_id(struct chk_buffer *buffer,
		       const struct chk_anchor *anchor)
{
	struct chk_bytes id = chk_cert_key_id(chk_anchor_cert(anchor));

	if (id.size)
		chk_text_hex(buffer, id, ':');
	else
		chk_buffer_text(buffer, "none");
}

static void say_rekeyed(struct chk_buffer *buffer,
			const struct chk_store_change *change)
{
	chk_buffer_text(buffer, "the same name with another key: key id ");
	say_key_id(buffer, change->before);
	chk_buffer_text(buffer, " before, ");
	say_key_id(buffer, change->after);
	chk_buffer_text(buffer, " now");
}

static void say_renewed(struct chk_buffer *buffer,
			const struct chk_store_change *change)
{
	chk_buffer_text(buffer, "the same key in another certificate: valid "
				"until ");
	chk_say_day(buffer, chk_cert_not_after(
			chk_anchor_cert(change->before)));
	chk_buffer_text(buffer, " before, until ");
	chk_say_day(buffer, chk_cert_not_after(
			chk_anchor_cert(change->after)));
	chk_buffer_text(buffer, " now");
}

void chk_say_change(struct chk_buffer *buffer,
		      const struct chk_store_change *change)
{
	bool lost = change->kind == CHK_CHANGE_DISTRUST_LOST;

	if (change->issuer)
		chk_buffer_format(buffer, "refused by issuer and serial "
				  "number %s",
				  lost ? "before, and not now" :
					 "now, and not before");
	else if (change->kind == CHK_CHANGE_CONSTRAINTS_LOST) {
		chk_say_count(buffer, change->constraints, "constraint",
				"constraints");
		chk_buffer_text(buffer, " of the store on it before, and not "
					"now");
	} else if (change->kind == CHK_CHANGE_CONSTRAINTS) {
		chk_say_count(buffer, change->constraints, "constraint",
				"constraints");
		chk_buffer_text(buffer, " of the store on it now, not the "
					"same before");
	} else if (change->kind == CHK_CHANGE_REKEYED)
		say_rekeyed(buffer, change);
	else if (change->kind == CHK_CHANGE_RENEWED)
		say_renewed(buffer, change);
	else
		say_purposes(buffer, (const struct chk_change_row *)change);
}

void chk_say_carries(struct chk_buffer *buffer,
		       const struct chk_carries *carries)
{
	const struct {
		enum chk_carry carry;
		const char *what;
	} FACTS[] = {
		{ carries->purposes, "purposes" },
		{ carries->distrust, "distrust" },
		{ carries->distrust_after, "distrust-after dates" },
		{ carries->constraints, "constraints" },
	};
	const char *between = "; cannot say ";

	if (carries->how)
		chk_buffer_format(buffer, "; %s", carries->how);
	for (size_t i = 0; i < CHK_COUNT(FACTS); i++) {
		if (FACTS[i].carry != CHK_CARRIES_NO)
			continue;
		chk_buffer_format(buffer, "%s%s", between, FACTS[i].what);
		between = ", ";
	}
}
