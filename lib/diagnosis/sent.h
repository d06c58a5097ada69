/*
 * lib/diagnosis/sent.h: the certificates that were sent, each with its place
 * on a path.
 */
#ifndef CHK_DIAGNOSIS_SENT_H
#define CHK_DIAGNOSIS_SENT_H

#include "diagnosis/inquiry.h"

/* Bounded: chains are long only when somebody wants to tire us. */
#define CHK_SENT_MAX 256

struct chk_sent {
	const struct chk_cert *cert;
	bool again;   /* it was sent before */
	bool on_path;
	size_t index; /* on the path, when it is on it */
};

/* Fills `sent` in the order of the chain, and gives how many there are. */
size_t chk_sent_list(const struct chk_chain *chain,
		     const struct chk_path *path,
		     struct chk_sent sent[CHK_SENT_MAX]);
/*
 * Is the `i`th on the path, or a cross-certificate for clients with other
 * anchors, or the issuer of one?
 */
bool chk_sent_is_related(const struct chk_inquiry *inquiry,
			 const struct chk_path *path,
			 const struct chk_sent *sent, size_t count, size_t i);

#endif
