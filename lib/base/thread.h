/* lib/base/thread.h: a thread of a library, which is a guest. */
#ifndef CHK_BASE_THREAD_H
#define CHK_BASE_THREAD_H

#include <pthread.h>

/*
 * chk_thread_start runs `work` in a thread that handles no signal: the
 * program's signals are the program's.
 * Errors: an errno, as pthread_create gives it; 0: it runs, join or detach it.
 */
int chk_thread_start(pthread_t *thread, void *(*work)(void *), void *data);

#endif
