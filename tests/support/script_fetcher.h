/*
 * tests/support/script_fetcher.h: a fetcher that gives what a test wrote down
 * for an URL, and remembers what it was asked.
 */
#ifndef CHK_TEST_SCRIPT_FETCHER_H
#define CHK_TEST_SCRIPT_FETCHER_H

#include "supply/aia.h"

struct scripted_answer {
	const char *url;
	struct chk_bytes bytes; /* .data NULL: a failure, and `why` */
	const char *why;
	size_t claims; /* the size it says that it gave; 0: the true one */
};

struct script_fetcher {
	struct chk_fetcher fetcher;
	struct scripted_answer answers[8]; /* up to the first without an URL */
	char asked[16][64], kept[16][64];
	size_t asked_count, kept_count;
};

/* Empties it. What no answer is written for is "not in the script". */
void script_fetcher_begin(struct script_fetcher *script);
void script_fetcher_add(struct script_fetcher *script, const char *url,
			struct chk_bytes bytes);
/* It fails for `url`. */
void script_fetcher_fail(struct script_fetcher *script, const char *url,
			 const char *why);

#endif
