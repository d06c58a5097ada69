/*
 * tests/support/scratch.h: a directory for the files of one test program,
 * below the one it runs in, and gone with it.
 */
#ifndef CHK_TEST_SCRATCH_H
#define CHK_TEST_SCRATCH_H

#include "cert/cert.h"

/* For cmocka's group set-up and tear-down. */
int scratch_begin(void **state);
int scratch_end(void **state);

/* The path of `name` in the directory; good until eight more were asked. */
const char *scratch_path(const char *name);
/* The same from the root. */
const char *scratch_full_path(const char *name);
void scratch_mkdir(const char *name);
/* Writes a file; every call fails the test where it cannot do its work. */
void scratch_write(const char *name, const void *data, size_t size);
void scratch_text(const char *name, const char *text);
/* Certificates as PEM, one after the other; NULL ends the list. */
void scratch_pem(const char *name, ...);
/* A PEM block of any label, free() it. */
char *pem_block(const char *label, const void *data, size_t size);
char *pem_of(const struct chk_cert *cert);
/* Runs a shell command in the directory; its exit status. */
int scratch_run(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
