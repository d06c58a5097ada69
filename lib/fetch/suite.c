/* lib/fetch/suite.c: the rows of lib/data/suites.tsv, sorted by number. */
#include "fetch/suite.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/bytes.h"

static const struct chk_suite SUITES[] = {
#include "data/suites.inc"
};

static int compare(const void *number, const void *suite)
{
	return strcmp(number, ((const struct chk_suite *)suite)->number);
}

const struct chk_suite *chk_suite_find(uint16_t number)
{
	char text[8];

	snprintf(text, sizeof(text), "%04x", (unsigned)number);
	return bsearch(text, SUITES, CHK_COUNT(SUITES), sizeof(SUITES[0]),
		       compare);
}

size_t chk_suite_count(void)
{
	return CHK_COUNT(SUITES);
}
