/* lib/client/narrow.h: lists of what a client offers, and what narrows them. */
#ifndef CHK_CLIENT_NARROW_H
#define CHK_CLIENT_NARROW_H

#include "client/here.h"

/* Does what `context` says concern this number? */
typedef bool chk_here_match(uint16_t number, const void *context);

/* A step that is a sentence; `by` may be NULL. Made printable and cut. */
void chk_here_say(struct chk_here *here, const struct chk_setting *by,
		  const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/*
 * chk_here_drop takes out all that `match` finds, and says so: "NAME in
 * FILE:LINE (`word`) removes TLS 1.1". Nothing found, nothing said.
 */
size_t chk_here_drop(struct chk_here *here, enum chk_here_what what,
		     const struct chk_setting *by, const char *word,
		     chk_here_match *match, const void *context);
/* Drops the suites that no version is left for. */
void chk_here_drop_useless(struct chk_here *here);
/*
 * chk_here_set makes `list` the list, in its order, and says so.
 */
void chk_here_set(struct chk_here *here, enum chk_here_what what,
		  const struct chk_setting *by,
		  const struct chk_here_list *list);
/* The name of a number of this kind, "TLS 1.2"; "unknown". Static. */
const char *chk_here_word_of(enum chk_here_what what, uint16_t number);
/* At the end, unless it is there. */
void chk_here_add(struct chk_here_list *list, uint16_t number);
bool chk_here_has(const struct chk_here_list *list, uint16_t number);
/* Raises a bound in bits and says so: "needs DH of 1024 bits". */
void chk_here_raise(struct chk_here *here, unsigned *bound, unsigned bits,
		    const struct chk_setting *by, const char *what);

/* The `i`th word of `text` between separators, blanks around it taken away;
   in the arena; NULL: no more. */
const char *chk_here_word(struct chk_here *here, const char **text,
			  const char *separators);

#endif
