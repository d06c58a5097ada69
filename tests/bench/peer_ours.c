/*
 * tests/bench/peer_ours.c: chaincheck twice. The search alone says whether it
 * is trusted; the public call asks it, and makes the report that says why.
 */
#include "bench/peer.h"

#include <chaincheck/report.h>
#include <chaincheck/verify.h>

#include "bench/bench.h"
#include "bench/issue.h"
#include "bench/ours.h"

static void *prepare(const struct bench_input *input)
{
	return bench_ours_new(input);
}

static bool verify(const void *prepared)
{
	return bench_ours_search(prepared, NULL);
}

static bool verify_publicly(const void *prepared)
{
	const struct bench_ours *ours = prepared;
	const struct chk_question question = {
		.stores = ours->stores, .store_count = 1, .host = BENCH_HOST,
		.max_signatures = ours->search.budget.signatures,
	};
	struct chk_chain *chain = chk_chain_new();
	struct chk_report *report;
	bool trusted;

	BENCH_CHECK(chain);
	for (size_t i = 0; i < ours->input->sent_count; i++) {
		struct chk_cert *cert;

		BENCH_CHECK(chk_cert_parse(ours->input->sent[i], &cert, NULL));
		BENCH_CHECK(chk_chain_add(chain, cert, "sent", NULL));
		chk_cert_unref(cert);
	}
	BENCH_CHECK(chk_verify(chain, &question, &report, NULL));
	trusted = chk_report_verdict(report) == CHK_VERDICT_TRUSTED;
	chk_report_free(report);
	chk_chain_free(chain);
	return trusted;
}

static void clear(void *prepared)
{
	bench_ours_free(prepared);
}

const struct bench_peer BENCH_PEER_SEARCH = { "ours", prepare, verify, clear };
const struct bench_peer BENCH_PEER_REPORT = { "report", prepare,
					      verify_publicly, clear };
