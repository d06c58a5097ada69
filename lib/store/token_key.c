/* lib/store/token_key.c: the public half of a key on a PKCS#11 token. */
#include "store/token_key.h"

#include "base/cleanup.h"

/* Label, id and class. */
enum { TEMPLATE_MAX = 3 };

enum { KEY_TYPE, MODULUS, EXPONENT, PARAMETERS, POINT, VALUES };

static const CK_ATTRIBUTE_TYPE TYPES[VALUES] = {
	[KEY_TYPE] = CKA_KEY_TYPE,
	[MODULUS] = CKA_MODULUS,
	[EXPONENT] = CKA_PUBLIC_EXPONENT,
	[PARAMETERS] = CKA_EC_PARAMS,
	[POINT] = CKA_EC_POINT,
};

static gnutls_datum_t datum_of(struct chk_bytes bytes)
{
	return (gnutls_datum_t){ (void *)(uintptr_t)bytes.data,
				 (unsigned)bytes.size };
}

static bool import(gnutls_pubkey_t pubkey, const struct chk_bytes *values)
{
	const gnutls_datum_t modulus = datum_of(values[MODULUS]),
			     exponent = datum_of(values[EXPONENT]),
			     parameters = datum_of(values[PARAMETERS]),
			     point = datum_of(values[POINT]);

	switch (chk_token_number(values[KEY_TYPE], CKK_VENDOR_DEFINED)) {
	case CKK_RSA:
		return modulus.data && exponent.data &&
		       gnutls_pubkey_import_rsa_raw(pubkey, &modulus,
						    &exponent) >= 0;
	case CKK_EC:
		return parameters.data && point.data &&
		       gnutls_pubkey_import_ecc_x962(pubkey, &parameters,
						     &point) >= 0;
	default:
		return false;
	}
}

/* Of another kind, or damaged: nothing is appended. */
static void append(const struct chk_bytes *values, struct chk_buffer *spki)
{
	CHK_CLEANUP(chk_cleanup_pubkey) gnutls_pubkey_t pubkey = NULL;
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t made = { 0 };

	if (gnutls_pubkey_init(&pubkey) >= 0 && import(pubkey, values) &&
	    gnutls_pubkey_export2(pubkey, GNUTLS_X509_FMT_DER, &made) >= 0)
		chk_buffer_add(spki, made.data, made.size);
}

static bool read_class(const struct chk_token *token, CK_OBJECT_CLASS class,
		       const CK_ATTRIBUTE *template, size_t count,
		       struct chk_buffer *spki, struct chk_error *error)
{
	CK_ATTRIBUTE wanted[TEMPLATE_MAX] = {
		{ CKA_CLASS, &class, sizeof(class) },
	};
	struct chk_handles handles = { 0 };
	struct chk_bytes values[VALUES];
	struct chk_arena arena = { 0 };
	bool ok = true;

	for (size_t i = 0; i < count && i + 1 < TEMPLATE_MAX; i++)
		wanted[i + 1] = template[i];
	ok = chk_token_find(token, wanted, count + 1, &handles, error);
	for (size_t i = 0; ok && !spki->size && i < handles.count; i++) {
		ok = chk_token_values(token, handles.items[i], TYPES, VALUES,
				      &arena, values, error);
		if (ok)
			append(values, spki);
	}
	chk_arena_clear(&arena);
	free(handles.items);
	return ok;
}

bool chk_token_key(const struct chk_token *token, const CK_ATTRIBUTE *template,
		   size_t count, struct chk_buffer *spki,
		   struct chk_error *error)
{
	return read_class(token, CKO_PUBLIC_KEY, template, count, spki,
			  error) &&
	       (spki->size || read_class(token, CKO_PRIVATE_KEY, template,
					 count, spki, error));
}
