/* cli/question.h: from the options to what the library is asked. */
#ifndef CLI_QUESTION_H
#define CLI_QUESTION_H

#include "credentials.h"
#include "exit_status.h"
#include "options.h"

/* struct inquiry owns what its question borrows. */
struct inquiry {
	struct chk_question question;
	struct chk_store **stores;
	size_t store_count;
	struct chk_store **others;
	size_t other_count;
	struct chk_chain *untrusted;
	struct chk_chain *distrusted;
	struct chk_chain *if_added;
	struct chk_chain *if_sent;
	struct chk_crls *crls;
	struct chk_known *known;
	struct chk_fetcher *fetcher;
	struct credentials credentials;
};

/*
 * inquiry_open loads the stores and files that the options name. Anything but
 * STATUS_TRUSTED: it could not, and it has been said why. Close it either way.
 */
enum exit_status inquiry_open(const struct options *options,
			      struct inquiry *inquiry);
/* The time of --max-time begins, for whatever is fetched as well. */
enum exit_status inquiry_begin_host(const struct options *options,
				    struct inquiry *inquiry);
void inquiry_close(struct inquiry *inquiry);

/*
 * how_read says how to open stores; give `*pin` to how_wipe, in any case.
 * False: the PIN cannot be had, and it has been said why.
 */
bool how_read(const struct options *options, struct chk_store_options *how,
	      char **pin);
void how_wipe(char *pin);

/*
 * stores_open opens the stores of `specs` as the options say, and says what
 * they lost. Free them and the array, in any case, with stores_close.
 */
enum exit_status stores_open(const struct options *options,
			     const struct text_list *specs,
			     struct chk_store ***stores, size_t *count);
/*
 * stores_open_as is stores_open with the PIN at hand. `*stores` is NULL and
 * `*count` 0 first.
 */
enum exit_status stores_open_as(const struct text_list *specs,
				const struct chk_store_options *how, bool quiet,
				struct chk_store ***stores, size_t *count);
/* Says what a store lost. */
void say_store_notes(const struct chk_store *store);
void stores_close(struct chk_store **stores, size_t count);

/* chain_from_files reads files into one new chain, and says what it lost. */
enum exit_status chain_from_files(const struct text_list *files, bool quiet,
				  struct chk_chain **chain);

#endif
