/* lib/report/census_places.h: places of a census, for a person. */
#ifndef CHK_REPORT_CENSUS_PLACES_H
#define CHK_REPORT_CENSUS_PLACES_H

#include "report/page.h"
#include "store/census.h"

/* "" or "s". */
const char *chk_plural(size_t count);
/* A format as people write it: "PEM", "PKCS #12". */
void chk_census_add_format(struct chk_buffer *text, const char *format);
/* Its path, who reads it, and its other names. */
void chk_census_place_text(struct chk_page *page,
			    const struct chk_census_place *view);
/* Under a heading of its own, if there is any. */
void chk_census_write_unread(struct chk_page *page,
			     const struct chk_census *census);
void chk_census_write_notes(struct chk_page *page, const char *heading,
			    const struct chk_notes *notes);

#endif
