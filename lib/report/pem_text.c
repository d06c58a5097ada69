/* lib/report/pem_text.c: certificates as PEM, and comments beside them. */
#include "report/pem_text.h"

#include <gnutls/x509.h>

#include "base/cleanup.h"

/*
 * Printable ASCII stays, for some readers refuse the rest of a file for one
 * other byte; of hyphens one at a time, for others find "-----BEGIN" anywhere.
 */
static void add_comment(struct chk_buffer *buffer, const char *text)
{
	char last = '\0';

	for (; *text; last = *text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c > 0x7e || (c == '-' && last == '-'))
			chk_buffer_format(buffer, "\\x%02x", c);
		else
			chk_buffer_add(buffer, text, 1);
	}
}

void chk_pem_comment(struct chk_buffer *buffer, const char *before,
		     const char *text)
{
	chk_buffer_format(buffer, "# %s", before);
	add_comment(buffer, text);
	chk_buffer_text(buffer, "\n");
}

void chk_pem_block(struct chk_buffer *buffer, const struct chk_cert *cert)
{
	const gnutls_datum_t der = {
		.data = (unsigned char *)(uintptr_t)cert->der.data,
		.size = (unsigned int)cert->der.size,
	};
	CHK_CLEANUP(chk_cleanup_datum) gnutls_datum_t pem = { 0 };

	if (gnutls_pem_base64_encode2("CERTIFICATE", &der, &pem) < 0)
		buffer->failed = true;
	else
		chk_buffer_add(buffer, pem.data, pem.size);
}
