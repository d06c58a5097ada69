/* lib/audit/contents.c: what stands in a file, piece by piece. */
#include "audit/contents.h"

#include "base/array.h"
#include "base/cleanup.h"
#include "base/error.h"
#include "base/map.h"
#include "base/text.h"
#include "cert/der.h"
#include "cert/pem.h"
#include "revocation/crl.h"

/* By the end of the label, the first that fits; all end in "". */
static const struct {
	const char *ending;
	enum chk_item_kind kind;
} LABELS[] = {
	{ "CERTIFICATE", CHK_ITEM_CERT },
	{ "PRIVATE KEY", CHK_ITEM_KEY },
	{ "CRL", CHK_ITEM_CRL },
	{ "CERTIFICATE REQUEST", CHK_ITEM_REQUEST },
	{ "PARAMETERS", CHK_ITEM_PARAMETERS },
	{ "PKCS7", CHK_ITEM_PKCS7 },
	{ "CMS", CHK_ITEM_PKCS7 },
	{ "", CHK_ITEM_OTHER },
};

static enum chk_item_kind kind_of(struct chk_bytes label)
{
	size_t row = 0;

	if (!label.size)
		return CHK_ITEM_OTHER;
	for (;; row++) {
		struct chk_bytes ending = chk_bytes_text(LABELS[row].ending);

		if (label.size >= ending.size &&
		    chk_bytes_equal(chk_bytes_skip(label, label.size -
							  ending.size),
				    ending))
			return LABELS[row].kind;
	}
}

static struct chk_item *add(struct chk_contents *contents,
			    enum chk_item_kind kind)
{
	struct chk_item *item;

	if (!chk_array_grow(&contents->items, contents->count,
			    &contents->room, sizeof(*contents->items)))
		return NULL;
	item = &contents->items[contents->count++];
	*item = (struct chk_item){ .kind = kind };
	contents->kinds[kind]++;
	return item;
}

static bool set_fault(struct chk_item *item, const char *fault, uint32_t line)
{
	item->fault = chk_text_escaped(fault);
	item->fault_line = line;
	return item->fault != NULL;
}

/* OpenSSL's has behind the certificate what it is trusted for. */
static struct chk_bytes first_element(struct chk_bytes der)
{
	struct chk_der cursor = chk_der_begin(der, NULL);
	struct chk_tlv tlv;

	return chk_der_next(&cursor, &tlv) ? tlv.whole : der;
}

static bool read_cert(struct chk_contents *contents, struct chk_item *item,
		      struct chk_bytes der, struct chk_error *error)
{
	struct chk_error why;

	if (chk_cert_parse(item->trusted_label ? first_element(der) : der,
			   &item->cert, &why)) {
		contents->certs++;
		return true;
	}
	return (why.code != CHK_ERROR_MEMORY &&
		set_fault(item, why.what, item->line)) ||
	       chk_error_memory(error);
}

static bool read_block(struct chk_contents *contents, const uint8_t *above,
		       const struct chk_pem *behind,
		       const struct chk_pem_block *block,
		       struct chk_error *error)
{
	const uint8_t *at = contents->data + block->offset;
	struct chk_item *item = add(contents, kind_of(block->label));

	if (!item)
		return chk_error_memory(error);
	item->line = block->line;
	item->above = chk_bytes_of(above, (size_t)(at - above));
	item->text = chk_bytes_of(at, (size_t)(behind->rest.data - at));
	item->trusted_label = chk_bytes_begin_with(block->label, "TRUSTED ");
	if (block->fault)
		return set_fault(item, block->fault, block->fault_line) ||
		       chk_error_memory(error);
	return item->kind != CHK_ITEM_CERT ||
	       read_cert(contents, item,
			 chk_bytes_of(block->data, block->size), error);
}

