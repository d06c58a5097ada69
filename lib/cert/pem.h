/* lib/cert/pem.h: PEM blocks with their lines (RFC 7468, read leniently). */
#ifndef CHK_CERT_PEM_H
#define CHK_CERT_PEM_H

#include "base/bytes.h"
#include "base/error.h"

/*
 * struct chk_pem walks a file. Text between blocks, CRLF, a UTF-8 byte order
 * mark, indented lines, RFC 1421 headers and a missing line feed between END
 * and BEGIN are tolerated; base64 is strict. A BEGIN behind other text on its
 * line ("# -----BEGIN") was commented out and is none.
 */
struct chk_pem {
	struct chk_bytes rest;
	uint32_t line; /* of `rest`, from 1 */
	size_t offset; /* of `rest` in the file, bytes */
};

struct chk_pem_block {
	struct chk_bytes label; /* "CERTIFICATE" */
	uint32_t line;          /* of BEGIN, from 1 */
	size_t offset;          /* of BEGIN in the file, bytes */
	const char *fault;      /* NULL, or why the bytes are not usable */
	uint32_t fault_line;
	uint8_t *data;          /* owned, free(); NULL with a fault */
	size_t size;
};

struct chk_pem chk_pem_begin(struct chk_bytes text);
/*
 * chk_pem_next gives the next block; false: there is none. A damaged block is
 * given with its fault, and reading goes on behind it. No memory is a fault
 * "out of memory".
 */
bool chk_pem_next(struct chk_pem *pem, struct chk_pem_block *block);
/* Does the text hold "-----BEGIN " at all? */
bool chk_pem_is(struct chk_bytes text);

#endif
