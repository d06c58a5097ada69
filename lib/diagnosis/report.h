/* lib/diagnosis/report.h: the report as the diagnosis fills it. */
#ifndef CHK_DIAGNOSIS_REPORT_H
#define CHK_DIAGNOSIS_REPORT_H

#include <chaincheck/report.h>

#include "base/arena.h"
#include "cert/cert.h"

/* One certificate as sent. */
struct chk_presented_view {
	const struct chk_cert *cert;
	const char *where;
};

/* What the handshake agreed on, for the report; NULLs: not known. */
struct chk_handshake_view {
	bool asked; /* false: no network was used */
	const char *address; /* "192.0.2.1:443" */
	const char *server_name;
	const char *version, *cipher, *group;
	const char *step;    /* "certificate": how far it came */
	const char *failure; /* NULL: it was completed */
	const char *alert;
	bool client_certificate_wanted;
};

struct chk_report {
	struct chk_arena arena; /* owns every text and array */
	const struct chk_cert **held; /* references, given back at the end */
	size_t held_count, held_room;
	enum chk_verdict verdict;
	const char *target;
	const char *sentence;
	const char *version; /* of the library that made it */
	int64_t at;          /* the time that was asked about */
	const char *profile; /* that it was judged by */
	struct chk_handshake_view handshake;
	struct chk_presented_view *presented;
	size_t presented_count;
	struct chk_store_view *stores;
	size_t store_count;
	struct chk_path_view *paths;
	size_t path_count;
	struct chk_rejected *rejected;
	size_t rejected_count;
	struct chk_finding *findings; /* the primary first, then by severity */
	size_t finding_count;
	struct chk_note *notes; /* of stores and chains: what was passed over */
	size_t note_count;
	const struct chk_cert **corrected; /* the chain to send, leaf first */
	size_t corrected_count; /* 0: it is right, or none can be made */
	struct chk_subject missing; /* the anchor; .cert NULL: none proved */
	const char *missing_seen;   /* "sent by the server itself, ..." */
	struct chk_trial *trials; /* their reports are this one's */
	size_t trial_count;
	struct chk_timing *timings;
	size_t timing_count;
	struct chk_limits limits;
	struct chk_until until; /* when trusted */
};

#endif
