/*
 * lib/base/cleanup.h: what a local owns is given back where its scope ends.
 *
 *	CHK_CLEANUP(free_text) char *text = ...;
 *	...
 *	*out = chk_steal(&text);   on success
 */
#ifndef CHK_BASE_CLEANUP_H
#define CHK_BASE_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>

#define CHK_CLEANUP(function) __attribute__((cleanup(function)))

/* Takes the pointer out of the local, so that it is not given back. */
#define chk_steal(pointer)                              \
	__extension__({                                 \
		__typeof__(*(pointer)) chk_stolen_ = *(pointer); \
		*(pointer) = NULL;                      \
		chk_stolen_;                            \
	})

/* chk_cleanup_X(X *): one line for each type that is owned by a local. */
#define CHK_CLEANUP_FUNCTION(name, type, function) \
	static inline void name(type *owned)       \
	{                                          \
		if (*owned)                        \
			function(*owned);          \
	}                                          \
	struct chk_semicolon

static inline void chk_cleanup_free(void *pointer)
{
	free(*(void **)pointer);
}

static inline void chk_cleanup_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void chk_cleanup_datum(gnutls_datum_t *datum)
{
	gnutls_free(datum->data);
}

CHK_CLEANUP_FUNCTION(chk_cleanup_file, FILE *, fclose);
CHK_CLEANUP_FUNCTION(chk_cleanup_pubkey, gnutls_pubkey_t, gnutls_pubkey_deinit);
CHK_CLEANUP_FUNCTION(chk_cleanup_session, gnutls_session_t, gnutls_deinit);

#endif
