/*
 * lib/base/when.h: seconds since 1970-01-01T00:00:00Z and their text.
 * Proleptic Gregorian, years 0 to 9999, no leap seconds, UTC alone.
 */
#ifndef CHK_BASE_WHEN_H
#define CHK_BASE_WHEN_H

#include <chaincheck/api.h>

#define CHK_WHEN_SIZE 21 /* "2026-04-01T00:00:00Z" and the NUL */

struct chk_when {
	int year, month, day, hour, minute, second;
};

/* False: no such moment (month 13, 30 February, hour 24, second 60). */
bool chk_when_seconds(const struct chk_when *when, int64_t *seconds);
/* RFC 3339, "2026-04-01T00:00:00Z". Out of range: "out of range". */
void chk_when_text(int64_t seconds, char text[CHK_WHEN_SIZE]);
/*
 * chk_when_parse reads "2026-04-01", RFC 3339 with Z or an offset, "now", or
 * a distance from `now`: "+90d", "-12h", "+30m", "+10s", "+2w".
 */
bool chk_when_parse(const char *text, int64_t now, int64_t *seconds);
/* A distance in a person's words, "2 days", "3 hours"; never negative. */
void chk_when_distance(int64_t seconds, char *text, size_t size);

#endif
