/* lib/store/sniff.h: whether a file may be a trust store, by first bytes. */
#ifndef CHK_STORE_SNIFF_H
#define CHK_STORE_SNIFF_H

#include "base/bytes.h"

#define CHK_HEAD_SIZE 4096 /* bytes of each file that are looked at */
#define CHK_STORE_LEAST 200 /* bytes; no certificate is smaller */

struct chk_sniffed {
	const char *format; /* as chk_store_format has it; static */
	const char *scheme; /* of the spec that opens it; static */
};

/* A name such as "main.c" or "photo.jpg", whose file is no trust store. */
bool chk_sniff_name(const char *name);
/* A name such as "root.crt" or "truststore": may well be one. */
bool chk_sniff_likely(const char *name);
/*
 * chk_sniff tells what the file called `name` is by its first bytes; `whole`:
 * they are all of it. NULL: nothing that may be a store, as a file of fewer
 * than three certificates is not.
 */
const struct chk_sniffed *chk_sniff(struct chk_bytes head, const char *name,
				    bool whole);
/* The same for a file that somebody is known to read: one certificate will
 * do. */
const struct chk_sniffed *chk_sniff_known(struct chk_bytes head,
					  const char *name);
/* "1d3472b9.0", as c_rehash names links to certificates. */
bool chk_sniff_is_hash(const char *name);

#endif
