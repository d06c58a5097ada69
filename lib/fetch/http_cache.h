/*
 * lib/fetch/http_cache.h: answers that were of use, in a directory of one's
 * own, a file an URL. What another user may have written is not read.
 */
#ifndef CHK_FETCH_HTTP_CACHE_H
#define CHK_FETCH_HTTP_CACHE_H

#include "base/error.h"

struct chk_http_cache {
	int folder; /* a descriptor; -1: nothing is kept */
	char *path; /* of it, for notes */
	uint32_t max_files, max_seconds;
	void (*note)(void *self, const struct chk_note *note);
	void *self;
};

/*
 * chk_http_cache_open opens the directory, or makes it (mode 0700); the other
 * members are set. It must be this user's, and nobody else may write to it.
 */
bool chk_http_cache_open(struct chk_http_cache *cache, const char *path,
			 struct chk_error *error);
/* What was kept of `url` and is not too old. False: nothing is. */
bool chk_http_cache_find(const struct chk_http_cache *cache, const char *url,
			 uint8_t *bytes, size_t room, size_t *size);
/* Keeps it, whole or not at all; the oldest goes where there are too many. */
void chk_http_cache_keep(const struct chk_http_cache *cache, const char *url,
			 struct chk_bytes bytes);
void chk_http_cache_close(struct chk_http_cache *cache);

#endif
