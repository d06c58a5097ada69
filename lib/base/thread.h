/* lib/base/thread.h: a thread of a library, which is a guest. */
#ifndef CHK_BASE_THREAD_H
#define CHK_BASE_THREAD_H

#include <pthread.h>
#include <stddef.h>

/*
 * chk_thread_start runs `work` in a thread that handles no signal: the
 * program's signals are the program's.
 * Errors: an errno, as pthread_create gives it; 0: it runs, join or detach it.
 */
int chk_thread_start(pthread_t *thread, void *(*work)(void *), void *data);

/*
 * chk_thread_each calls `work` for each number below `count`, begun in this
 * order, up to `most` of them (CHK_THREAD_MOST) side by side, and returns when
 * all are done. With one it is a loop; where no thread can be had, those that
 * there are do its share.
 */
#define CHK_THREAD_MOST 16
void chk_thread_each(size_t count, size_t most,
		     void (*work)(void *data, size_t i), void *data);

#endif
