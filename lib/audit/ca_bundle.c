/* lib/audit/ca_bundle.c: the anchors that a client will trust. */
#include "audit/audit.h"

#include "base/error.h"
#include "diagnosis/words.h"

static void judge_validity(struct chk_audit *audit,
			   const struct chk_item *item)
{
	const struct chk_cert *cert = item->cert;

	if (audit->at > cert->not_after)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_EXPIRED, item,
			      "the anchor %s expired at %s: OpenSSL, GnuTLS "
			      "and Go refuse what it signed, Java takes it",
			      chk_words_cert(audit->arena, cert),
			      chk_words_when(audit->arena, cert->not_after));
}

static void judge_place(struct chk_audit *audit, const struct chk_item *item)
{
	const struct chk_cert *cert = item->cert;
	const char *name = chk_words_cert(audit->arena, cert);

	if (cert->version == 3 && !cert->basic_constraints.ca)
		chk_audit_say(audit, CHK_FINDING_BUNDLE_NOT_A_CA, item,
			      "%s is no CA (CA:FALSE, or no basicConstraints): "
			      "it is trusted as itself and for nothing that it "
			      "signs, and Android and iOS do not import it",
			      name);
	else if (!chk_cert_is_root(cert))
		chk_audit_say(audit, CHK_FINDING_BUNDLE_INTERMEDIATE, item,
			      "%s is an intermediate, issued by %s: OpenSSL "
			      "needs its root as well (error 2), and it ends "
			      "with the CA's next change", name,
			      chk_words_name(audit->arena, cert->issuer));
}

static void judge_keys(struct chk_audit *audit, const struct chk_item *item)
{
	chk_audit_say(audit, CHK_FINDING_BUNDLE_PRIVATE_KEY, item,
		      "a CA bundle holds a private key: who may read the "
		      "bundle has it");
}

bool chk_audit_ca_bundle(struct chk_audit *audit)
{
	const struct chk_contents *contents = audit->contents;

	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];

		if (item->kind == CHK_ITEM_KEY)
			judge_keys(audit, item);
		if (!item->cert)
			continue;
		if (item->again)
			chk_audit_say(audit, CHK_FINDING_BUNDLE_DUPLICATE,
				      item, "%s is there more than once",
				      chk_words_cert(audit->arena,
						     item->cert));
		if (item->again)
			continue;
		judge_validity(audit, item);
		judge_place(audit, item);
	}
	return true;
}
