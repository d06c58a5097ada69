/* cli/number.h: the numbers that a person types, and addresses of them. */
#ifndef CLI_NUMBER_H
#define CLI_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* seconds_read takes "5" or "2.5", above zero and at most a day. */
bool seconds_read(const char *text, uint32_t *milliseconds);

/* whole_read takes a decimal number from `min` to `max`, digits alone. */
bool whole_read(const char *text, int64_t min, int64_t max, int64_t *number);

/* True for an IPv4 or IPv6 address, without brackets or a zone. */
bool is_address(const char *text);

#endif
