/*
 * tests/fuzz/crl_fuzzer.c: any bytes as a CRL, and as a file of them. What was
 * read must hold together: slices inside the bytes, entries in order and found
 * by what they say.
 */
#include <stdlib.h>

#include "cert/dn.h"
#include "revocation/crls.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(const struct chk_crl *crl, struct chk_bytes part)
{
	const uint8_t *end = crl->der.data + crl->der.size;

	if (part.data && (part.data < crl->der.data || part.data > end ||
			  part.size > (size_t)(end - part.data)))
		abort();
}

static void check_slices(const struct chk_crl *crl)
{
	const struct chk_bytes parts[] = {
		crl->tbs, crl->issuer, crl->signature_algorithm,
		crl->signature, crl->number, crl->base, crl->authority.key_id,
		crl->authority.issuer, crl->authority.serial,
		crl->point.name.full, crl->point.name.relative,
		crl->unknown_critical,
	};

	for (size_t i = 0; i < CHK_COUNT(parts); i++)
		check_inside(crl, parts[i]);
	if (!chk_dn_check(crl->issuer, NULL) ||
	    chk_dn_hash(crl->issuer) != crl->issuer_hash)
		abort();
}

/* What stands behind the two headers of an entry. */
static struct chk_bytes serial_of(const struct chk_crl_entry *entry)
{
	struct chk_der der = chk_der_begin(chk_bytes_of(entry->at, 300), NULL);
	struct chk_tlv tlv = { 0 };

	if (entry->at[1] >= 0x80)
		der.rest.data += entry->at[1] & 0x7f;
	der.rest.data += 2;
	if (!chk_der_next(&der, &tlv))
		abort();
	return tlv.value;
}

static void check_entries(const struct chk_crl *crl)
{
	struct chk_revocation found;

	for (size_t i = 0; i < crl->entry_count; i++) {
		struct chk_bytes serial = serial_of(&crl->entries[i]);

		check_inside(crl, serial);
		if (!crl->entries[i].issuer &&
		    !chk_crl_find(crl, crl->issuer, serial, &found))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_bytes bytes = chk_bytes_of(data, size);
	struct chk_crls *crls = chk_crls_new();
	struct chk_error error = { 0 };
	bool read = chk_crls_read_bytes(crls, bytes, "input", &error);

	if (read != (chk_crls_count(crls) > 0) ||
	    read == (error.what[0] != '\0'))
		abort();
	for (size_t i = 0; i < crls->count; i++) {
		check_slices(crls->items[i].crl);
		check_entries(crls->items[i].crl);
	}
	chk_crls_free(crls);
	return 0;
}
