/* tests/fuzz/gnutls_answer.h: what GnuTLS says of a chain. */
#ifndef CHK_TESTS_FUZZ_GNUTLS_ANSWER_H
#define CHK_TESTS_FUZZ_GNUTLS_ANSWER_H

#include <chaincheck/api.h>

#define ASKED_MAX 10

/* A question: certificates as DER, the leaf first. Borrowed. */
struct asked {
	struct chk_bytes chain[ASKED_MAX], anchors[ASKED_MAX];
	size_t chain_count, anchor_count;
};

struct gnutls_answer {
	bool yes;
	unsigned status;   /* of gnutls_certificate_status_t */
	bool unread;       /* a certificate could not be read, and was left out */
	struct asked path; /* where it is yes: what was followed */
};

/*
 * The time is GRAPH_NOW, and names and purposes do not count. A leaf that
 * GnuTLS cannot read is not trusted.
 */
void gnutls_answer_ask(struct gnutls_answer *answer, const struct asked *what);

/*
 * Does the certificate constrain names: dNSNames, or those of a form that
 * GnuTLS does not compare, as directory names and URIs?
 */
bool gnutls_answer_constrains(struct chk_bytes cert, bool dns);
/* Has it a dNSName? */
bool gnutls_answer_has_dns(struct chk_bytes cert);

#endif
