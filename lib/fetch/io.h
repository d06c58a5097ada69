/* lib/fetch/io.h: sockets, the system's resolver and its clock. */
#ifndef CHK_FETCH_IO_H
#define CHK_FETCH_IO_H

#include <chaincheck/fetch.h>

/*
 * chk_io_system gives the struct chk_io of a target that brings none:
 * non-blocking sockets waited for with poll, CLOCK_MONOTONIC, getaddrinfo in
 * a thread of its own. It holds no state, is never freed, raises no SIGPIPE.
 */
const struct chk_io *chk_io_system(void);
/* Its clock: milliseconds, which never go back. */
int64_t chk_io_now(void);

#endif
