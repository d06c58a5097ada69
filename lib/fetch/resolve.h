/* lib/fetch/resolve.h: the system's resolver, bounded in time. */
#ifndef CHK_FETCH_RESOLVE_H
#define CHK_FETCH_RESOLVE_H

#include <chaincheck/fetch.h>

/*
 * chk_resolve_system is the `resolve` of chk_io_system. `deadline` is on
 * CLOCK_MONOTONIC, milliseconds. getaddrinfo cannot be interrupted: when the
 * time is over its thread is left to end by itself, with memory of its own.
 */
int chk_resolve_system(void *self, const char *host, enum chk_family family,
		       int64_t deadline, char (*addresses)[64], int max,
		       char *why, size_t size);

#endif
