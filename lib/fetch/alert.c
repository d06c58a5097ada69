/* lib/fetch/alert.c: the names of lib/data/alerts.tsv. */
#include "fetch/alert.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/bytes.h"

static const struct {
	const char *number, *name, *source;
} ALERTS[] = {
#include "data/alerts.inc"
};

const char *chk_alert_name(int number)
{
	for (size_t i = 0; i < CHK_COUNT(ALERTS); i++) {
		if (atoi(ALERTS[i].number) == number)
			return ALERTS[i].name;
	}
	return "unassigned";
}
