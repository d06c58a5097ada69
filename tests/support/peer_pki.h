/* tests/support/peer_pki.h: certificates for peers, made by openssl. */
#ifndef CHK_PEER_PKI_H
#define CHK_PEER_PKI_H

#include "base/bytes.h"

#define PEER_PATH 96

/* One key for all of them; files are in a directory of their own. */
struct peer_pki {
	char folder[PEER_PATH];
	char key[PEER_PATH], root[PEER_PATH], intermediate[PEER_PATH],
		leaf[PEER_PATH], chain[PEER_PATH], thousand[PEER_PATH],
		many_names[PEER_PATH], staple_file[PEER_PATH];
	struct chk_bytes der[2]; /* leaf and intermediate */
	bool has_staple; /* openssl made one */
};

bool peer_pki_make(struct peer_pki *pki);
void peer_pki_remove(struct peer_pki *pki);

#endif
