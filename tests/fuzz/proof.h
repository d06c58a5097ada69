/*
 * tests/fuzz/proof.h: a yes held against GnuTLS. It shares nothing with the
 * search: certificates are read again, signatures verified again.
 */
#ifndef CHK_TESTS_FUZZ_PROOF_H
#define CHK_TESTS_FUZZ_PROOF_H

#include <chaincheck/report.h>

#include "fuzz/made_graph.h"

/* Aborts where the report calls trusted what is not. */
void proof_check(const struct chk_report *report,
		 const struct chk_question *question,
		 const struct graph *graph);

#endif
