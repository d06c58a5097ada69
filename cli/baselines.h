/* cli/baselines.h: --baseline and --write-baseline. */
#ifndef CLI_BASELINES_H
#define CLI_BASELINES_H

#include "exit_status.h"
#include "options.h"

struct baselines {
	const struct options *options;
	struct chk_baseline *known;   /* NULL: none was named */
	struct chk_baseline *written; /* NULL: none is wanted */
	int64_t at;
};

/*
 * baselines_open reads the one that is named. Anything but STATUS_TRUSTED: it
 * has been said why. Close it either way.
 */
enum exit_status baselines_open(const struct options *options,
				struct baselines *baselines);
/* Marks what is accepted of an audit, and takes it up. False: no memory. */
bool baselines_apply(struct baselines *baselines, struct chk_audited *audited,
		     struct chk_error *error);
/*
 * What is wrong with the baseline itself, once all was audited; NULL: none was
 * named. Free it with chk_audited_free. False: no memory.
 */
bool baselines_judge(const struct baselines *baselines,
		     struct chk_audited **audited, struct chk_error *error);
/* Writes the new one; gives `status` or a worse one. */
enum exit_status baselines_write(const struct baselines *baselines,
				 enum exit_status status);
void baselines_close(struct baselines *baselines);

#endif
