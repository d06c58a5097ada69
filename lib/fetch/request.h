/*
 * lib/fetch/request.h: what a server that asks for a client certificate will
 * have: the CertificateRequest, kept as far as it can be read.
 */
#ifndef CHK_FETCH_REQUEST_H
#define CHK_FETCH_REQUEST_H

#include "base/arena.h"
#include "cert/cert.h"

#define CHK_REQUEST_ISSUERS_MAX 1024   /* kept; the rest is counted */
#define CHK_REQUEST_SIGNATURES_MAX 256
#define CHK_REQUEST_TYPES_MAX 255      /* all that a length of a byte allows */

enum chk_request_form {
	CHK_REQUEST_TLS_1_1, /* and older: types and issuers */
	CHK_REQUEST_TLS_1_2,
	CHK_REQUEST_TLS_1_3, /* extensions */
};

/* Zero it. What it points to is in the arena that it was read with. */
struct chk_request {
	enum chk_request_form form;
	const char *fault;         /* why it is not all here; NULL */
	/* Name TLVs of CAs; none listed: any CA will do, says the server. */
	struct chk_bytes *issuers;
	size_t issuer_count;
	size_t issuers_left_out;   /* unreadable, or past the bound */
	uint16_t *signatures;      /* schemes; none in TLS 1.1 */
	size_t signature_count;
	/* For the certificates, where it has a list of its own for them. */
	uint16_t *cert_signatures;
	size_t cert_signature_count;
	struct chk_bytes types;    /* ClientCertificateType; none in TLS 1.3 */
};

/*
 * chk_request_read reads the body of a CertificateRequest message. What is
 * wrong with it is in `request->fault`, and what came before that is kept.
 * False: no memory.
 * See: RFC 4346 section 7.4.4, RFC 5246 section 7.4.4, RFC 8446 sections
 * 4.3.2, 4.2.3 and 4.2.4.
 */
bool chk_request_read(struct chk_request *request, struct chk_bytes body,
		      enum chk_request_form form, struct chk_arena *arena);
/*
 * chk_request_lists: is the issuer's name of one of these certificates among
 * those that were listed? None listed: no.
 */
bool chk_request_lists(const struct chk_request *request,
		       const struct chk_chain *chain);

#endif
