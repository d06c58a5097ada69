/*
 * lib/store/process.h: a running program, its runtime and what that loads.
 */
#ifndef CHK_STORE_PROCESS_H
#define CHK_STORE_PROCESS_H

#include <chaincheck/process.h>

#include "store/proc_file.h"
#include "store/runtime.h"

/* A few of them: home, python, venv, openssldir, php, and one of MARKS. */
#define CHK_PROCESS_FACTS 8
/* Enough for a file of /proc; proc_file.h asks for as much. */
#define CHK_PROCESS_PATH 64

struct chk_process {
	struct chk_proc proc;
	/* Its program, and the file its own code is in, as they open here. */
	char file[CHK_PROCESS_PATH], code[CHK_PROCESS_PATH];
	int library; /* owned; `code`, opened; -1: it is `file` */
	char *facts[CHK_PROCESS_FACTS]; /* owned */
	size_t fact_count;
	struct chk_decision decision;
	char **specs; /* owned; one for each load, NULL: none */
};

/* The file, as it opens from here, that what is built in is built into. */
const char *chk_process_code(const struct chk_process *process);

#endif
