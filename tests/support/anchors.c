/*
 * tests/support/anchors.c: how many anchors of a store are trusted for TLS
 * servers, as AcceptedIssuers.java says it of a JVM:
 *
 *	anchors [SPEC PASSWORD]...
 *
 * A line for each pair; "-" is no password. Behind the count stand the codes
 * of the store's traps.
 */
#include <stdio.h>
#include <string.h>

#include <chaincheck/store.h>

static void tell(const struct chk_store *store)
{
	size_t trusted = 0;

	for (size_t i = 0; i < chk_store_count(store); i++)
		trusted += chk_anchor_trust(chk_store_get(store, i),
					    CHK_PURPOSE_TLS_SERVER) ==
			   CHK_TRUST_TRUSTED;
	printf("%zu", trusted);
	for (size_t i = 0; i < chk_store_trap_count(store); i++)
		printf(" %s", chk_store_trap(store, i)->code);
	putchar('\n');
}

int main(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i += 2) {
		const char *pin = strcmp(argv[i + 1], "-") == 0 ? NULL :
				  argv[i + 1];
		const struct chk_store_options options = { .pin = pin };
		struct chk_store *store;
		struct chk_error error;

		if (!chk_store_open(argv[i], &options, &store, &error)) {
			printf("error: %s\n", error.what);
			continue;
		}
		tell(store);
		chk_store_free(store);
	}
	return 0;
}
