/* lib/audit/unknown.c: a file that holds nothing to be judged. */
#include "audit/audit.h"

#include "cert/looks.h"

static const char *const KINDS[CHK_ITEM_KINDS] = {
	[CHK_ITEM_REQUEST] = "a certificate request, which the CA answers "
			     "with the certificate",
	[CHK_ITEM_PARAMETERS] = "parameters of Diffie-Hellman or of a curve "
				"alone",
	[CHK_ITEM_OTHER] = "PEM of a kind that is none of certificates, keys "
			   "and CRLs",
};

void chk_audit_unknown(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;
	const char *looks = chk_looks_like(chk_bytes_of(contents->data,
							contents->size));
	const struct chk_item *first = contents->count ? &contents->items[0] :
							 NULL;

	/* A broken certificate is told by the judge of syntax. */
	if (contents->kinds[CHK_ITEM_CERT])
		return;
	if (first && KINDS[first->kind])
		looks = KINDS[first->kind];
	chk_audit_say(audit, CHK_FINDING_BUNDLE_UNKNOWN, first,
		      "%s holds no certificate, key or CRL that can be "
		      "read%s%s", audit->audited->path,
		      looks ? ": it looks like " : "", looks ? looks : "");
}
