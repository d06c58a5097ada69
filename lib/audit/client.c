/* lib/audit/client.c: who must accept a bundle, by the name of a client. */
#include "client/client.h"

#include <chaincheck/audit.h>

bool chk_audit_client_find(const char *name, struct chk_audit_client *client,
			   const char **trust)
{
	const struct chk_client *found = chk_client_find(name);

	/* "java" is a store, whoever is called so too. */
	if (!found || (found->trust && strcmp(found->trust, name) == 0))
		return false;
	*client = (struct chk_audit_client){
		.name = found->id,
		.profile = found->profile,
		.strength = found->strength,
	};
	*trust = found->trust;
	return true;
}
