/* lib/diagnosis/sent.c: what of a chain is on a path, and what is not. */
#include "diagnosis/sent.h"

#include "cert/dn.h"

static bool find_on_path(const struct chk_path *path,
			 const struct chk_cert *cert, size_t *index)
{
	for (size_t i = 0; i < path->count; i++) {
		if (chk_bytes_equal(path->links[i].cert->der, cert->der)) {
			*index = i;
			return true;
		}
	}
	return false;
}

static bool was_sent_before(const struct chk_sent *sent, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (chk_bytes_equal(sent[j].cert->der, sent[i].cert->der))
			return true;
	}
	return false;
}

size_t chk_sent_list(const struct chk_chain *chain,
		     const struct chk_path *path,
		     struct chk_sent sent[CHK_SENT_MAX])
{
	size_t count = chain->count < CHK_SENT_MAX ? chain->count :
						     CHK_SENT_MAX;

	for (size_t i = 0; i < count; i++) {
		sent[i] = (struct chk_sent){ .cert = chain->items[i].cert };
		sent[i].again = was_sent_before(sent, i);
		sent[i].on_path = find_on_path(path, sent[i].cert,
					       &sent[i].index);
	}
	return count;
}

/*
 * Another certificate of an issuer on the path, of the same key: a cross-
 * certificate for clients with other anchors. Once it has expired it helps
 * nobody.
 */
static bool helps_others(const struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_cert *cert)
{
	if (inquiry->at > cert->not_after || inquiry->at < cert->not_before)
		return false;
	for (size_t i = 1; i < path->count; i++) {
		const struct chk_cert *link = path->links[i].cert;

		if (chk_bytes_equal(cert->spki, link->spki) &&
		    chk_dn_match(cert->subject, link->subject))
			return true;
	}
	return false;
}

bool chk_sent_is_related(const struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_sent *sent, size_t count, size_t i)
{
	if (sent[i].on_path || helps_others(inquiry, path, sent[i].cert))
		return true;
	for (size_t j = 0; j < count; j++) {
		if (j != i && !sent[j].on_path &&
		    helps_others(inquiry, path, sent[j].cert) &&
		    chk_cert_names_match(sent[j].cert, sent[i].cert))
			return true;
	}
	return false;
}
