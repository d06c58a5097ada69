/*
 * tests/fuzz/cert_fuzzer.c: any bytes as a certificate, and as a file of
 * them. What was read must hold together: slices inside the bytes, names that
 * match themselves and hash alike, texts that can be printed.
 */
#include <stdlib.h>

#include "cert/cert.h"
#include "cert/dn.h"
#include "cert/extension.h"
#include "cert/general_name.h"
#include "cert/oid.h"
#include "fuzz/checks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_inside(const struct chk_cert *cert, struct chk_bytes part)
{
	const uint8_t *end = cert->der.data + cert->der.size;

	if (part.data && (part.data < cert->der.data || part.data > end ||
			  part.size > (size_t)(end - part.data)))
		abort();
}

static void check_slices(const struct chk_cert *cert)
{
	const struct chk_bytes parts[] = {
		cert->tbs, cert->serial, cert->issuer, cert->subject,
		cert->spki, cert->key.point,
		cert->signature_algorithm, cert->signature, cert->extensions,
		cert->key_id, cert->authority.key_id, cert->authority.issuer,
		cert->authority.serial, cert->alt_names.value,
		cert->ext_key_usage.value, cert->name_constraints.value,
		cert->unknown_critical, chk_cert_ca_issuers(cert),
	};

	for (size_t i = 0; i < CHK_COUNT(parts); i++)
		check_inside(cert, parts[i]);
}

static void check_text(struct chk_buffer *text)
{
	check_printable(chk_bytes_of(text->data, text->size));
	chk_buffer_clear(text);
}

static void check_name(struct chk_bytes name, uint64_t hash)
{
	struct chk_buffer text = { 0 };

	if (!chk_dn_check(name, NULL) || !chk_dn_match(name, name) ||
	    !chk_dn_is_within(name, name) || chk_dn_hash(name) != hash)
		abort();
	chk_dn_text(&text, name);
	check_text(&text);
	chk_dn_short(&text, name);
	check_text(&text);
}

static void check_alt_names(const struct chk_cert *cert)
{
	struct chk_der names = chk_der_begin(cert->alt_names.value, NULL);
	struct chk_general_name name;
	struct chk_tlv tlv;

	if (!cert->alt_names.present)
		return;
	if (!chk_der_next(&names, &tlv))
		abort();
	names = chk_der_inside(&names, &tlv);
	while (!chk_der_at_end(&names)) {
		struct chk_buffer text = { 0 };

		if (!chk_general_name_next(&names, &name))
			abort();
		chk_general_name_text(&text, &name);
		check_text(&text);
	}
}

static void check_extensions(const struct chk_cert *cert)
{
	struct chk_der der = chk_der_begin(cert->extensions, NULL);
	struct chk_bytes oid, value;
	bool critical;

	while (!chk_der_at_end(&der)) {
		struct chk_buffer text = { 0 };

		if (!chk_extension_next(&der, &oid, &critical, &value))
			abort();
		chk_oid_dotted(&text, oid);
		check_text(&text);
	}
}

static void check_cert(const struct chk_cert *cert)
{

	check_slices(cert);
	check_name(cert->subject, cert->subject_hash);
	check_name(cert->issuer, cert->issuer_hash);
	/* Names that match hash alike. */
	if (chk_dn_match(cert->issuer, cert->subject) &&
	    cert->issuer_hash != cert->subject_hash)
		abort();
	check_alt_names(cert);
	check_extensions(cert);
	chk_signature_algorithm_find(cert->signature_algorithm);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct chk_bytes bytes = chk_bytes_of(data, size);
	struct chk_chain *chain = chk_chain_new();
	struct chk_error error = { 0 };
	bool read = chk_chain_read_bytes(chain, bytes, "input", &error);

	/* A failure says why, and nothing is passed over without a note. */
	if (read != (chk_chain_count(chain) > 0) ||
	    read == (error.what[0] != '\0'))
		abort();
	for (size_t i = 0; i < chk_chain_count(chain); i++)
		check_cert(chk_chain_get(chain, i));
	chk_chain_free(chain);
	return 0;
}
