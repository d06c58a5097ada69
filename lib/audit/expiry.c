/* lib/audit/expiry.c: what ends soon; what has ended is for the judges. */
#include "audit/audit.h"

#include "diagnosis/words.h"

#define DAY 86400

void chk_audit_expiry(struct chk_audit *audit, const struct chk_item *item)
{
	const struct chk_audit_question *question = audit->question;
	const struct chk_cert *cert = item->cert;
	int64_t left = cert->not_after - audit->at;
	bool critical = left < question->critical_days * DAY;
	struct chk_finding_node *node;

	if (left < 0 || (!critical && left >= question->warning_days * DAY))
		return;
	node = chk_audit_say(audit, CHK_FINDING_BUNDLE_EXPIRING, item,
			     "%s ends in %s, at %s",
			     chk_words_cert(audit->arena, cert),
			     chk_words_between(audit->arena, audit->at,
					       cert->not_after),
			     chk_words_when(audit->arena, cert->not_after));
	if (node && critical)
		node->finding.severity = CHK_SEVERITY_ERROR;
}
