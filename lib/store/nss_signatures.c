/* lib/store/nss_signatures.c: rows "sig_cert_ID_ATTRIBUTE" of metaData. */
#include "store/nss_signatures.h"

#include <stdio.h>

#include <p11-kit/pkcs11.h>
#include <p11-kit/pkcs11x.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/error.h"

#define KEYS "key4.db"

/* NSS makes a mark of the digest and of these, the first purposes. */
#define MARKED 4

/* NULL: no memory. */
static char *beside(const char *path)
{
	const char *slash = strrchr(path, '/');
	struct chk_buffer buffer = { 0 };

	chk_buffer_format(&buffer, "%.*s" KEYS,
			  slash ? (int)(slash + 1 - path) : 0, path);
	return chk_buffer_steal(&buffer);
}

/* What cannot be looked up is there: NSS fails otherwise than by silence. */
static bool has(struct chk_nss_signatures *signatures, const char *id)
{
	int result = sqlite3_bind_text(signatures->find, 1, id, -1,
				       SQLITE_TRANSIENT);

	if (result == SQLITE_OK)
		result = sqlite3_step(signatures->find);
	sqlite3_reset(signatures->find);
	return result != SQLITE_DONE;
}

static void forget(struct chk_nss_signatures *signatures)
{
	sqlite3_finalize(signatures->find);
	signatures->find = NULL;
}

bool chk_nss_signatures_open(struct chk_nss_signatures *signatures,
			     const struct chk_store *store, const char *path,
			     struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_free) char *keys = beside(path);
	CHK_CLEANUP(chk_cleanup_free) uint8_t *data = NULL;
	bool is_plain;
	size_t size;

	if (!keys)
		return chk_error_memory(error);
	signatures->db.table = "metaData";
	if (!chk_store_read_file(store, keys, &data, &size, NULL) ||
	    chk_nss_sqlite_open(&signatures->db,
				chk_bytes_of(data, size)) != SQLITE_OK ||
	    chk_nss_sqlite_look(&signatures->db, &is_plain) != SQLITE_OK ||
	    !is_plain)
		return true;
	if (sqlite3_prepare_v2(signatures->db.handle, "SELECT 1 FROM metaData "
			       "WHERE id = ?1", -1, &signatures->find,
			       NULL) != SQLITE_OK ||
	    !has(signatures, "password"))
		forget(signatures);
	return true;
}

void chk_nss_signatures_close(struct chk_nss_signatures *signatures)
{
	forget(signatures);
	chk_nss_sqlite_close(&signatures->db);
}

bool chk_nss_signatures_hold(struct chk_nss_signatures *signatures,
			     int64_t id, const struct chk_bytes *values)
{
	size_t place = CHK_NSS_TRUST;

	if (!signatures->find ||
	    chk_nss_number(values[CHK_NSS_CLASS]) != CKO_NSS_TRUST)
		return true;
	while (chk_nss_attribute(place) != CKA_CERT_SHA1_HASH)
		place += CHK_NSS_KIND_SIZE;
	for (size_t i = 0; i <= MARKED; i++) {
		char name[40];

		snprintf(name, sizeof(name), "sig_cert_%08x_%08x",
			 (unsigned)id, (unsigned)chk_nss_attribute(place + i));
		if (values[place + i].data && !has(signatures, name))
			return false;
	}
	return true;
}
