/* lib/store/read_certificate.c: one certificate of a keystore. */
#include "store/format.h"

#include "base/cleanup.h"
#include "base/error.h"

bool chk_read_certificate(struct chk_store *store, struct chk_bytes der,
			  enum chk_trust trust, const char *where,
			  struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_error fault;

	if (chk_cert_parse(der, &cert, &fault))
		return chk_store_add(store, cert, CHK_PURPOSE_ANY, trust,
				     where, error);
	if (fault.code != CHK_ERROR_MEMORY &&
	    chk_store_note_add(store, where, "not a certificate: %s "
			       "(byte %zu of it)", fault.what,
			       fault.offset == SIZE_MAX ? 0 : fault.offset))
		return true;
	return chk_error_memory(error);
}
