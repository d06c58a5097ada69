/* lib/report/census_members.h: places of a census, as JSON. */
#ifndef CHK_REPORT_CENSUS_MEMBERS_H
#define CHK_REPORT_CENSUS_MEMBERS_H

#include "report/json.h"
#include "store/census.h"

void chk_census_json_place(struct chk_json *json,
			   const struct chk_census_place *view);
/* Those of a set; SIZE_MAX: those that could not be read. */
void chk_census_json_places(struct chk_json *json, const char *name,
			    const struct chk_census *census, size_t set);

#endif
