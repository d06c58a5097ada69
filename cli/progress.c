/* cli/progress.c: a sign of life while a peer takes its time. */
#include "config.h"

#include "progress.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void *wait_and_tell(void *argument)
{
	struct progress *progress = argument;
	struct timespec until;
	bool told = false;
	int code = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_lock(&progress->lock);
	while (!progress->over && code != ETIMEDOUT)
		code = pthread_cond_timedwait(&progress->ended,
					      &progress->lock, &until);
	if (!progress->over && !progress->counting) {
		told = true;
		fprintf(stderr, "waiting for %s ...", progress->what);
		fflush(stderr);
	}
	while (!progress->over)
		pthread_cond_wait(&progress->ended, &progress->lock);
	pthread_mutex_unlock(&progress->lock);
	if (told || progress->told.tv_sec != 0)
		fputs("\r\033[K", stderr);
	return NULL;
}

void progress_begin(struct progress *progress, const char *what)
{
	*progress = (struct progress){ .what = what };
	if (!isatty(2))
		return;
	pthread_mutex_init(&progress->lock, NULL);
	pthread_cond_init(&progress->ended, NULL);
	progress->running = pthread_create(&progress->thread, NULL,
					   wait_and_tell, progress) == 0;
}

static bool is_time(struct timespec *told)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec == told->tv_sec &&
	    now.tv_nsec - told->tv_nsec < 200 * 1000000L)
		return false;
	*told = now;
	return true;
}

void progress_count(struct progress *progress, uint64_t count,
		    const char *what)
{
	if (!progress->running || isatty(1))
		return;
	pthread_mutex_lock(&progress->lock);
	progress->counting = true;
	if (is_time(&progress->told)) {
		fprintf(stderr, "\r%" PRIu64 " %s ...\033[K", count, what);
		fflush(stderr);
	}
	pthread_mutex_unlock(&progress->lock);
}

void progress_end(struct progress *progress)
{
	if (!progress->running)
		return;
	pthread_mutex_lock(&progress->lock);
	progress->over = true;
	pthread_cond_signal(&progress->ended);
	pthread_mutex_unlock(&progress->lock);
	pthread_join(progress->thread, NULL);
}
