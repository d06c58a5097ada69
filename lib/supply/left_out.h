/* lib/supply/left_out.h: what an import of known CAs did not take. */
#ifndef CHK_SUPPLY_LEFT_OUT_H
#define CHK_SUPPLY_LEFT_OUT_H

#include <chaincheck/known.h>

/*
 * chk_left_out counts one, and keeps the place and the sentence of the first
 * few: `why`, and in short the DER name `name` behind it, which may be cut;
 * .data NULL: it has none. Memory that runs out leaves the sentence empty.
 */
void chk_left_out(struct chk_known_gain *gain, size_t at, const char *why,
		  struct chk_bytes name);

#endif
