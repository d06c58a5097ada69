/* lib/store/pin.h: a PIN, from the caller or from where a URI says. */
#ifndef CHK_STORE_PIN_H
#define CHK_STORE_PIN_H

#include <p11-kit/uri.h>

#include "base/error.h"

#define CHK_PIN_MAX 1024 /* bytes */

struct chk_pin {
	char text[CHK_PIN_MAX + 1];
	bool given;
};

/*
 * chk_pin_get takes the PIN of the caller (`option`, NULL: none), else the
 * pin-value of the URI, else the first line of the file that its pin-source
 * names (RFC 7512 section 2.4). None of them: `given` is false, no failure.
 * Ownership: the PIN is in `*pin` alone; chk_pin_wipe it.
 * Errors: CHK_ERROR_UNSUPPORTED (a command as the source),
 * CHK_ERROR_TOO_LARGE, CHK_ERROR_NOT_FOUND, CHK_ERROR_READ; none tells it.
 */
bool chk_pin_get(struct chk_pin *pin, const char *option, const P11KitUri *uri,
		 const char *where, struct chk_error *error);
void chk_pin_wipe(struct chk_pin *pin);
/*
 * A PKCS#11 URI as it may be printed: without a PIN. Ownership: free() it.
 * NULL: it is none, or no memory.
 */
char *chk_pin_bare_uri(const char *text);

#endif
