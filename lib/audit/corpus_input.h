/*
 * lib/audit/corpus_input.h: files, folders and streams cut into parts that can
 * be judged apart. No more than a part is kept, whatever there is to read.
 */
#ifndef CHK_AUDIT_CORPUS_INPUT_H
#define CHK_AUDIT_CORPUS_INPUT_H

#include <sys/stat.h>

#include "base/buffer.h"
#include "base/error.h"
#include "store/walk.h"

/* What one thread is given at a time: text, or files that it reads itself. */
#define CHK_CORPUS_PART (256u << 10) /* bytes */
#define CHK_CORPUS_FILES 64
/* A block of PEM that is longer is not looked for: 1 MiB of DER is 1.4. */
#define CHK_CORPUS_BLOCK (2u << 20) /* bytes */

/* Bytes that are read into where they stay. Zero it. */
struct chk_corpus_text {
	uint8_t *data; /* owned */
	size_t size, room;
};

/* A file to be read, or what became of one. */
struct chk_corpus_file {
	size_t path;      /* where its name begins in the part's `paths` */
	const char *what; /* why it is not read; NULL: read it */
};

/* Zero it; it is used again and again. */
struct chk_corpus_part {
	struct chk_buffer paths; /* each ends in NUL */
	struct chk_corpus_file files[CHK_CORPUS_FILES];
	size_t file_count;
	/*
	 * A piece of the last file instead, which is not to be read then.
	 * PEM blocks are whole in it.
	 */
	bool is_text, is_first;
	struct chk_corpus_text text;
	unsigned long line; /* where it begins, from 1 */
};

/* Zero it and set `paths` and `standard_input`. */
struct chk_corpus_input {
	const char *const *paths; /* NULL-ended; borrowed */
	int standard_input;       /* for "-" */
	struct chk_walk walk;
	bool walking;
	int fd;            /* of the file that is read in pieces */
	bool streaming, owned; /* it is one; it is to be closed */
	bool begun;        /* a piece of it was given */
	struct stat facts; /* when it was opened */
	char *path;        /* owned */
	unsigned long line;
	struct chk_corpus_text rest; /* read, and not given yet */
	bool failed;       /* no memory */
};

/* False: that was all, or input->failed. */
bool chk_corpus_input_next(struct chk_corpus_input *input,
			   struct chk_corpus_part *part);
void chk_corpus_input_clear(struct chk_corpus_input *input);
void chk_corpus_part_clear(struct chk_corpus_part *part);

/*
 * chk_corpus_read reads a small file into `text`, in the place of what was
 * there. NULL, or why it could not be read as it was: static, or of strerror().
 */
const char *chk_corpus_read(const char *path, struct chk_corpus_text *text);

#endif
