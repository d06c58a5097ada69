/* lib/audit/crl.c: revocation lists that are to be deployed. */
#include "audit/audit.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "cert/pem.h"
#include "diagnosis/words.h"
#include "revocation/crl.h"

static void judge(struct chk_audit *audit, const struct chk_item *item,
		  const struct chk_crl *crl)
{
	const char *issuer = chk_words_name(audit->arena, crl->issuer);

	if (!crl->has_next_update)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_CRL_EXPIRED, item,
			      "the CRL of %s does not say when the next one "
			      "comes", issuer);
	else if (audit->at > crl->next_update)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_CRL_EXPIRED, item,
			      "the CRL of %s ended at %s: who checks it "
			      "refuses every certificate of that CA", issuer,
			      chk_words_when(audit->arena, crl->next_update));
}

/* The DER of an item: decoded anew where it is PEM. */
static bool judge_item(struct chk_audit *audit, const struct chk_item *item)
{
	CHK_CLEANUP(chk_cleanup_free) struct chk_crl *crl = NULL;
	struct chk_pem pem = chk_pem_begin(item->text);
	struct chk_pem_block block = { 0 };
	struct chk_bytes der = item->text;
	struct chk_error why = { 0 };

	if (item->line && chk_pem_next(&pem, &block))
		der = chk_bytes_of(block.data, block.size);
	if (der.data && chk_crl_parse(der, &crl, &why))
		judge(audit, item, crl);
	else if (why.code != CHK_ERROR_MEMORY)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_UNKNOWN, item,
			      "the CRL cannot be read: %s",
			      block.fault ? block.fault : why.what);
	free(block.data);
	return why.code != CHK_ERROR_MEMORY || chk_error_memory(audit->error);
}

bool chk_audit_crl(struct chk_audit *audit)
{
	for (size_t i = 0; i < audit->contents->count; i++) {
		if (audit->contents->items[i].kind == CHK_ITEM_CRL &&
		    !judge_item(audit, &audit->contents->items[i]))
			return false;
	}
	return true;
}
