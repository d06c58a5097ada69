/* lib/path/alt_names.c: a walk over the subjectAltName (RFC 5280 4.2.1.6). */
#include "path/alt_names.h"

#include "cert/directory_string.h"
#include "cert/dn.h"

#define TEXT_MAX_SIZE 512u

/* Half a header: a walk that neither finds a name nor comes to the end. */
static const uint8_t UNREADABLE[] = { CHK_DER_SEQUENCE };

struct chk_der chk_alt_names_begin(const struct chk_cert *cert)
{
	struct chk_der der = chk_der_begin(cert->alt_names.value, NULL);
	struct chk_tlv names;

	if (!cert->alt_names.present)
		return chk_der_begin((struct chk_bytes){ 0 }, NULL);
	if (!chk_der_expect(&der, CHK_DER_SEQUENCE, "GeneralNames", &names))
		return chk_der_begin(chk_bytes_of(UNREADABLE, 1), NULL);
	return chk_der_inside(&der, &names);
}

bool chk_alt_names_has(const struct chk_cert *cert,
		       enum chk_general_name_type type)
{
	struct chk_der names = chk_alt_names_begin(cert);
	struct chk_general_name name;

	while (chk_general_name_next(&names, &name)) {
		if (name.type == type)
			return true;
	}
	return false;
}

void chk_alt_name_text(struct chk_buffer *buffer,
		       const struct chk_general_name *name)
{
	size_t before = buffer->size, at = before + TEXT_MAX_SIZE;

	chk_general_name_text(buffer, name);
	if (buffer->failed || buffer->size <= at)
		return;
	while (at > before && ((uint8_t)buffer->data[at] & 0xc0) == 0x80)
		at--;
	buffer->data[at] = '\0';
	buffer->size = at;
	chk_buffer_text(buffer, "...");
}

bool chk_subject_next(const struct chk_cert *cert, struct chk_bytes type,
		      size_t *cursor, struct chk_buffer *buffer)
{
	struct chk_bytes value;
	uint8_t tag;

	chk_buffer_clear(buffer);
	if (!chk_dn_find(cert->subject, type, cursor, &tag, &value))
		return false;
	if (!chk_string_utf8(buffer, tag, value))
		chk_buffer_clear(buffer);
	return true;
}
