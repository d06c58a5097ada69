/* lib/audit/syntax.c: PEM that some programs read and others do not. */
#include "audit/audit.h"

static void judge_broken(struct chk_audit *audit, const struct chk_item *item)
{
	if (!item->fault || item->kind == CHK_ITEM_KEY)
		return;
	chk_audit_say(audit, CHK_FINDING_BUNDLE_SYNTAX, item,
		      "line %u: %s", (unsigned)item->line, item->fault);
}

bool chk_audit_syntax(struct chk_audit *audit)
{
	for (size_t i = 0; i < audit->contents->count; i++)
		judge_broken(audit, &audit->contents->items[i]);
	return true;
}
