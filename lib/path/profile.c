/* lib/path/profile.c: where verifiers differ, a row a way of judging. */
#include "path/profile.h"

#include <chaincheck/verify.h>

#include "path/forms.h"

/* What each is for stands at chk_profile_name. */
static const struct chk_profile PROFILES[] = {
	{ .name = "web", .strength = "medium" },
	{ .name = "rfc5280", .strength = "medium",
	  .forms = CHK_FORMS_RFC5280, .issued_leaf = true, .key_ids = true },
	{ .name = "baseline", .strength = "medium",
	  .forms = CHK_FORMS_RFC5280 | CHK_FORMS_BASELINE,
	  .issued_leaf = true, .key_ids = true },
	{ .name = "legacy", .strength = "legacy", .dsa = true },
};

const struct chk_profile *chk_profile_get(size_t i)
{
	return i < CHK_COUNT(PROFILES) ? &PROFILES[i] : NULL;
}

const struct chk_profile *chk_profile_find(const char *name)
{
	if (!name)
		return &PROFILES[0];
	for (size_t i = 0; i < CHK_COUNT(PROFILES); i++) {
		if (strcmp(PROFILES[i].name, name) == 0)
			return &PROFILES[i];
	}
	return NULL;
}

const char *chk_profile_name(size_t i)
{
	const struct chk_profile *profile = chk_profile_get(i);

	return profile ? profile->name : NULL;
}
