/*
 * chaincheck/handshake.h: how the handshake with a server goes, step by step,
 * and where its addresses, or a handshake with one thing changed, answer
 * otherwise. Whom to trust is not asked here: chk_check does that.
 */
#ifndef CHAINCHECK_HANDSHAKE_H
#define CHAINCHECK_HANDSHAKE_H

#include <chaincheck/fetch.h>
#include <chaincheck/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/* enum chk_probes_outcome is what all of the handshakes come to. */
enum chk_probes_outcome {
	CHK_PROBES_UNDECIDED, /* no address, no connection, or no time */
	CHK_PROBES_ALIKE,     /* every address shakes hands, all alike */
	CHK_PROBES_DIFFERENT, /* addresses answer differently */
	CHK_PROBES_FAILED,    /* none shakes hands */
};

/* struct chk_probes_step is one step of the handshake that is told. */
struct chk_probes_step {
	const char *name; /* "addresses", "offered", "chosen": stable */
	const char *text; /* what happened, escaped */
	bool broken;      /* the handshake ended here */
};

struct chk_probes;

/*
 * chk_probes_ask asks each address of the name (16 at most), one after the
 * other: with all that is offered, without SNI, with TLS 1.2 alone, with TLS
 * 1.3 alone; those that the target's own limits leave. Where the first address
 * that answers does not shake hands, it is put further ClientHellos, so that
 * there are 40 connections with it at most, to tell why (but for a target with
 * `no_probes`). The target's times are
 * each fetch's, and its total_timeout_ms is for all of them.
 * Ownership: `target` is not kept; free `*probes` with chk_probes_free.
 * Errors: those of chk_fetch. Whatever the network or a peer does is none.
 */
CHK_API CHK_MUST_CHECK
bool chk_probes_ask(const struct chk_target *target,
		    struct chk_probes **probes, struct chk_error *error);
/* chk_probes_free frees an answer. NULL is fine. */
CHK_API void chk_probes_free(struct chk_probes *probes);

/* What it all comes to. */
CHK_API enum chk_probes_outcome
chk_probes_outcome(const struct chk_probes *probes);
/* The steps on the first address that answered, and the `i`th, borrowed. */
CHK_API size_t chk_probes_step_count(const struct chk_probes *probes);
CHK_API const struct chk_probes_step *
chk_probes_step(const struct chk_probes *probes, size_t i);
/* What differs, a sentence each without its stop, escaped; borrowed. */
CHK_API size_t chk_probes_difference_count(const struct chk_probes *probes);
CHK_API const char *chk_probes_difference(const struct chk_probes *probes,
					  size_t i);

/*
 * chk_probes_write gives it as "text" or "json" (indented,
 * doc/handshake.schema.json).
 * Ownership: `*text` ends in NUL and is the caller's, free() it.
 * Errors: CHK_ERROR_ARGUMENT (format), CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_probes_write(const struct chk_probes *probes, const char *format,
		      const struct chk_write_options *options, char **text,
		      struct chk_error *error);

#ifdef __cplusplus
}
#endif

#endif
