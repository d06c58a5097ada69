/* lib/diagnosis/explain.c: the pages of data/explain, one a finding code. */
#include <chaincheck/report.h>

#include "base/bytes.h"

static const struct {
	const char *code, *page;
} PAGES[] = {
#include "data/pages.inc"
};

const char *chk_explain(const char *code)
{
	for (size_t i = 0; code && i < CHK_COUNT(PAGES); i++) {
		if (strcmp(PAGES[i].code, code) == 0)
			return PAGES[i].page;
	}
	return NULL;
}

const char *chk_explain_code(size_t i)
{
	return i < CHK_COUNT(PAGES) ? PAGES[i].code : NULL;
}
