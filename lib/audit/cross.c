/*
 * lib/audit/cross.c: a cross-certificate that has ended, or leads to a root
 * that has. OpenSSL before 1.1.0, LibreSSL before 3.1.3 and GnuTLS before
 * 3.6.14 walk into it while they have that root, and find nothing else.
 */
#include "audit/server_bundle.h"

#include "diagnosis/words.h"
#include "supply/known.h"

/* The key is that of another certificate, here or of a known root. */
static bool has_twin(const struct chk_audit *audit,
		     const struct chk_server *server,
		     const struct chk_cert *cert)
{
	const struct chk_known *known = audit->question->known;
	struct chk_known_cert found;
	size_t cursor = 0;

	for (size_t i = 0; i < server->chain->count; i++) {
		const struct chk_cert *other = server->chain->items[i].cert;

		if (audit->at <= other->not_after &&
		    chk_bytes_equal(other->spki, cert->spki) &&
		    !chk_bytes_equal(other->der, cert->der))
			return true;
	}
	while (known && chk_known_next(known, cert->subject,
				       cert->subject_hash, cert->key_id,
				       &cursor, &found)) {
		if (found.root && audit->at <= found.not_after &&
		    chk_known_has_key(known, &found, cert->spki))
			return true;
	}
	return false;
}

/* When the root above it ended; INT64_MIN: it did not, or none is known. */
static int64_t issuer_end(const struct chk_audit *audit,
			  const struct chk_cert *cert)
{
	const struct chk_known *known = audit->question->known;
	struct chk_known_cert issuer;
	int64_t end = INT64_MIN;
	size_t cursor = 0;

	while (known && chk_known_issuer(known, cert, &cursor, &issuer)) {
		if (issuer.not_after >= audit->at)
			return INT64_MIN;
		if (issuer.not_after > end)
			end = issuer.not_after;
	}
	return end;
}

int64_t chk_server_cross_end(const struct chk_audit *audit,
			     const struct chk_server *server,
			     const struct chk_cert *cert)
{
	if (chk_cert_is_root(cert) ||
	    chk_bytes_equal(cert->der, server->leaf->cert->der) ||
	    !has_twin(audit, server, cert))
		return INT64_MIN;
	return audit->at > cert->not_after ? cert->not_after :
					     issuer_end(audit, cert);
}

void chk_server_judge_cross(struct chk_audit *audit,
			    const struct chk_server *server)
{
	for (size_t i = 0; i < audit->contents->count; i++) {
		const struct chk_item *item = &audit->contents->items[i];
		int64_t end = item->cert && !item->again ?
			chk_server_cross_end(audit, server, item->cert) :
			INT64_MIN;

		if (end == INT64_MIN)
			continue;
		chk_audit_say(audit, CHK_FINDING_BUNDLE_CROSS_EXPIRED, item,
			      "%s by %s is a cross-certificate whose path ended "
			      "at %s: OpenSSL 1.0, LibreSSL before 3.1.3 and "
			      "GnuTLS before 3.6.14 walk into it where they "
			      "have that root, and call the chain expired",
			      chk_words_cert(audit->arena, item->cert),
			      chk_words_name(audit->arena, item->cert->issuer),
			      chk_words_when(audit->arena, end));
	}
}
