/* lib/client/properties.h: files of java.util.Properties. */
#ifndef CHK_CLIENT_PROPERTIES_H
#define CHK_CLIENT_PROPERTIES_H

#include "base/bytes.h"

/* `line`: where the key begins, from 1. False: the reading ends. */
typedef bool chk_properties_visit(void *context, const char *key,
				  const char *value, size_t line);

/*
 * chk_properties_read calls `visit` for each pair of the text, in its order;
 * of two with one key the later counts, which is the caller's to see to.
 * Escapes beyond ASCII become "?", since no key or word that we know has any.
 * False: no memory, or the visitor's.
 * See: java.util.Properties, load(Reader).
 */
bool chk_properties_read(struct chk_bytes text, chk_properties_visit *visit,
			 void *context);

#endif
