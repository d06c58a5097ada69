/* lib/store/decision.c: what a runtime would load, given back. */
#include "store/runtime.h"

#include <stdlib.h>
#include <string.h>

void chk_decision_drop_loads(struct chk_decision *decision)
{
	for (size_t i = 0; i < decision->load_count; i++) {
		free(decision->loads[i].path);
		free(decision->loads[i].here);
	}
	decision->load_count = 0;
}

void chk_decision_clear(struct chk_decision *decision)
{
	chk_said_clear(&decision->said);
	chk_decision_drop_loads(decision);
	free(decision->loads);
	if (decision->password)
		explicit_bzero(decision->password,
			       strlen(decision->password));
	free(decision->password);
	*decision = (struct chk_decision){ 0 };
}
