/*
 * lib/diagnosis/simulate_explain.c: why one client and the server do not come
 * together: what it says is put again, one thing changed at a time.
 */
#include "diagnosis/simulation.h"

#include "base/cleanup.h"
#include "base/error.h"
#include "diagnosis/delta_server.h"
#include "diagnosis/diagnose.h"
#include "fetch/alert.h"
#include "fetch/connect.h"

CHK_CLEANUP_FUNCTION(cleanup_presented, struct chk_presented *,
		     chk_presented_free);
CHK_CLEANUP_FUNCTION(cleanup_delta, struct chk_delta *, chk_delta_free);

/* What is no end of the server's is the client's own refusal. */
static enum chk_failure failure_of(const struct chk_answer *answer)
{
	static const enum chk_failure FAILURES[] = {
		[CHK_ANSWER_ALERT] = CHK_FAILURE_ALERT,
		[CHK_ANSWER_CLOSED] = CHK_FAILURE_CLOSED,
		[CHK_ANSWER_RESET] = CHK_FAILURE_RESET,
		[CHK_ANSWER_SILENT] = CHK_FAILURE_TIMEOUT,
		[CHK_ANSWER_NOT_TLS] = CHK_FAILURE_NOT_TLS,
	};
	enum chk_failure failure = CHK_FAILURE_NONE;

	if ((size_t)answer->end < CHK_COUNT(FAILURES))
		failure = FAILURES[answer->end];
	return failure == CHK_FAILURE_NONE ? CHK_FAILURE_TLS : failure;
}

/* What this client would have seen. False: no memory. */
static bool present(const struct chk_answer *answer, const char *why,
		    struct chk_presented *presented)
{
	presented->step = CHK_STEP_HELLO;
	presented->alert = answer->alert;
	if (answer->alert >= 0)
		presented->alert_name = chk_alert_name(answer->alert);
	presented->first_bytes = chk_arena_bytes(&presented->arena,
						 answer->first_bytes);
	if (answer->speaks)
		presented->speaks = chk_arena_text(&presented->arena,
						   answer->speaks);
	chk_presented_fail(presented, failure_of(answer), answer->cause, "%s",
			   why);
	return !presented->arena.failed;
}

/* One more connection, to learn which address it is. */
static bool connect_again(const struct chk_simulating *simulating,
			  struct chk_presented *presented)
{
	const struct chk_io *io = simulating->route.io;
	int handle = chk_connect(&simulating->route, simulating->end,
				 presented);

	if (handle >= 0)
		io->close(io->self, handle);
	return handle >= 0;
}

static void keep(struct chk_simulation *simulation, size_t i,
		 struct chk_report *report)
{
	struct chk_simulated *answer = &simulation->answers[i];
	const struct chk_finding *primary = chk_report_primary(report);

	simulation->judged[simulation->judged_count++] =
		(struct chk_judged){ .report = report };
	answer->report = report;
	if (!primary)
		return;
	answer->code = primary->code;
	answer->why = primary->message;
}

bool chk_simulate_explain(struct chk_simulating *simulating, size_t i,
			  struct chk_error *error)
{
	struct chk_simulation *simulation = simulating->simulation;
	const struct chk_target *target = simulating->target;
	CHK_CLEANUP(cleanup_presented)
	struct chk_presented *presented = chk_presented_new();
	CHK_CLEANUP(cleanup_delta) struct chk_delta *delta = NULL;
	struct chk_report *report;

	if (!presented)
		return chk_error_memory(error);
	if (target->no_probes || !connect_again(simulating, presented))
		return true;
	if (!present(&simulation->asked_by[i]->answer,
		     simulation->answers[i].why, presented))
		return chk_error_memory(error);
	if (!chk_delta_ask(target, presented, simulation->clients[i],
			   CHK_DELTA_MAX,
			   simulating->end, &delta, error) ||
	    !chk_diagnose_handshake(target, presented, delta,
				    simulating->question, &report, error))
		return false;
	keep(simulation, i, report);
	return true;
}