static bool read_pem(struct chk_contents *contents, struct chk_error *error)
{
	struct chk_pem pem = chk_pem_begin(chk_bytes_of(contents->data,
							contents->size));
	const uint8_t *above = pem.rest.data;
	struct chk_pem_block block;

	contents->pem = true;
	while (chk_pem_next(&pem, &block)) {
		bool ok = read_block(contents, above, &pem, &block, error);

		free(block.data);
		if (!ok)
			return false;
		above = pem.rest.data;
	}
	return true;
}

/* A key in DER is for the reader of keys to find. */
static bool read_der(struct chk_contents *contents, struct chk_error *error)
{
	struct chk_bytes der = chk_bytes_of(contents->data, contents->size);
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	CHK_CLEANUP(chk_cleanup_free) struct chk_crl *crl = NULL;
	struct chk_error why;

	if (chk_cert_parse(der, &cert, &why)) {
		if (!chk_contents_add(contents, cert, NULL, error))
			return false;
		contents->items[0].text = der;
		return true;
	}
	if (why.code != CHK_ERROR_MEMORY && chk_crl_parse(der, &crl, &why)) {
		struct chk_item *item = add(contents, CHK_ITEM_CRL);

		if (!item)
			return chk_error_memory(error);
		item->text = der;
		return true;
	}
	return why.code != CHK_ERROR_MEMORY || chk_error_memory(error);
}

/* Which certificates are there twice; found by their bytes. */
static bool mark_again(struct chk_contents *contents, struct chk_error *error)
{
	struct chk_map seen = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < contents->count; i++) {
		struct chk_item *item = &contents->items[i];
		size_t cursor = 0;
		uint32_t other;
		uint64_t hash;

		if (!item->cert)
			continue;
		hash = chk_bytes_hash(item->cert->der);
		while (chk_map_find(&seen, hash, &cursor, &other))
			item->again |= chk_bytes_equal(
				contents->items[other].cert->der,
				item->cert->der);
		ok = item->again || chk_map_add(&seen, hash, (uint32_t)i);
	}
	chk_map_clear(&seen);
	return ok || chk_error_memory(error);
}

bool chk_contents_read(struct chk_contents *contents, struct chk_error *error)
{
	struct chk_bytes all = chk_bytes_of(contents->data, contents->size);
	bool ok = chk_pem_is(all) ? read_pem(contents, error) :
				    read_der(contents, error);

	return ok && mark_again(contents, error);
}

bool chk_contents_add(struct chk_contents *contents,
		      const struct chk_cert *cert, const char *alias,
		      struct chk_error *error)
{
	struct chk_item *item = add(contents, CHK_ITEM_CERT);

	if (!item)
		return chk_error_memory(error);
	item->cert = chk_cert_ref(cert);
	contents->certs++;
	if (!alias)
		return true;
	item->alias = chk_text_escaped(alias);
	return item->alias || chk_error_memory(error);
}

const struct chk_item *chk_contents_find(const struct chk_contents *contents,
					 const struct chk_cert *cert)
{
	for (size_t i = contents->count; cert && i-- > 0;) {
		const struct chk_item *item = &contents->items[i];

		if (item->cert && chk_bytes_equal(item->cert->der, cert->der))
			return item;
	}
	return NULL;
}

struct chk_bytes chk_contents_key(const struct chk_contents *contents)
{
	for (size_t i = 0; i < contents->count; i++) {
		if (contents->items[i].kind == CHK_ITEM_KEY)
			return contents->items[i].text;
	}
	return chk_bytes_of(contents->data, contents->size);
}

void chk_contents_clear(struct chk_contents *contents)
{
	for (size_t i = 0; i < contents->count; i++) {
		chk_cert_unref(contents->items[i].cert);
		free(contents->items[i].alias);
		free(contents->items[i].fault);
	}
	free(contents->items);
	if (contents->data) /* there may be a key in it */
		explicit_bzero(contents->data, contents->size);
	free(contents->data);
	*contents = (struct chk_contents){ 0 };
}
