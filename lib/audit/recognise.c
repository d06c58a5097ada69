/* lib/audit/recognise.c: what a file is, by what stands in it. */
#include "audit/audit.h"

/* Chains are shorter; with more it is a collection. */
#define CHAIN_MAX 10

static const char *const NAMES[CHK_BUNDLE_COUNT] = {
	[CHK_BUNDLE_UNKNOWN] = "unknown",
	[CHK_BUNDLE_SERVER] = "server",
	[CHK_BUNDLE_CA] = "ca-bundle",
	[CHK_BUNDLE_KEYSTORE] = "keystore",
	[CHK_BUNDLE_CERTIFICATE] = "certificate",
	[CHK_BUNDLE_KEY] = "key",
	[CHK_BUNDLE_CRL] = "crl",
};

const char *chk_bundle_name(enum chk_bundle bundle)
{
	return (size_t)bundle < CHK_COUNT(NAMES) ? NAMES[bundle] :
						   NAMES[CHK_BUNDLE_UNKNOWN];
}

bool chk_bundle_find(const char *name, enum chk_bundle *bundle)
{
	static const enum chk_bundle JUDGED[] = {
		CHK_BUNDLE_SERVER, CHK_BUNDLE_CA, CHK_BUNDLE_KEYSTORE,
	};

	for (size_t i = 0; i < CHK_COUNT(JUDGED); i++) {
		if (strcmp(NAMES[JUDGED[i]], name) != 0)
			continue;
		*bundle = JUDGED[i];
		return true;
	}
	return false;
}

/*
 * A root of version 1 has no basicConstraints either. One with names of hosts
 * that says it is a CA was made by `openssl req -x509` for a server.
 */
bool chk_audit_is_leaf(const struct chk_cert *cert)
{
	if (cert->basic_constraints.ca)
		return chk_cert_is_root(cert) && cert->alt_names.present;
	return cert->version == 3 || !chk_cert_is_root(cert);
}

/* What decides, counted; what stands there twice counts once. */
struct count {
	size_t certs, leaves;
	const struct chk_cert *first, *leaf;
};

static struct count count_certs(const struct chk_contents *contents)
{
	struct count count = { 0 };

	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_item *item = &contents->items[i];

		if (!item->cert || item->again)
			continue;
		if (!count.first)
			count.first = item->cert;
		count.certs++;
		if (!chk_audit_is_leaf(item->cert))
			continue;
		count.leaves++;
		count.leaf = item->cert;
	}
	return count;
}

static bool has_issuer(const struct chk_contents *contents,
		       const struct chk_cert *cert)
{
	for (size_t i = 0; i < contents->count; i++) {
		const struct chk_cert *other = contents->items[i].cert;

		if (other && other != cert &&
		    !chk_bytes_equal(other->der, cert->der) &&
		    chk_cert_names_match(cert, other))
			return true;
	}
	return false;
}

/* One leaf, with which the file begins or whose issuer is in it. */
static bool is_chain(const struct chk_contents *contents,
		     const struct count *count)
{
	return count->leaves == 1 && count->certs <= CHAIN_MAX &&
	       (count->leaf == count->first ||
		has_issuer(contents, count->leaf));
}

enum chk_bundle chk_audit_recognise(const struct chk_contents *contents,
				    const struct chk_audit_question *question)
{
	struct count count = count_certs(contents);
	bool keys = contents->kinds[CHK_ITEM_KEY] > 0;

	if (count.certs == 0) {
		if (keys)
			return CHK_BUNDLE_KEY;
		return contents->kinds[CHK_ITEM_CRL] ? CHK_BUNDLE_CRL :
						       CHK_BUNDLE_UNKNOWN;
	}
	if (question->key || (keys && count.leaves > 0))
		return CHK_BUNDLE_SERVER;
	if (count.certs == 1 && contents->certs == 1 && !keys)
		return CHK_BUNDLE_CERTIFICATE;
	return is_chain(contents, &count) ? CHK_BUNDLE_SERVER : CHK_BUNDLE_CA;
}
