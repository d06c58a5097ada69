/* lib/store/pkcs12_outcome.c: why Java takes less than is there. */
#include "store/pkcs12_outcome.h"

/* With none, there is nothing to say. */
static bool say(struct chk_store *store, const char *code, const char *name,
		size_t count, const char *what)
{
	return !count || chk_store_trap_add(store, code, name,
					    "%zu certificate%s%s", count,
					    count == 1 ? "" : "s", what);
}

bool chk_pkcs12_outcome_say(const struct chk_pkcs12_outcome *outcome,
			    struct chk_store *store, const char *name)
{
	size_t unmarked = outcome->certificates - outcome->taken -
			  outcome->replaced;

	if (!say(store, "store.not-marked-trusted", name, outcome->untold,
		 " in a part that is encrypted or written in an old way, where "
		 "Java's mark of trust cannot be seen; none of it is trusted. "
		 "keytool -importkeystore makes a file of today") ||
	    !say(store, "store.not-marked-trusted", name, outcome->replaced,
		 " whose alias another entry behind it has, which alone Java "
		 "takes"))
		return false;
	if (outcome->taken + outcome->replaced + outcome->untold == 0)
		return say(store, "store.java-empty", name, unmarked,
			   ", and Java would take none: there is no mark of "
			   "trust of Java's, as keytool -importcert makes it");
	return say(store, "store.not-marked-trusted", name, unmarked,
		   " without Java's mark of trust, which Java does not take") &&
	       (outcome->password ||
		say(store, "store.java-empty", name, outcome->encrypted,
		    " encrypted, with a password that is well known; Java "
		    "takes what is encrypted only where it is told the "
		    "password (javax.net.ssl.trustStorePassword)"));
}
