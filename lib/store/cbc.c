/* lib/store/cbc.c: decryption of a whole text by a CBC cipher of GnuTLS. */
#include "store/cbc.h"

#include <gnutls/crypto.h>

#include "base/cleanup.h"

static gnutls_datum_t datum(struct chk_bytes bytes)
{
	return (gnutls_datum_t){ (void *)(uintptr_t)bytes.data,
				 (unsigned)bytes.size };
}

static bool decrypt(const struct chk_cbc *cbc, uint8_t *data, size_t size)
{
	const gnutls_datum_t key = datum(cbc->key), iv = datum(cbc->iv);
	gnutls_cipher_hd_t handle;
	bool ok;

	if (gnutls_cipher_init(&handle, (gnutls_cipher_algorithm_t)cbc->cipher,
			       &key, &iv) < 0)
		return false;
	ok = gnutls_cipher_decrypt(handle, data, size) == 0;
	gnutls_cipher_deinit(handle);
	return ok;
}

/* RFC 8018 section 6.1.1, step 4: N bytes of the value N. */
static bool unpad(const uint8_t *data, size_t size, size_t block,
		  size_t *unpadded)
{
	size_t padding = data[size - 1];

	if (padding == 0 || padding > block)
		return false;
	for (size_t i = size - padding; i < size; i++)
		if (data[i] != padding)
			return false;
	*unpadded = size - padding;
	return true;
}

bool chk_cbc_decrypt(const struct chk_cbc *cbc, struct chk_bytes secret,
		     uint8_t **data, struct chk_bytes *plain)
{
	CHK_CLEANUP(chk_cleanup_free) uint8_t *copy = NULL;
	size_t block = gnutls_cipher_get_block_size(
		(gnutls_cipher_algorithm_t)cbc->cipher);
	size_t size;

	*data = NULL;
	if (block == 0 || secret.size == 0 || secret.size % block ||
	    secret.size > UINT32_MAX)
		return false;
	copy = malloc(secret.size);
	if (!copy)
		return false;
	memcpy(copy, secret.data, secret.size);
	if (!decrypt(cbc, copy, secret.size) ||
	    !unpad(copy, secret.size, block, &size))
		return false;
	*plain = chk_bytes_of(copy, size);
	*data = chk_steal(&copy);
	return true;
}
