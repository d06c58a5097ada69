/*
 * lib/diagnosis/probe_keys.h: servers that have a certificate with an RSA key
 * and another one with a key of an elliptic curve.
 */
#ifndef CHK_DIAGNOSIS_PROBE_KEYS_H
#define CHK_DIAGNOSIS_PROBE_KEYS_H

#include "diagnosis/probes.h"

/*
 * What to put behind a priority string so that a server is left with
 * certificates of one kind; NULL: the probe is for any.
 */
const char *chk_probe_key_priority(enum chk_probe_kind kind);
/* What is said of the two that one address has; "" where it has one. */
const char *chk_probe_keys_tell(struct chk_arena *arena,
				const struct chk_probed *at,
				enum chk_probe_kind kind);

#endif
