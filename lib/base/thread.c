/* lib/base/thread.c: pthread_create with every signal blocked. */
#include "base/thread.h"

#include <signal.h>

int chk_thread_start(pthread_t *thread, void *(*work)(void *), void *data)
{
	sigset_t all, before;
	int status;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	status = pthread_create(thread, NULL, work, data);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return status;
}
