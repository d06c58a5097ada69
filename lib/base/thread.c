/* lib/base/thread.c: pthread_create with every signal blocked, and a crew. */
#include "base/thread.h"

#include <signal.h>
#include <stdatomic.h>

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

/* What a crew works through. */
struct crew {
	size_t count;
	atomic_size_t next;
	void (*work)(void *, size_t);
	void *data;
};

static void *take_turns(void *data)
{
	struct crew *crew = data;
	size_t i;

	while ((i = atomic_fetch_add(&crew->next, 1)) < crew->count)
		crew->work(crew->data, i);
	return NULL;
}

void chk_thread_each(size_t count, size_t most,
		     void (*work)(void *data, size_t i), void *data)
{
	struct crew crew = { .count = count, .work = work, .data = data };
	pthread_t threads[CHK_THREAD_MOST];
	size_t started = 0;

	/* The caller is one of them. */
	while (started + 1 < count && started + 1 < most &&
	       started + 1 < CHK_THREAD_MOST &&
	       chk_thread_start(&threads[started], take_turns, &crew) == 0)
		started++;
	take_turns(&crew);
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}
