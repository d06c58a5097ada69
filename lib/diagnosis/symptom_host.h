/* lib/diagnosis/symptom_host.h: the host that a line of a log is about. */
#ifndef CHK_DIAGNOSIS_SYMPTOM_HOST_H
#define CHK_DIAGNOSIS_SYMPTOM_HOST_H

#include "base/bytes.h"

enum { CHK_SYMPTOM_MAX_HOST = 260 }; /* 253 of a name, and a port */

/* The longest run from here on that could be a host, with a port or without. */
struct chk_bytes chk_symptom_host_at(struct chk_bytes line);
/*
 * Can it be printed as an operand of a command? Letters, digits and "-._:[]",
 * and it begins with no "-".
 */
bool chk_symptom_host_is_sound(struct chk_bytes host);
/*
 * The host of the first URL of the line whose scheme may mean TLS (https, wss,
 * ldaps, ...); .data NULL: there is none, or it is one to read more at.
 */
struct chk_bytes chk_symptom_url_host(struct chk_bytes line);

#endif
