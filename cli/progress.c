/* cli/progress.c: a sign of life while a peer takes its time. */
#include "config.h"

#include "progress.h"

#include <errno.h>
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
	if (!progress->over) {
		told = true;
		fprintf(stderr, "waiting for %s ...", progress->what);
		fflush(stderr);
	}
	while (!progress->over)
		pthread_cond_wait(&progress->ended, &progress->lock);
	pthread_mutex_unlock(&progress->lock);
	if (told)
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
