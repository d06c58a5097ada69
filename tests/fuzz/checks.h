/* tests/fuzz/checks.h: what several fuzz targets hold against their answers. */
#ifndef CHK_TESTS_FUZZ_CHECKS_H
#define CHK_TESTS_FUZZ_CHECKS_H

#include <stdlib.h>

#include "base/text.h"

/* Printable as it stands: escaping it again changes nothing. */
static inline void check_printable(struct chk_bytes text)
{
	struct chk_buffer again = { 0 };

	if (text.size) {
		chk_text_escape(&again, text);
		if (!chk_bytes_equal(chk_bytes_of(again.data, again.size),
				     text))
			abort();
	}
	chk_buffer_clear(&again);
}

#endif
