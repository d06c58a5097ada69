/* lib/store/certificate_aux.c: the trust of a TRUSTED CERTIFICATE block. */
#include "store/certificate_aux.h"

#include "store/purpose.h"

/* Every element an identifier? */
static bool check_list(const struct chk_der *outer, const struct chk_tlv *list)
{
	struct chk_der der = chk_der_inside(outer, list);
	struct chk_tlv oid;

	while (!chk_der_at_end(&der))
		if (!chk_der_expect(&der, CHK_DER_OID, "usage", &oid) ||
		    !chk_der_oid(&der, &oid))
			return false;
	return true;
}

/* An optional list; `list` keeps .data NULL where the tag is not next. */
static bool parse_list(struct chk_der *der, uint8_t tag,
		       struct chk_bytes *list)
{
	struct chk_tlv tlv;

	if (chk_der_peek(der) != tag)
		return true;
	if (!chk_der_next(der, &tlv) || !check_list(der, &tlv))
		return false;
	*list = tlv.value;
	return true;
}

static bool skip(struct chk_der *der, uint8_t tag)
{
	struct chk_tlv tlv;

	return chk_der_peek(der) != tag || chk_der_next(der, &tlv);
}

bool chk_certificate_aux_parse(struct chk_der *der,
			       struct chk_certificate_aux *aux)
{
	struct chk_der inside;
	struct chk_tlv tlv;

	*aux = (struct chk_certificate_aux){ { NULL, 0 }, { NULL, 0 } };
	if (chk_der_at_end(der))
		return true;
	if (!chk_der_expect(der, CHK_DER_SEQUENCE, "CertAux", &tlv))
		return false;
	inside = chk_der_inside(der, &tlv);
	return parse_list(&inside, CHK_DER_SEQUENCE, &aux->trust) &&
	       parse_list(&inside, CHK_DER_CONTEXT_CONSTRUCTED(0),
			  &aux->reject) &&
	       skip(&inside, CHK_DER_UTF8_STRING) &&
	       skip(&inside, CHK_DER_OCTET_STRING) &&
	       skip(&inside, CHK_DER_CONTEXT_CONSTRUCTED(1)) &&
	       chk_der_end(&inside, "CertAux") && chk_der_end(der, "CertAux");
}

void chk_certificate_aux_apply(const struct chk_certificate_aux *aux,
			       struct chk_anchor *anchor)
{
	if (aux->reject.data)
		chk_usages_apply(aux->reject, CHK_TRUST_DISTRUSTED, anchor);
	if (aux->trust.data)
		chk_usages_apply(aux->trust, CHK_TRUST_TRUSTED, anchor);
	else
		chk_anchor_set(anchor, CHK_PURPOSE_ANY, CHK_TRUST_TRUSTED);
}
