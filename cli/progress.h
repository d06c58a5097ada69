/* cli/progress.h: a sign of life while a peer takes its time. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* struct progress: from progress_begin to progress_end; do not move it. */
struct progress {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t ended;
	const char *what; /* "www.example.test", borrowed */
	bool running, over;
	bool counting; /* there is more to say than that we wait */
	struct timespec told; /* when a count was shown */
};

/*
 * progress_begin says "waiting for WHAT" on standard error once a second has
 * passed, where that is a terminal; progress_end takes it back. Without a
 * thread to be had nothing is said.
 */
void progress_begin(struct progress *progress, const char *what);
/*
 * progress_count says how many there were so far, a few times a second and
 * from any thread; where standard output is a terminal, what comes out is
 * sign enough.
 */
void progress_count(struct progress *progress, uint64_t count,
		    const char *what);
void progress_end(struct progress *progress);

#endif
