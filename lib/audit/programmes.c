/* lib/audit/programmes.c: what public programmes say of an anchor, and a
 * file cannot repeat. */
#include "audit/audit.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "diagnosis/words.h"
#include "supply/known.h"

/* A list of those who refuse is no programme that trusts. */
static bool trusts(const struct chk_known_span *span)
{
	return strcmp(span->id, "microsoft-blocked") != 0;
}

/* Nobody holds it any more: who did, and until when. */
static void judge_dropped(struct chk_audit *audit, const struct chk_item *item,
			  const struct chk_known_cert *known)
{
	CHK_CLEANUP(chk_buffer_clear) struct chk_buffer who = { 0 };
	struct chk_known_span span;

	for (size_t i = 0; chk_known_span(audit->question->known, known, i,
					  &span); i++) {
		if (!trusts(&span))
			continue;
		if (span.until > audit->at)
			return;
		chk_buffer_format(&who, "%s%s until %s", who.size ? ", " : "",
				  span.programme,
				  chk_words_day(audit->arena, span.until));
	}
	if (who.size)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_DISTRUSTED, item,
			      "no public programme holds %s any more (%s)",
			      chk_words_cert(audit->arena, item->cert),
			      who.data);
}

/* It is trusted for what began before a day, which only some stores can say. */
static void judge_date(struct chk_audit *audit, const struct chk_item *item,
		       const struct chk_known_cert *known)
{
	struct chk_known_span span;

	for (size_t i = 0; chk_known_span(audit->question->known, known, i,
					  &span); i++) {
		if (span.distrust_after == INT64_MAX ||
		    span.until <= audit->at)
			continue;
		chk_audit_say(audit, CHK_FINDING_DISTRUST_LOST, item,
			      "%s trusts %s for no server's certificate that "
			      "begins after %s; this file cannot say so, and "
			      "who reads it trusts all of them",
			      span.programme,
			      chk_words_cert(audit->arena, item->cert),
			      chk_words_day(audit->arena, span.distrust_after));
		return;
	}
}

void chk_audit_programmes(struct chk_audit *audit, const struct chk_item *item)
{
	struct chk_known_cert known;

	if (!audit->question->known ||
	    !chk_known_find(audit->question->known, item->cert, &known) ||
	    !known.root)
		return;
	judge_dropped(audit, item, &known);
	judge_date(audit, item, &known);
}
