/*
 * lib/fetch/message.c: the Certificate message. GnuTLS reads it as well; here
 * its certificates are kept whatever GnuTLS makes of them.
 */
#include "fetch/message.h"

#include <stdio.h>

#include "base/cleanup.h"
#include "fetch/wire.h"

#define SERVER "server" /* where a certificate of the chain came from */

static bool note(struct chk_presented *presented, const char *what,
		 struct chk_error *error)
{
	return chk_notes_add(&presented->chain->notes, SERVER, what, error);
}

/* Certificate `number` of `count`, both from 1. */
static bool add_certificate(struct chk_presented *presented,
			    struct chk_bytes der, size_t number, size_t count,
			    struct chk_error *error)
{
	CHK_CLEANUP(chk_cleanup_cert) struct chk_cert *cert = NULL;
	struct chk_error fault;
	char what[sizeof(fault.what) + 96];

	if (chk_cert_parse(der, &cert, &fault))
		return chk_chain_add(presented->chain, cert, SERVER, error);
	if (fault.code == CHK_ERROR_MEMORY)
		return chk_error_memory(error);
	if (fault.offset != SIZE_MAX)
		snprintf(what, sizeof(what), "certificate %zu of %zu: byte "
			 "%zu: %s", number, count, fault.offset, fault.what);
	else
		snprintf(what, sizeof(what), "certificate %zu of %zu: %s",
			 number, count, fault.what);
	return note(presented, what, error);
}

/*
 * The certificate of one CertificateEntry. Since TLS 1.3 extensions stand
 * beside it (staple, SCTs), which say nothing of the chain.
 */
static bool take_entry(struct chk_bytes *list, bool tls13,
		       struct chk_bytes *der)
{
	struct chk_bytes extensions;

	return chk_wire_take_vector(list, 3, der) &&
	       (!tls13 || chk_wire_take_vector(list, 2, &extensions));
}

static size_t count_entries(struct chk_bytes list, bool tls13)
{
	struct chk_bytes der;
	size_t count = 0;

	while (list.size && take_entry(&list, tls13, &der))
		count++;
	return count;
}

static bool read_list(struct chk_presented *presented, struct chk_bytes list,
		      bool tls13, struct chk_error *error)
{
	size_t count = count_entries(list, tls13);
	struct chk_bytes der;
	char what[96];

	for (size_t i = 0; i < count && i < CHK_CERTIFICATES_MAX; i++) {
		take_entry(&list, tls13, &der);
		if (!add_certificate(presented, der, i + 1, count, error))
			return false;
	}
	if (count > CHK_CERTIFICATES_MAX) {
		snprintf(what, sizeof(what), "certificates %d to %zu were not "
			 "read, %d are the most", CHK_CERTIFICATES_MAX + 1,
			 count, CHK_CERTIFICATES_MAX);
		return note(presented, what, error);
	}
	if (!list.size)
		return true;
	snprintf(what, sizeof(what), "the list of certificates ends in the "
		 "middle of certificate %zu", count + 1);
	return note(presented, what, error);
}

bool chk_message_certificates(struct chk_presented *presented,
			      struct chk_bytes body, bool tls13,
			      struct chk_error *error)
{
	struct chk_bytes context, list;

	if ((tls13 && !chk_wire_take_vector(&body, 1, &context)) ||
	    !chk_wire_take_vector(&body, 3, &list))
		return note(presented, "the Certificate message ends before "
			    "its list of certificates", error);
	return read_list(presented, list, tls13, error);
}
