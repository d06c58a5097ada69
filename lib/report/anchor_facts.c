/* lib/report/anchor_facts.c: what there is to say of an anchor by itself. */
#include "report/anchor_facts.h"

#include "cert/oid.h"
#include "diagnosis/finding.h"
#include "report/trust_words.h"
#include "store/constraints.h"
#include "store/store.h"

/* A store can staple thousands; these are enough for a line. */
#define CONSTRAINTS_MAX 8

static enum chk_anchor_state state_of(const struct chk_cert *cert, int64_t at)
{
	if (cert->not_after < at)
		return CHK_ANCHOR_EXPIRED;
	if (cert->not_before > at)
		return CHK_ANCHOR_NOT_YET;
	/* Both lie in the years 0 to 9999: the difference fits. */
	return cert->not_after - at < CHK_LISTING_SOON ? CHK_ANCHOR_EXPIRING :
							 CHK_ANCHOR_VALID;
}

/* A certificate of version 1 cannot say that it is a CA. */
static bool is_no_ca(const struct chk_cert *cert)
{
	return cert->version >= 3 && !(cert->basic_constraints.present &&
				       cert->basic_constraints.ca);
}

static void add_code(struct chk_anchor_facts *facts, enum chk_finding_id id)
{
	facts->codes[facts->code_count++] = chk_finding_facts(id)->code;
}

struct chk_anchor_facts chk_anchor_look(const struct chk_anchor *anchor,
					int64_t at)
{
	struct chk_anchor_facts facts = {
		.state = state_of(anchor->cert, at),
	};

	for (size_t i = 0; i < CHK_PURPOSE_ANY; i++) {
		if (anchor->trust[i] == CHK_TRUST_DISTRUSTED)
			facts.distrusted |= 1u << i;
		if (anchor->trust[i] != CHK_TRUST_TRUSTED)
			continue;
		facts.trusted |= 1u << i;
		if (anchor->distrust_after[i] != CHK_NO_DATE)
			facts.dated |= 1u << i;
	}
	for (size_t i = 0; i < anchor->stapled_count; i++)
		facts.constraints += !chk_stapled_is_usage(&anchor->stapled[i]);
	facts.leaf = facts.trusted && is_no_ca(anchor->cert);
	if (facts.trusted && facts.state == CHK_ANCHOR_EXPIRED)
		add_code(&facts, CHK_FINDING_EXPIRED_ANCHOR);
	if (facts.leaf)
		add_code(&facts, CHK_FINDING_LEAF_AS_ANCHOR);
	return facts;
}

const char *chk_anchor_state_name(enum chk_anchor_state state)
{
	static const char *const NAMES[] = {
		[CHK_ANCHOR_VALID] = "valid",
		[CHK_ANCHOR_EXPIRING] = "expiring",
		[CHK_ANCHOR_EXPIRED] = "expired",
		[CHK_ANCHOR_NOT_YET] = "not-yet-valid",
	};

	return NAMES[state];
}

struct chk_listing_counts
chk_listing_count(const struct chk_store *store,
		  const struct chk_listing_options *options)
{
	struct chk_listing_counts counts = { 0 };

	for (size_t i = 0; i < store->count; i++) {
		const struct chk_anchor *anchor = store->anchors[i];
		struct chk_anchor_facts facts = chk_anchor_look(anchor,
								options->at);
		enum chk_trust trust = chk_anchor_trust(anchor,
							options->purpose);

		counts.trusted += trust == CHK_TRUST_TRUSTED;
		counts.distrusted += trust == CHK_TRUST_DISTRUSTED;
		counts.unstated += !facts.trusted && !facts.distrusted;
		if (!facts.trusted)
			continue;
		counts.expired += facts.state == CHK_ANCHOR_EXPIRED;
		counts.expiring += facts.state == CHK_ANCHOR_EXPIRING;
	}
	return counts;
}

void chk_say_dates(struct chk_buffer *buffer, const struct chk_anchor *anchor,
		   unsigned dated)
{
	for (size_t i = 0; dated; i++) {
		unsigned alike = 0;

		if (!(dated & 1u << i))
			continue;
		for (size_t j = i; j < CHK_PURPOSE_ANY; j++)
			if ((dated & 1u << j) && anchor->distrust_after[j] ==
						 anchor->distrust_after[i])
				alike |= 1u << j;
		chk_say_purposes(buffer, alike);
		chk_buffer_text(buffer, " until ");
		chk_say_day(buffer, anchor->distrust_after[i]);
		dated &= ~alike;
		if (dated)
			chk_buffer_text(buffer, "; ");
	}
}

void chk_say_constraints(struct chk_buffer *buffer,
			 const struct chk_anchor *anchor)
{
	size_t said = 0;

	for (size_t i = 0; i < anchor->stapled_count; i++) {
		struct chk_bytes oid = anchor->stapled[i].oid;
		const char *name = chk_oid_name(chk_oid_find(oid));

		if (chk_stapled_is_usage(&anchor->stapled[i]))
			continue;
		if (said == CONSTRAINTS_MAX) {
			chk_buffer_text(buffer, " and more");
			return;
		}
		if (said++)
			chk_buffer_text(buffer, ", ");
		if (name)
			chk_buffer_text(buffer, name);
		else
			chk_oid_dotted(buffer, oid);
	}
}
