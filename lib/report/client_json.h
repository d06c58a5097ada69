/* lib/report/client_json.h: client certificates as members of an object. */
#ifndef CHK_REPORT_CLIENT_JSON_H
#define CHK_REPORT_CLIENT_JSON_H

#include "diagnosis/probes.h"
#include "report/json.h"

/* "client_certificate_request" and "client_certificates" of a handshake. */
void chk_json_client_members(struct chk_json *json,
			     const struct chk_presented *presented);

#endif
