/* lib/report/cert_json.c: a certificate as JSON. */
#include "report/cert_json.h"

#include "base/cleanup.h"

/* A text that is given away; NULL is no memory. */
static void write_owned(struct chk_json *json, const char *name, char *text)
{
	CHK_CLEANUP(chk_cleanup_free) char *owned = text;

	if (owned)
		chk_json_text(json, name, owned);
	else
		json->buffer->failed = true;
}

void chk_json_cert_members(struct chk_json *json, const struct chk_cert *cert)
{
	uint8_t digest[32];

	write_owned(json, "subject", chk_cert_subject(cert));
	write_owned(json, "issuer", chk_cert_issuer(cert));
	chk_json_hex(json, "serial", chk_cert_serial(cert));
	chk_cert_sha256(cert, digest);
	chk_json_hex(json, "sha256", chk_bytes_of(digest, sizeof(digest)));
	chk_cert_spki_sha256(cert, digest);
	chk_json_hex(json, "spki_sha256",
		     chk_bytes_of(digest, sizeof(digest)));
	chk_json_hex(json, "key_id", chk_cert_key_id(cert));
	chk_json_time(json, "not_before", chk_cert_not_before(cert));
	chk_json_time(json, "not_after", chk_cert_not_after(cert));
}

void chk_json_anchor(struct chk_json *json, const char *name,
		     const struct chk_anchor *anchor)
{
	if (!anchor) {
		chk_json_null(json, name);
		return;
	}
	chk_json_object(json, name);
	chk_json_cert_members(json, chk_anchor_cert(anchor));
	chk_json_text(json, "source", chk_anchor_where(anchor, 0));
	chk_json_end_object(json);
}

void chk_json_notes(struct chk_json *json, const char *name,
		    const struct chk_note *notes, size_t count)
{
	chk_json_array(json, name);
	for (size_t i = 0; i < count; i++) {
		chk_json_object(json, NULL);
		chk_json_text(json, "where", notes[i].where);
		chk_json_text(json, "what", notes[i].what);
		chk_json_end_object(json);
	}
	chk_json_end_array(json);
}
