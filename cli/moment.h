/* cli/moment.h: the times that a person types. */
#ifndef CLI_MOMENT_H
#define CLI_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * moment_read takes "2026-04-01T00:00:00Z", or a distance from `now` in
 * weeks, days, hours, minutes or seconds: "+90d", "-12h".
 */
bool moment_read(const char *text, int64_t now, int64_t *moment);

/* seconds_read takes "5" or "2.5", above zero and at most a day. */
bool seconds_read(const char *text, uint32_t *milliseconds);

/* whole_read takes a decimal number from `min` to `max`, digits alone. */
bool whole_read(const char *text, int64_t min, int64_t max, int64_t *number);

#endif
