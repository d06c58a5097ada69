/*
 * lib/store/proc_file.h: what /proc says of one process (proc(5)). It is what
 * the process was started with, and the process may write there what it likes.
 */
#ifndef CHK_STORE_PROC_FILE_H
#define CHK_STORE_PROC_FILE_H

#include "base/bytes.h"
#include "base/error.h"

/* Texts one behind the other, each with its NUL. */
struct chk_proc_list {
	char *block;        /* owned */
	const char **items; /* owned array, of texts in the block */
	size_t count, room;
};

struct chk_proc {
	long number;
	/* Stands before its paths: "" where they are ours too. */
	char root[64];
	char *program;   /* owned; its file, as the process names it */
	bool replaced;   /* the file is gone since, or another one */
	char *directory; /* owned; NULL: not known */
	struct chk_proc_list environment, arguments;
	struct chk_proc_list mapped; /* files, each once in a row */
	int64_t start_ms; /* since 1970 */
};

/*
 * chk_proc_read reads the process `number`; clear `proc` either way.
 * Errors: CHK_ERROR_NOT_FOUND (there is none, or it ended meanwhile),
 * CHK_ERROR_READ (it is another user's, or no program runs in it),
 * CHK_ERROR_TOO_LARGE, CHK_ERROR_MEMORY.
 */
bool chk_proc_read(long number, struct chk_proc *proc,
		   struct chk_error *error);
void chk_proc_clear(struct chk_proc *proc);
/* "/proc/N/NAME" in `room` of 64. */
void chk_proc_path(const struct chk_proc *proc, const char *name, char *room);

#endif
