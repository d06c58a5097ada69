/*
 * lib/store/java_entries.h: what a JVM that has a PKCS #12 file as its trust
 * store takes from it.
 */
#ifndef CHK_STORE_JAVA_ENTRIES_H
#define CHK_STORE_JAVA_ENTRIES_H

#include "base/array.h"
#include "store/pkcs12_attributes.h"
#include "store/store.h"

/* The largest cacerts has 500; each is compared with each. */
#define CHK_JAVA_ITEMS_MAX 10000

/* A certificate or a key of the file, in the order of the file. */
struct chk_java_item {
	enum chk_bag_kind kind;
	struct chk_bytes certificate; /* DER, borrowed */
	struct chk_bytes key_id;      /* borrowed; .data NULL: none */
	char *alias;                  /* UTF-8, owned; NULL: none */
	uint64_t alias_hash;
	bool first;     /* of its part of the file */
	bool encrypted; /* a JVM without the password has it not */
	bool marked;    /* by Java's attribute */
	bool taken;     /* as an anchor, said by chk_java_entries_take */
};

struct chk_java_entries {
	struct chk_java_item *items;
	size_t count, room;
};

void chk_java_entries_clear(struct chk_java_entries *entries);
/*
 * chk_java_entries_add adds a bag, unless it is of no interest.
 * Errors: CHK_ERROR_TOO_LARGE (too many), CHK_ERROR_MEMORY.
 */
bool chk_java_entries_add(struct chk_java_entries *entries,
			  const struct chk_bag *bag, bool first,
			  bool encrypted, struct chk_error *error);
/*
 * chk_java_entries_take says of each item whether the JVM takes it: what is
 * marked, and of a key the certificate that belongs to it.
 */
void chk_java_entries_take(struct chk_java_entries *entries);

#endif
