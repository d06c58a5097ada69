/*
 * chaincheck/process.h: which trust store a running program really uses, said
 * step by step.
 *
 * Read a process, look at the steps and at what it loads, free it. The store
 * itself is opened by chk_store_open with the spec "pid:N", which goes the
 * same way. Linux alone: what is asked is proc(5).
 *
 * What a program changed in its own environment after it was started, or set
 * by a call, cannot be seen from outside.
 */
#ifndef CHAINCHECK_PROCESS_H
#define CHAINCHECK_PROCESS_H

#include <chaincheck/error.h>
#include <chaincheck/store.h>

#ifdef __cplusplus
extern "C" {
#endif

struct chk_process;

/* struct chk_load is one place that the program loads. */
struct chk_load {
	const char *path; /* as the program names it; "the roots": built in */
	/*
	 * A spec that opens it from here, or NULL: it lies in the program, or
	 * cannot be read from here. The spec may open more than "pid:N" does,
	 * which takes from a directory only what the program looks up there.
	 */
	const char *spec;
};

/*
 * chk_process_read finds out which trust store the process `name` would load:
 * "4711", or "4711/requests" for a library in it that has a store of its own.
 * Ownership: free `*process` with chk_process_free.
 * Errors: CHK_ERROR_ARGUMENT (no number, or no such runtime),
 * CHK_ERROR_NOT_FOUND (no such process, or it ended), CHK_ERROR_READ (another
 * user's), CHK_ERROR_UNSUPPORTED (a program that is of no known runtime),
 * CHK_ERROR_MEMORY.
 */
CHK_API CHK_MUST_CHECK
bool chk_process_read(const char *name, struct chk_process **process,
		      struct chk_error *error);
/* chk_process_free frees it. NULL is fine. */
CHK_API void chk_process_free(struct chk_process *process);
/* Its file, as it names it. Borrowed. */
CHK_API const char *chk_process_program(const struct chk_process *process);
/* "java", "node": a name of lib/data/runtimes.tsv. Static. */
CHK_API const char *chk_process_runtime(const struct chk_process *process);
/* What was looked at, in the order of the program. */
CHK_API size_t chk_process_step_count(const struct chk_process *process);
/* The `i`th step, from 0. Borrowed; its members are NULL past the last. */
CHK_API struct chk_reason chk_process_step(const struct chk_process *process,
					 size_t i);
/* What it loads; 0: it trusts nobody. */
CHK_API size_t chk_process_load_count(const struct chk_process *process);
/* The `i`th load, from 0. Borrowed; its members are NULL past the last. */
CHK_API struct chk_load chk_process_load(const struct chk_process *process,
					 size_t i);

#ifdef __cplusplus
}
#endif

#endif
